#include "opora/tally/row_groups.hpp"

#include <algorithm>
#include <numeric>

#include "opora/base/expects.hpp"

namespace opora::tally {

namespace {

template <class Less>
std::vector<std::uint32_t> ranks(std::size_t size, const Less& less) {
    std::vector<std::uint32_t> order(size);
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, less);
    std::vector<std::uint32_t> rank(size);
    for (std::uint32_t place = 0; place < size; ++place) rank[order[place]] = place;
    return rank;
}

/// A run and the place of its group among all possible groups.
struct KeyedRun {
    std::uint64_t key = 0;
    RowRun run;

    friend bool operator<(const KeyedRun& left, const KeyedRun& right) {
        return left.key != right.key ? left.key < right.key : left.run.begin < right.run.begin;
    }
};

std::vector<KeyedRun> find_runs(const model::ResultTable& table) {
    const auto school_rank = text_ranks(table.schools);
    const auto procedure_rank = procedure_ranks(table.procedures);
    const auto& school = table.school;
    const auto& procedure = table.procedure;
    const auto rows = static_cast<std::uint32_t>(table.rows());

    std::vector<KeyedRun> runs;
    for (std::uint32_t begin = 0; begin < rows;) {
        std::uint32_t end = begin + 1;
        while (end < rows && school[end] == school[begin] && procedure[end] == procedure[begin])
            ++end;
        const std::uint64_t key =
            std::uint64_t{school_rank[school[begin]]} * procedure_rank.size() +
            procedure_rank[procedure[begin]];
        runs.push_back({key, {begin, end}});
        begin = end;
    }
    return runs;
}

}  // namespace

std::vector<std::uint32_t> text_ranks(const model::Dictionary& dictionary) {
    return ranks(dictionary.size(), [&](std::uint32_t left, std::uint32_t right) {
        return dictionary.text(left) < dictionary.text(right);
    });
}

std::vector<std::uint32_t> procedure_ranks(std::span<const model::Procedure> procedures) {
    return ranks(procedures.size(), [&](std::uint32_t left, std::uint32_t right) {
        return procedures[left] < procedures[right];
    });
}

RowGroups::RowGroups(const model::ResultTable& table) {
    OPORA_EXPECTS(table.rows() < UINT32_MAX);
    OPORA_EXPECTS(table.procedure.size() == table.rows());
    std::vector<KeyedRun> keyed = find_runs(table);
    if (!std::ranges::is_sorted(keyed, std::less<>{})) std::ranges::sort(keyed, std::less<>{});

    runs_.reserve(keyed.size());
    std::uint32_t rows = 0;
    for (std::size_t i = 0; i < keyed.size(); ++i) {
        if (i == 0 || keyed[i].key != keyed[i - 1].key) {
            first_runs_.push_back(static_cast<std::uint32_t>(i));
            rows_before_.push_back(rows);
        }
        runs_.push_back(keyed[i].run);
        rows += keyed[i].run.end - keyed[i].run.begin;
    }
    first_runs_.push_back(static_cast<std::uint32_t>(keyed.size()));
    rows_before_.push_back(rows);
}

std::span<const RowRun> RowGroups::runs(std::size_t group) const {
    OPORA_EXPECTS(group < size());
    return std::span{runs_}.subspan(first_runs_[group],
                                    first_runs_[group + 1] - first_runs_[group]);
}

}  // namespace opora::tally
