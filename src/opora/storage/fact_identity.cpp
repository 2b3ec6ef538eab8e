#include "opora/storage/fact_identity.hpp"

#include <algorithm>
#include <array>
#include <future>
#include <numeric>
#include <string>
#include <vector>

#include "opora/base/expects.hpp"
#include "opora/base/sha256.hpp"
#include "opora/storage/cell_codec.hpp"
#include "opora/storage/procedure_text.hpp"

namespace opora::storage {

namespace {

using Digest = std::array<std::uint8_t, 32>;
constexpr std::int16_t absent = model::ResultTable::absent;
constexpr std::uint8_t has_class = 1;
constexpr std::uint8_t has_variant = 2;
constexpr std::uint8_t has_participant = 4;
constexpr std::uint8_t has_points = 8;

template <std::size_t size>
void append_number(std::string& bytes, std::uint64_t number) {
    std::array<char, size> digits{};
    for (std::size_t i = 0; i < size; ++i) {
        digits[i] = static_cast<char>(number >> (8 * (size - 1 - i)) & 0xFF);
    }
    bytes.append(digits.data(), size);
}

void append_16(std::string& bytes, std::uint16_t number) { append_number<2>(bytes, number); }
void append_64(std::string& bytes, std::uint64_t number) { append_number<8>(bytes, number); }

void append_32(std::string& bytes, std::size_t number) {
    OPORA_EXPECTS(number <= UINT32_MAX);
    append_number<4>(bytes, number);
}

void append_text(std::string& bytes, std::string_view text) {
    OPORA_EXPECTS(text.size() <= UINT16_MAX);
    append_16(bytes, static_cast<std::uint16_t>(text.size()));
    bytes += text;
}

std::uint16_t biased(std::int16_t number) { return static_cast<std::uint16_t>(number + 32768); }

std::uint8_t mark_byte(std::int16_t mark) {
    if (mark == absent) return 0;
    OPORA_EXPECTS(mark > 0 && mark <= UINT8_MAX);
    return static_cast<std::uint8_t>(mark);
}

std::uint8_t flag_byte(std::int16_t flag) {
    return static_cast<std::uint8_t>(flag == absent ? 0 : flag == 0 ? 1 : 2);
}

std::int16_t at(const std::vector<std::int16_t>& column, std::size_t row) {
    return column.empty() ? absent : column[row];
}

/// A row on its way to its sorted place: its first 8 bytes, its class and variant by the order of
/// their bytes.
struct SortedRow {
    std::uint64_t head = 0;
    std::uint32_t texts = 0;
    std::uint32_t row = 0;
};

/// The place of each text among the others sorted as the canonical form writes them: by length,
/// then bytes.
std::vector<std::uint16_t> written_ranks(const model::Dictionary& dictionary) {
    std::vector<std::uint32_t> order(dictionary.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [&](std::uint32_t number) {
        return std::pair{dictionary.text(number).size(), dictionary.text(number)};
    });
    std::vector<std::uint16_t> ranks(dictionary.size());
    for (std::size_t i = 0; i < order.size(); ++i) ranks[order[i]] = static_cast<std::uint16_t>(i);
    return ranks;
}

std::vector<std::string> written_texts(const model::Dictionary& dictionary) {
    std::vector<std::string> texts(dictionary.size());
    for (std::uint32_t number = 0; number < texts.size(); ++number) {
        append_text(texts[number], dictionary.text(number));
    }
    return texts;
}

/// Writes the canonical bytes of groups, one after another, with memory that is used again.
class CanonicalWriter {
public:
    CanonicalWriter(const model::ResultTable& table, const tally::RowGroups& groups)
        : table_{table},
          groups_{groups},
          class_ranks_{written_ranks(table.classes)},
          variant_ranks_{written_ranks(table.variants)},
          class_texts_{written_texts(table.classes)},
          variant_texts_{written_texts(table.variants)},
          has_rest_{!table.participant.empty() || !table.points_begin.empty()},
          narrow_{!has_rest_ && table.test_score.empty() && table.variant.empty()},
          class_order_(class_ranks_.size()) {
        for (std::size_t number = 0; number < class_ranks_.size(); ++number) {
            class_order_[class_ranks_[number]] = static_cast<std::uint16_t>(number);
        }
        for (const auto& procedure : table.procedures)
            procedures_.push_back(procedure_text(procedure));
    }

