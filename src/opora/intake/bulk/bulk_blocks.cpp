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
          buffer_(static_cast<std::size_t>(block_bytes + line_bytes_max) + 2 + BulkLines::padding) {
    }

    void run() {
        while (true) {
            const std::size_t block = work_.next_block.fetch_add(1);
            if (block >= work_.parts.size()) return;
            read_block(static_cast<std::int64_t>(block), work_.parts[block]);
        }
    }

private:
    void read_block(std::int64_t block, BulkPart& part) {
        // One byte before the block tells whether a line begins with it.
        const std::int64_t begin = work_.data_begin + block * block_bytes;
        const std::int64_t from = block == 0 ? begin : begin - 1;
        const auto size = static_cast<std::size_t>(begin + block_bytes + line_bytes_max - from);
        auto text = load(from, static_cast<std::size_t>(begin + block_bytes - from), size, part);
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

    /// The bytes of a block up to the end of its last line, for which it reads on as far as needed.
    std::optional<std::string_view> load(std::int64_t from, std::size_t owned, std::size_t most,
                                         BulkPart& part) {
        std::size_t filled = 0;
        bool at_end = false;
        // First the block with a little more than it owns: nearly every line ends within that.
        for (const std::size_t wanted : {owned + 4096, most}) {
            if (at_end || wanted <= filled) continue;
            auto read = work_.file.read(from + static_cast<std::int64_t>(filled),
                                        std::span{buffer_}.subspan(filled, wanted - filled));
            if (!read) {
                part.file_errors.push_back(std::move(read).error());
                return std::nullopt;
            }
            filled += *read;
            at_end = filled < wanted;
            if (at_end && filled > 0 && buffer_[filled - 1] != '\n') buffer_[filled++] = '\n';
            // Lines that begin before the end of the block, so up to the first line end at or
            // behind its last byte.
            const std::size_t last = std::min(owned, filled) - (filled > 0 ? 1 : 0);
            const auto line_end = std::string_view{buffer_.data(), filled}.find('\n', last);
            if (line_end != std::string_view::npos)
                return std::string_view{buffer_.data(), line_end + 1};
            if (filled == 0) return std::string_view{};
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
