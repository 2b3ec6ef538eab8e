#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <optional>
#include <thread>
#include <vector>

namespace opora::base {

/// Parts that several threads make and the calling thread takes, in their order.
///
/// A few parts are on their way at a time, each in a place of a ring that is used again: what a
/// part allocated once it keeps, and small parts stay in the cache between maker and taker. The
/// calling thread makes parts too while the next one is not ready.
template <class Part, class Make, class Take>
class PartsInOrder {
public:
    PartsInOrder(std::size_t count, unsigned threads, Make& make, Take& take)
        : count_{count}, make_{make}, take_{take}, places_(places_per_thread * threads) {
        for (unsigned i = 1; i < threads; ++i) helpers_.emplace_back([this] { help(); });
    }

    PartsInOrder(const PartsInOrder&) = delete;
    PartsInOrder& operator=(const PartsInOrder&) = delete;

    ~PartsInOrder() {
        next_ = count_;  // Whoever waits for a place finds it and stops.
        stopped_ = true;
        taken_.fetch_add(count_);
        taken_.notify_all();
    }

    void run() {
        for (std::size_t number = 0; number < count_; ++number) {
            Place& place = places_[number % places_.size()];
            await(place, number + 1);
            if (place.failure) std::rethrow_exception(place.failure);
            take_(place.part);
            ++taken_;
            taken_.notify_all();
        }
    }

private:
    static constexpr std::size_t places_per_thread = 4;

    struct Place {
        Part part;
        std::exception_ptr failure;
        std::atomic<std::size_t> ready = 0;  ///< One more than the number of the part in it.
    };

    void help() {
        for (std::size_t number = next_++; number < count_; number = next_++) {
            for (std::size_t taken = taken_; number >= taken + places_.size(); taken = taken_) {
                taken_.wait(taken);
            }
            if (stopped_) return;
            fill(number);
        }
    }

    void fill(std::size_t number) {
        Place& place = places_[number % places_.size()];
        try {
            make_(number, place.part);
        } catch (...) {
            place.failure = std::current_exception();
        }
        place.ready = number + 1;
        place.ready.notify_one();
    }

    void await(Place& place, std::size_t wanted) {
        for (std::size_t ready = place.ready; ready != wanted; ready = place.ready) {
            if (const auto number = claim()) {
                fill(*number);
            } else {
                place.ready.wait(ready);
            }
        }
    }

    /// A part that nobody makes yet and that has a place.
    std::optional<std::size_t> claim() {
        std::size_t number = next_;
        while (number < count_ && number < taken_ + places_.size()) {
            if (next_.compare_exchange_weak(number, number + 1)) return number;
        }
        return std::nullopt;
    }

    std::size_t count_;
    Make& make_;
    Take& take_;
    std::vector<Place> places_;
    std::atomic<std::size_t> next_ = 0;
    std::atomic<std::size_t> taken_ = 0;
    std::atomic<bool> stopped_ = false;
    std::vector<std::jthread> helpers_;  ///< The last, so that they end before what they use.
};

/// Calls `make(number, part)` for 0 .. count - 1 on so many threads, the calling one among them,
/// and `take(part)` in the calling thread in the order of the numbers.
///
/// A part comes to `make` as its last taker left it. What `make` or `take` throws reaches the
/// caller; later parts are then not taken.
template <class Part, class Make, class Take>
void in_order(std::size_t count, unsigned threads, Make make, Take take) {
    PartsInOrder<Part, Make, Take>{count, threads, make, take}.run();
}

}  // namespace opora::base
