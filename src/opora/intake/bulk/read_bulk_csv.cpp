#include <algorithm>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "opora/base/sha256.hpp"
#include "opora/base/utf8.hpp"
#include "opora/intake/bulk/bulk_assembly.hpp"
#include "opora/intake/bulk/bulk_blocks.hpp"
#include "opora/intake/bulk/bulk_file.hpp"
#include "opora/intake/bulk/bulk_lines.hpp"
#include "opora/intake/bulk/read_bulk.hpp"
#include "opora/intake/tables/csv_dialect.hpp"

namespace opora::intake {

namespace {

constexpr std::size_t head_bytes = 64 * 1024;

/// Hashes the bytes of a file on a thread of its own.
class FileHash {
public:
    explicit FileHash(const BulkFile& file)
        : thread_{[this, &file](const std::stop_token& stop) {
              std::vector<char> block(
                  static_cast<std::size_t>(std::clamp<std::int64_t>(file.bytes(), 1, 1024 * 1024)));
              for (std::int64_t from = 0; !stop.stop_requested();) {
                  const auto read = file.read(from, block);
                  if (!read || *read == 0) return;
                  hash_.add(std::string_view{block.data(), *read});
                  from += static_cast<std::int64_t>(*read);
              }
          }} {}

    std::string hex() {
        thread_.join();
        return hash_.hex();
    }

private:
    base::Sha256 hash_;
    std::jthread thread_;  ///< Last: it ends before what it uses is gone.
};

/// The row of headings and where the rows below it begin.
struct Head {
    std::vector<std::string> headings;
    std::int64_t data_begin = 0;
    std::int64_t first_line = 1;
};

/// Nothing when the beginning of the file holds no whole line of headings: the slow path knows more
/// about such files.
base::Result<std::optional<Head>> read_head(const BulkFile& file, const CsvDialect& dialect) {
    std::string bytes(head_bytes, '\0');
    bytes.resize(OPORA_TRY(file.read(0, bytes)));
    std::int64_t line = 0;
    auto begin = static_cast<std::size_t>(dialect.bytes_skipped);
    while (true) {
        const auto end = bytes.find('\n', begin);
        if (end == std::string::npos) return std::optional<Head>{};
        ++line;
        std::string_view text = std::string_view{bytes}.substr(begin, end - begin);
        begin = end + 1;
        if (text.ends_with('\r')) text.remove_suffix(1);
        if (text.find('\r') != std::string_view::npos) return std::optional<Head>{};
        if (trimmed(text).empty() || text.starts_with('#') ||
            (line == 1 && dialect.names_separator))
            continue;
        if (base::valid_utf8_prefix(text) != text.size()) {
            return base::Unexpected{
                base::Error{.code = "encoding_broken",
                            .message = "знаки в заголовках записаны не в кодировке файла: "
                                       "сохраните его заново как «CSV UTF-8» или xlsx",
                            .place = {{}, {}, line, {}},
                            .expected = {},
                            .found = {}}};
        }
        const BulkHeader no_header;
        BulkLines lines{no_header, dialect.separator};
        std::vector<std::string_view> cells;  // Into `lines`.
        if (!lines.divide(text, cells)) return std::optional<Head>{};
        Head head{.headings = {cells.begin(), cells.end()},
                  .data_begin = static_cast<std::int64_t>(begin),
                  .first_line = line + 1};
        return std::optional{std::move(head)};
    }
}

base::Result<ports::ImportBatch> read_slowly(const std::filesystem::path& path,
                                             const BulkContext& context) {
    TableFile file = OPORA_TRY(open_table(path));
    if (file.workbook) {
        return base::Unexpected{base::Error{.code = "not_csv",
                                            .message = "это книга Excel, а не csv",
                                            .place = {},
                                            .expected = {},
                                            .found = {}}};
    }
    return read_bulk_table(*file.tables.front(), file.name, context);
}

base::Result<ports::ImportBatch> read_fast(const BulkFile& file, const Head& head, char separator,
                                           const std::string& name, const BulkContext& context) {
    const BulkHeader header = OPORA_TRY(read_bulk_header(head.headings, context, name, {}));
    BulkNames names{context};
    auto parts = OPORA_TRY(read_blocks(file, head.data_begin, separator, header, names, context));
    return assemble_bulk(std::move(parts), head.first_line, header, names);
}

base::Result<ports::ImportBatch> read_any(const std::filesystem::path& path,
                                          const BulkContext& context) {
    const BulkFile file = OPORA_TRY(BulkFile::open(path));
    if (file.bytes() > TableLimits{}.file_bytes_max) {
        return base::Unexpected{
            base::Error{.code = "too_large",
                        .message = "файл слишком велик: разделите таблицу на части",
                        .place = {},
                        .expected = {},
                        .found = {}}};
    }
    const CsvDialect dialect = OPORA_TRY(detect_dialect(path));
    FileHash hash{file};
    std::optional<Head> head;
    if (dialect.encoding == TextEncoding::utf8) head = OPORA_TRY(read_head(file, dialect));
    auto batch = OPORA_TRY(
        head ? read_fast(file, *head, dialect.separator, path.filename().string(), context)
             : read_slowly(path, context));
    batch.file_sha256 = hash.hex();
    return batch;
}

}  // namespace

base::Result<ports::ImportBatch> read_bulk_csv(const std::filesystem::path& path,
                                               const BulkContext& context) {
    auto batch = read_any(path, context);
    if (batch || !batch.error().place.file.empty()) return batch;
    base::Error error = std::move(batch).error();
    error.place.file = path.filename().string();
    return base::Unexpected{std::move(error)};
}

}  // namespace opora::intake
