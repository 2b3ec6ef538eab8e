#include "opora/storage/cell_codec.hpp"

#include <algorithm>

#include "opora/base/expects.hpp"
#include "opora/ports/storage_error.hpp"
#include "opora/storage/counts_fields.hpp"

namespace opora::storage {

namespace {

constexpr std::size_t entries_max = 1'000'000;  // Far beyond any cell: a damaged length stops here.

void append(std::string& bytes, std::int64_t number) {
    OPORA_EXPECTS(number >= 0);
    auto rest = static_cast<std::uint64_t>(number);
    for (; rest >= 128; rest >>= 7) bytes += static_cast<char>(rest | 128);
    bytes += static_cast<char>(rest);
}

void append(std::string& bytes, std::size_t number) {
    append(bytes, static_cast<std::int64_t>(number));
}

void append(std::string& bytes, std::int32_t number) { append(bytes, std::int64_t{number}); }

void append(std::string& bytes, const tally::CellCounts& counts) {
    each_field(counts, [&](const auto& field) { append(bytes, field); });
}

void append(std::string& bytes, const std::vector<tally::TaskTally>& tasks) {
    append(bytes, tasks.size());
    for (const tally::TaskTally& task : tasks) {
        append(bytes, task.missing);
        append(bytes, task.counts.size());
        for (const std::int32_t count : task.counts) append(bytes, count);
    }
}

/// Reads what `append` wrote.
class Decoder {
public:
    explicit Decoder(std::string_view bytes) : bytes_{bytes} {}

    std::int64_t number() {
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 63; shift += 7) {
            if (bytes_.empty()) fail();
            const auto byte = static_cast<std::uint8_t>(bytes_.front());
            bytes_.remove_prefix(1);
            number |= std::uint64_t{byte & 127U} << shift;
            if (byte < 128) return static_cast<std::int64_t>(number);
        }
        fail();
    }

    std::int32_t count() {
        const std::int64_t wide = number();
        if (wide > INT32_MAX) fail();
        return static_cast<std::int32_t>(wide);
    }

    std::size_t size() {
        const auto size = static_cast<std::size_t>(number());
        if (size > entries_max) fail();
        return size;
    }

    std::string text() {
        const std::size_t length = size();
        if (length > bytes_.size()) fail();
        std::string text{bytes_.substr(0, length)};
        bytes_.remove_prefix(length);
        return text;
    }

    void end() const {
        if (!bytes_.empty()) fail();
    }

private:
    [[noreturn]] static void fail() {
        throw ports::StorageError{"corrupt", "Таблица итогов повреждена и будет построена заново."};
    }

    std::string_view bytes_;
};

std::vector<tally::TaskTally> read_tasks(Decoder& decoder) {
    std::vector<tally::TaskTally> tasks(decoder.size());
    for (tally::TaskTally& task : tasks) {
        task.missing = decoder.count();
        task.counts.resize(decoder.size());
        for (std::int32_t& count : task.counts) count = decoder.count();
    }
    return tasks;
}

tally::CellCounts read_counts(Decoder& decoder) {
    tally::CellCounts counts;
    each_field(counts, [&](auto& field) {
        if constexpr (sizeof field == sizeof(std::int64_t)) {
            field = decoder.number();
        } else {
            field = decoder.count();
        }
    });
    counts.listed = counts.participants;  // Classes are known from rows of pupils only.
    return counts;
}

}  // namespace

std::string encode_histogram(const std::vector<std::int32_t>& histogram) {
    const auto first =
        std::ranges::find_if(histogram, [](std::int32_t count) { return count != 0; });
    std::string bytes;
    bytes.reserve(histogram.size() * 2 +
                  8);  // Mostly one byte a count: grown once, not again and again.
    append(bytes, static_cast<std::size_t>(first - histogram.begin()));
    append(bytes, static_cast<std::size_t>(histogram.end() - first));
    for (auto count = first; count != histogram.end(); ++count) append(bytes, *count);
    return bytes;
}

std::string encode(const tally::CellCounts& counts) {
    std::string bytes;
    append(bytes, counts);
    return bytes;
}

std::string encode(const tally::CellDetail& detail, const tally::CellCounts& counts) {
    std::string bytes;
    constexpr std::size_t usual_bytes = 120;
    bytes.reserve(usual_bytes);
    const bool journaled = detail.journal != decltype(detail.journal){};
    append(bytes, std::int32_t{journaled ? 1 : 0});
    for (const auto& row : detail.journal) {
        for (const std::int32_t count : row) {
            if (journaled) append(bytes, count);
        }
    }
    append(bytes, detail.tasks);
    for (const auto& tasks : detail.tasks_by_mark) append(bytes, tasks);
    append(bytes, detail.classes.size());
    for (const tally::ClassTally& its_class : detail.classes) {
        append(bytes, its_class.class_name.size());
        bytes += its_class.class_name;
        const bool its_own = its_class.counts != counts;
        append(bytes, std::int32_t{its_own ? 1 : 0});
        if (its_own) append(bytes, its_class.counts);
    }
    return bytes;
}

std::vector<std::int32_t> decode_histogram(std::string_view bytes) {
    Decoder decoder{bytes};
    std::vector<std::int32_t> histogram(decoder.size(), 0);
    const std::size_t further = decoder.size();
    for (std::size_t i = 0; i < further; ++i) histogram.push_back(decoder.count());
    decoder.end();
    return histogram;
}

tally::CellDetail decode_detail(std::string_view bytes, const tally::CellCounts& counts) {
    Decoder decoder{bytes};
    tally::CellDetail detail;
    if (decoder.count() != 0) {
        for (auto& row : detail.journal) {
            for (std::int32_t& count : row) count = decoder.count();
        }
    }
    detail.tasks = read_tasks(decoder);
    for (auto& tasks : detail.tasks_by_mark) tasks = read_tasks(decoder);
    detail.classes.resize(decoder.size());
    for (tally::ClassTally& its_class : detail.classes) {
        its_class.class_name = decoder.text();
        its_class.counts = decoder.count() != 0 ? read_counts(decoder) : counts;
    }
    decoder.end();
    return detail;
}

}  // namespace opora::storage