    /// Digests of the schools whose groups are [first, last).
    std::vector<Digest> digests(std::size_t first, std::size_t last) {
        std::vector<Digest> digests;
        base::Sha256 hash;
        for (std::size_t group = first; group < last;) {
            const std::uint32_t school = school_of(group);
            bytes_.clear();
            append_text(bytes_, table_.schools.text(school));
            for (; group < last && school_of(group) == school; ++group) {
                write(group);
                hash.add(bytes_);
                bytes_.clear();
            }
            digests.push_back(hash.digest());
        }
        return digests;
    }

    std::uint32_t school_of(std::size_t group) const {
        return table_.school[groups_.runs(group).front().begin];
    }

private:
    void write(std::size_t group) {
        const auto runs = groups_.runs(group);
        append_text(bytes_, procedures_[table_.procedure[runs.front().begin]]);
        append_32(bytes_, groups_.rows_before(group + 1) - groups_.rows_before(group));
        if (narrow_) {
            write_narrow(runs);
        } else {
            write_wide(runs);
        }
    }

    void write_wide(std::span<const tally::RowRun> runs) {
        rows_.clear();
        for (const tally::RowRun& run : runs) {
            for (std::uint32_t row = run.begin; row < run.end; ++row)
                rows_.push_back(sorted_row(row));
        }
        std::ranges::sort(rows_, [&](const SortedRow& left, const SortedRow& right) {
            if (left.head != right.head) return left.head < right.head;
            if (left.texts != right.texts) return left.texts < right.texts;
            return has_rest_ && less_by_rest(left.row, right.row);
        });
        for (const SortedRow& row : rows_) write(row);
    }

    /// The same where score, marks, flags and class say all: 8 bytes hold a whole row, and they
    /// sort much faster.
    void write_narrow(std::span<const tally::RowRun> runs) {
        keys_.clear();
        for (const tally::RowRun& run : runs) {
            for (std::uint32_t row = run.begin; row < run.end; ++row) {
                const SortedRow wide = sorted_row(row);
                const std::uint64_t score = wide.head >> 48;
                const std::uint64_t rest =
                    wide.head & UINT32_MAX;  // Between them the test score, missing.
                keys_.push_back(score << 48 | rest << 16 | wide.texts >> 16);
            }
        }
        std::ranges::sort(keys_);
        for (const std::uint64_t key : keys_) {
            append_64(bytes_, key >> 48 << 48 | (key >> 16 & UINT32_MAX));
            if ((key >> 16 & has_class) != 0)
                bytes_ += class_texts_[class_order_[key & UINT16_MAX]];
        }
    }

    std::uint8_t parts_of(std::uint32_t row) const {
        // A written text of two bytes is its length alone: an empty text.
        const auto has = [row](const auto& column, const auto& texts) {
            return !column.empty() && texts[column[row]].size() > 2;
        };
        std::uint8_t parts = 0;
        if (has(table_.class_name, class_texts_)) parts |= has_class;
        if (has(table_.variant, variant_texts_)) parts |= has_variant;
        if (!table_.participant.empty() && !table_.participant[row].empty())
            parts |= has_participant;
        if (!table_.points_of(row).empty()) parts |= has_points;
        return parts;
    }

    SortedRow sorted_row(std::uint32_t row) const {
        std::uint64_t head = biased(at(table_.score, row));
        head = head << 16 | biased(at(table_.test_score, row));
        head = head << 8 | mark_byte(at(table_.mark, row));
        head = head << 8 | mark_byte(at(table_.journal_mark, row));
        const int flags =
            3 * flag_byte(at(table_.below_minimum, row)) + flag_byte(at(table_.at_minimum, row));
        head = head << 8 | static_cast<std::uint8_t>(flags);
        head = head << 8 | parts_of(row);
        const std::uint32_t class_rank =
            table_.class_name.empty() ? 0 : class_ranks_[table_.class_name[row]];
        const std::uint32_t variant_rank =
            table_.variant.empty() ? 0 : variant_ranks_[table_.variant[row]];
        return {head, class_rank << 16 | variant_rank, row};
    }

