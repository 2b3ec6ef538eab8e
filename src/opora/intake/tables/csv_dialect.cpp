#include "opora/intake/tables/csv_dialect.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "opora/base/utf8.hpp"

namespace opora::intake {

namespace {

constexpr std::size_t sample_bytes = 64 * 1024;
constexpr std::int64_t ascii_bytes_max =
    16 * 1024 * 1024;  ///< How far the first letter beyond ASCII is looked for.
constexpr std::size_t sample_rows_max = 200;

base::Unexpected<base::Error> problem(std::string_view code, std::string_view message) {
    return base::Unexpected{base::Error{.code = std::string{code},
                                        .message = std::string{message},
                                        .place = {},
                                        .expected = {},
                                        .found = {}}};
}

/// Numbers of fields of the sample's whole rows under one separator. Blank rows do not count.
std::vector<std::size_t> field_counts(std::string_view sample, char separator) {
    std::vector<std::size_t> counts;
    std::size_t fields = 1;
    bool quoted = false;
    bool field_begins = true;
    bool blank = true;
    for (const char symbol : sample) {
        if (symbol == '"' && (quoted || field_begins)) {
            quoted = !quoted;
        } else if (!quoted && symbol == separator) {
            ++fields;
            field_begins = true;
            continue;
        } else if (!quoted && (symbol == '\n' || symbol == '\r')) {
            if (!blank) counts.push_back(fields);
            if (counts.size() == sample_rows_max) return counts;
            fields = 1;
            field_begins = true;
            blank = true;
            continue;
        }
        field_begins = false;
        blank = false;
    }
    // The last row may be cut by the end of the sample.
    if (!blank && counts.empty()) counts.push_back(fields);
    return counts;
}

/// 0..1: the share of rows of the commonest length, less for few columns, so that a comma in every
/// row of addresses does not outweigh the semicolons of a ragged table.
double evenness(const std::vector<std::size_t>& counts) {
    std::map<std::size_t, std::size_t> rows_of_length;
    for (const std::size_t fields : counts) ++rows_of_length[fields];
    double best = 0;
    for (const auto& [fields, rows] : rows_of_length) {
        const double share = static_cast<double>(rows) / static_cast<double>(counts.size());
        best = std::max(best, share * (1.0 - 1.0 / static_cast<double>(fields)));
    }
    return best;
}

std::string read_sample(std::ifstream& file, std::int64_t from) {
    std::string sample(sample_bytes, '\0');
    file.clear();
    file.seekg(from);
    file.read(sample.data(), static_cast<std::streamsize>(sample.size()));
    sample.resize(static_cast<std::size_t>(file.gcount()));
    return sample;
}

/// A full sample may end within a character of UTF-8: that one goes.
void drop_cut_character(std::string& sample) {
    constexpr std::size_t character_bytes_max = 4;
    if (sample.size() < sample_bytes) return;
    for (std::size_t back = 1; back <= character_bytes_max; ++back) {
        const auto byte = static_cast<unsigned char>(sample[sample.size() - back]);
        if (byte < 0x80) return;
        if (byte < 0xC0) continue;
        sample.resize(sample.size() - back);
        return;
    }
}

/// A sample that begins at the first byte beyond ASCII; empty when there is none nearby.
std::string sample_of_letters(std::ifstream& file) {
    for (std::int64_t from = 0; from < ascii_bytes_max;
         from += static_cast<std::int64_t>(sample_bytes)) {
        const std::string sample = read_sample(file, from);
        const std::size_t letter = base::ascii_prefix(sample);
        if (letter < sample.size()) {
            std::string letters = read_sample(file, from + static_cast<std::int64_t>(letter));
            drop_cut_character(letters);
            return letters;
        }
        if (sample.size() < sample_bytes) break;
    }
    return {};
}

bool begins_without_case(std::string_view text, std::string_view beginning) {
    return text.size() >= beginning.size() &&
           std::ranges::equal(
               text.substr(0, beginning.size()), beginning, [](char left, char right) {
                   return (left >= 'A' && left <= 'Z' ? static_cast<char>(left - 'A' + 'a')
                                                      : left) == right;
               });
}

bool other_format(std::string_view head) {
    const auto text = std::ranges::find_if(head, [](char symbol) {
        return symbol != ' ' && symbol != '\n' && symbol != '\r' && symbol != '\t';
    });
    const std::string_view begin{text, head.end()};
    constexpr std::array<std::string_view, 9> marks{"%pdf",  "<html",      "<!doctype",
                                                    "<?xml", "<table",     "{\\rtf",
                                                    "rar!",  "7z\xBC\xAF", "\x1F\x8B"};
    return std::ranges::any_of(
        marks, [&](std::string_view mark) { return begins_without_case(begin, mark); });
}

/// Excel's own first row: «sep=;».
bool hints_separator(std::string_view head) {
    return begins_without_case(head, "sep=") && head.size() > 5 &&
           (head[5] == '\n' || head[5] == '\r');
}

}  // namespace

char detect_separator(std::string_view sample) {
    char best = ';';
    double best_evenness = 0;
    for (const char separator : {';', ',', '\t'}) {
        const double now = evenness(field_counts(sample, separator));
        if (now <= best_evenness) continue;
        best = separator;
        best_evenness = now;
    }
    return best;
}

base::Result<CsvDialect> detect_dialect(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file)
        return problem("file_unreadable",
                       "файл не открывается: проверьте, что он есть и доступен для чтения");
    const std::string head = read_sample(file, 0);
    if (head.empty()) return problem("empty_file", "файл пуст");
    if (other_format(head)) {
        return problem("not_table",
                       "это не таблица: нужен файл xlsx или csv; откройте его в табличном "
                       "редакторе и сохраните как xlsx");
    }
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
        return problem("encoding_unknown",
                       "текст записан в кодировке UTF-16: сохраните как «CSV UTF-8» или как xlsx");
    }
    CsvDialect dialect;
    const bool marked = head.starts_with("\xEF\xBB\xBF");
    if (marked) dialect.bytes_skipped = 3;
    const std::string_view text = std::string_view{head}.substr(marked ? 3 : 0);
    dialect.names_separator = hints_separator(text);
    dialect.separator = dialect.names_separator ? text[4] : detect_separator(text);
    if (marked) return dialect;

    const auto encoding = detect_encoding(sample_of_letters(file));
    if (!encoding) {
        return problem("encoding_unknown",
                       "кодировка текста не распознана (ожидались UTF-8 или windows-1251): "
                       "сохраните как «CSV UTF-8» или как xlsx");
    }
    dialect.encoding = *encoding;
    return dialect;
}

}  // namespace opora::intake
