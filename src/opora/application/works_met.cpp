#include "opora/application/works_met.hpp"

#include <cstdint>
#include <set>

namespace opora::application {

WorksMet::Brought WorksMet::of(const ports::ImportBatch& batch) {
    constexpr std::size_t rows_max = 100'000;
    Brought brought{.file = batch.file, .sha256 = batch.file_sha256, .works = {}};
    const model::ResultTable& table = batch.results;
    if (table.rows() > rows_max) return brought;
    std::set<std::pair<std::uint32_t, std::uint32_t>> numbers;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        numbers.emplace(table.school[row], table.procedure[row]);
    }
    for (const auto& [school, procedure] : numbers) {
        brought.works.emplace_back(model::SchoolId{std::string{table.schools.text(school)}},
                                   table.procedures[procedure]);
    }
    return brought;
}

std::optional<std::string> WorksMet::earlier(const Brought& brought) const {
    for (const Work& work : brought.works) {
        const auto found = files_.find(work);
        if (found != files_.end() && found->second.sha256 != brought.sha256) {
            return found->second.name;
        }
    }
    return std::nullopt;
}

void WorksMet::add(Brought brought) {
    for (Work& work : brought.works) files_[std::move(work)] = {brought.file, brought.sha256};
}

}  // namespace opora::application