    /// Compares participants and points; rows without them are equal.
    bool less_by_rest(std::uint32_t left, std::uint32_t right) const {
        if (!table_.participant.empty()) {
            const std::string& a = table_.participant[left];
            const std::string& b = table_.participant[right];
            if (a != b) return a.size() != b.size() ? a.size() < b.size() : a < b;
        }
        const auto a = table_.points_of(left);
        const auto b = table_.points_of(right);
        if (a.size() != b.size()) return a.size() < b.size();
        return std::ranges::lexicographical_compare(a, b);
    }

    void write(const SortedRow& sorted) {
        append_64(bytes_, sorted.head);
        const std::uint32_t row = sorted.row;
        const auto parts = static_cast<std::uint8_t>(sorted.head & 0xFF);
        if ((parts & has_class) != 0) bytes_ += class_texts_[table_.class_name[row]];
        if ((parts & has_variant) != 0) bytes_ += variant_texts_[table_.variant[row]];
        if ((parts & has_participant) != 0) append_text(bytes_, table_.participant[row]);
        if ((parts & has_points) == 0) return;
        const auto points = table_.points_of(row);
        append_16(bytes_, static_cast<std::uint16_t>(points.size()));
        for (const std::int16_t point : points) append_16(bytes_, biased(point));
    }

    const model::ResultTable& table_;
    const tally::RowGroups& groups_;
    std::vector<std::uint16_t> class_ranks_;
    std::vector<std::uint16_t> variant_ranks_;
    std::vector<std::string> class_texts_;  ///< As the canonical form writes them; so is the next.
    std::vector<std::string> variant_texts_;
    std::vector<std::string> procedures_;
    bool has_rest_ = false;  ///< Rows have participants or points.
    bool narrow_ = false;    ///< Rows have neither those nor test scores nor variants.
    std::vector<std::uint16_t> class_order_;  ///< Class numbers by their rank.
    std::vector<SortedRow> rows_;
    std::vector<std::uint64_t> keys_;
    std::string bytes_;
};

/// The first group from the middle on that begins a school.
std::size_t middle_of(const tally::RowGroups& groups, const CanonicalWriter& writer) {
    std::size_t middle = groups.size() / 2;
    while (middle > 0 && middle < groups.size() &&
           writer.school_of(middle) == writer.school_of(middle - 1)) {
        ++middle;
    }
    return middle;
}

}  // namespace

model::FactIdentity identity_of(const model::ResultTable& table, const tally::RowGroups& groups) {
    CanonicalWriter writer{table, groups};
    CanonicalWriter other_writer = writer;
    const std::size_t middle = middle_of(groups, writer);
    auto second_half =
        std::async(std::launch::async, [&] { return other_writer.digests(middle, groups.size()); });
    const auto first_half = writer.digests(0, middle);

    base::Sha256 hash;
    const std::string works = works_text(table.works);
    std::string head = "opora facts 1\n";
    append_32(head, works.size());
    hash.add(head);
    hash.add(works);
    for (const auto& digests : {first_half, second_half.get()}) {
        for (const Digest& digest : digests) hash.add(std::as_bytes(std::span{digest}));
    }
    return {hash.hex()};
}

model::FactIdentity identity_of(std::span<const tally::Cell> cells, std::string_view works) {
    base::Sha256 hash;
    hash.add("opora aggregates 1\n");
    for (const tally::Cell& cell : cells) {
        std::string bytes;
        append_text(bytes, cell.school.value);
        append_text(bytes, procedure_text(cell.procedure));
        for (const std::string& part :
             {encode(cell.counts), encode_histogram(cell.detail.histogram),
              encode(cell.detail, cell.counts)}) {
            append_32(bytes, part.size());
            bytes += part;
        }
        hash.add(bytes);
    }
    if (!works.empty()) {
        std::string bytes = "works\n";
        append_32(bytes, works.size());
        hash.add(bytes);
        hash.add(works);
    }
    return {hash.hex()};
}

}  // namespace opora::storage
