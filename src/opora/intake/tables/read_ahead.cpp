#include "opora/intake/tables/read_ahead.hpp"

#include <array>
#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace opora::intake {

namespace {

constexpr std::size_t block_bytes = 256 * 1024;
constexpr std::size_t blocks = 4;

/// A ring of blocks between one thread that fills and one that takes.
class Ahead {
public:
    explicit Ahead(ByteSource source)
        : source_{std::move(source)},
          thread_{[this](const std::stop_token& stop) { fill(stop); }} {}

    base::Result<std::size_t> read(std::span<char> into) {
        std::size_t filled = 0;
        while (filled < into.size()) {
            if (taken_ == available_ && !take_block()) {
                if (error_) return base::Unexpected{*error_};
                break;
            }
            const std::size_t count = std::min(into.size() - filled, available_ - taken_);
            std::memcpy(into.data() + filled, block_->bytes.data() + taken_, count);
            taken_ += count;
            filled += count;
        }
        return filled;
    }

private:
    struct Block {
        std::vector<char> bytes;
        std::size_t size = 0;
    };

    void fill(const std::stop_token& stop) {
        for (std::size_t turn = 0;; ++turn) {
            Block& block = ring_[turn % blocks];
            {
                std::unique_lock lock{mutex_};
                if (!changed_.wait(lock, stop, [&] { return turn < free_until_; })) return;
            }
            block.bytes.resize(block_bytes);
            auto read = source_(block.bytes);
            const std::scoped_lock lock{mutex_};
            block.size = 0;
            if (read) {
                block.size = *read;
            } else {
                failure_ = std::move(read).error();
            }
            filled_until_ = turn + 1;
            finished_ = failure_ || block.size < block_bytes;
            changed_.notify_all();
            if (finished_) return;
        }
    }

    /// The next block becomes the current one; false at the end or at an error.
    bool take_block() {
        std::unique_lock lock{mutex_};
        if (block_ != nullptr) ++free_until_;
        block_ = nullptr;
        changed_.notify_all();
        changed_.wait(lock, [&] { return turn_ < filled_until_ || finished_; });
        taken_ = 0;
        available_ = 0;
        if (turn_ < filled_until_) {
            block_ = &ring_[turn_ % blocks];
            available_ = block_->size;
            ++turn_;
        }
        if (available_ == 0 && failure_) error_ = failure_;
        return available_ > 0;
    }

    ByteSource source_;
    std::array<Block, blocks> ring_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::size_t free_until_ = blocks;  ///< Turns whose block may be filled.
    std::size_t filled_until_ = 0;
    bool finished_ = false;
    std::optional<base::Error> failure_;

    Block* block_ = nullptr;  ///< From here on: only the taking thread.
    std::size_t turn_ = 0;
    std::size_t taken_ = 0;
    std::size_t available_ = 0;
    std::optional<base::Error> error_;

    std::jthread thread_;  ///< Last: it stops before what it uses is gone.
};

}  // namespace

ByteSource read_ahead(ByteSource source) {
    auto ahead = std::make_shared<Ahead>(std::move(source));
    return [ahead](std::span<char> into) { return ahead->read(into); };
}

}  // namespace opora::intake
