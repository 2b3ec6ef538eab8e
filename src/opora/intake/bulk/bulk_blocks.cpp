#include "opora/intake/bulk/bulk_blocks.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

#include "opora/base/expects.hpp"
#include "opora/intake/bulk/bulk_lines.hpp"
#include "opora/intake/bulk/bulk_row_reader.hpp"

namespace opora::intake {

namespace {

constexpr std::int64_t block_bytes = 2 * 1024 * 1024;
constexpr std::int64_t line_bytes_max = 1024 * 1024;

/// The room that a part needs.
std::size_t count_lines(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

/// What all threads see.
struct Work {
    const BulkFile& file;
    std::int64_t data_begin;
    char separator;
    const BulkHeader& header;
    BulkNames& names;
    const BulkContext& context;
    std::vector<BulkPart> parts;
    std::atomic<std::size_t> next_block{0};
};

class Worker {
public:
    explicit Worker(Work& work)
        : work_{work},
          reader_{work.header, work.names, work.context},
          lines_{work.header, work.separator},
          buffer_(bytes_to_hold(work) + room_behind) {}

    void run() {
        while (true) {
            const std::size_t block = work_.next_block.fetch_add(1);
            if (block >= work_.parts.size()) return;
            read_block(static_cast<std::int64_t>(block), work_.parts[block]);
        }
    }

private:
    /// A line end that the file lacks, and what BulkLines wants to be readable.
    static constexpr std::size_t room_behind = 1 + BulkLines::padding;

    /// The byte before a block, the block, the rest of its last line; of a small file no more than
    /// it has, and one to notice its end by.
    static std::size_t bytes_to_hold(const Work& work) {
        const std::int64_t left = work.file.bytes() - work.data_begin;
        return static_cast<std::size_t>(std::min(block_bytes + line_bytes_max, left) + 2);
    }

    void read_block(std::int64_t block, BulkPart& part) {
        // One byte before the block tells whether a line begins with it.
        const std::int64_t begin = work_.data_begin + block * block_bytes;
        const std::int64_t from = block == 0 ? begin : begin - 1;
        auto text = load(from, static_cast<std::size_t>(begin + block_bytes - from), part);
        if (!text) return;
        if (block > 0) {
            const auto line_end = text->find('\n');
            text->remove_prefix(line_end == std::string_view::npos ? text->size() : line_end + 1);
        }
        reader_.begin(count_lines(*text));
        const std::int64_t lines = lines_.read(*text, reader_);
        part = reader_.end();
        part.lines = lines;
    }

    /// The `owned` bytes of a block up to the end of the last line that begins in it, for which it
    /// reads on if needed.
    std::optional<std::string_view> load(std::int64_t from, std::size_t owned, BulkPart& part) {
        constexpr std::size_t usual_rest = 4096;
        const std::size_t most = buffer_.size() - room_behind;
        std::size_t filled = 0;
        bool at_end = false;
        for (const std::size_t wanted : {std::min(owned + usual_rest, most), most}) {
            if (at_end) break;
            auto read = work_.file.read(from + static_cast<std::int64_t>(filled),
                                        std::span{buffer_}.subspan(filled, wanted - filled));
            if (!read) {
                part.file_errors.push_back(std::move(read).error());
                return std::nullopt;
            }
            filled += *read;
            at_end = filled < wanted;
            if (filled == 0) return std::string_view{};
            if (at_end && buffer_[filled - 1] != '\n') buffer_[filled++] = '\n';
            // Lines that begin in the block end at the first line end at or behind its last byte,
            // or before.
            const std::size_t last = std::min(owned, filled) - 1;
            const auto line_end = std::string_view{buffer_.data(), filled}.find('\n', last);
            if (line_end != std::string_view::npos)
                return std::string_view{buffer_.data(), line_end + 1};
        }
        part.file_errors.push_back(
            {.code = "line_too_long",
             .message = "в файле слишком длинная строка: проверьте концы строк и кавычки",
             .place = {},
             .expected = {},
             .found = {}});
        return std::nullopt;
    }

    Work& work_;
    BulkRowReader reader_;
    BulkLines lines_;
    std::vector<char> buffer_;
};

}  // namespace

base::Result<std::vector<BulkPart>> read_blocks(const BulkFile& file, std::int64_t data_begin,
                                                char separator, const BulkHeader& header,
                                                BulkNames& names, const BulkContext& context) {
    OPORA_EXPECTS(data_begin <= file.bytes());
    Work work{file, data_begin, separator, header, names, context, {}, {}};
    work.parts.resize(
        static_cast<std::size_t>((file.bytes() - data_begin + block_bytes - 1) / block_bytes));
    {
        std::optional<std::jthread> helper;
        if (work.parts.size() > 1) helper.emplace([&work] { Worker{work}.run(); });
        Worker{work}.run();
    }
    for (BulkPart& part : work.parts) {
        if (!part.file_errors.empty()) return base::Unexpected{std::move(part.file_errors.front())};
    }
    return std::move(work.parts);
}

}  // namespace opora::intake
