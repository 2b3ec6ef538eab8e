#include "opora/application/works_met.hpp"

#include <cstdint>
#include <set>
#include <vector>

namespace opora::application {

namespace {

constexpr std::size_t rows_max = 100'000;

std::vector<std::pair<model::SchoolId, model::Procedure>> works_of(
    const ports::ImportBatch& batch) {
    const model::ResultTable& table = batch.results;
    if (table.rows() > rows_max) return {};
    std::set<std::pair<std::uint32_t, std::uint32_t>> numbers;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        numbers.emplace(table.school[row], table.procedure[row]);
    }
    std::vector<std::pair<model::SchoolId, model::Procedure>> works;
    for (const auto& [school, procedure] : numbers) {
        works.emplace_back(model::SchoolId{std::string{table.schools.text(school)}},
                           table.procedures[procedure]);
    }
    return works;
}

}  // namespace

std::optional<std::string> WorksMet::earlier(const ports::ImportBatch& batch) const {
    for (const auto& work : works_of(batch)) {
        const auto found = files_.find(work);
        if (found != files_.end() && found->second.sha256 != batch.file_sha256) {
            return found->second.name;
        }
    }
    return std::nullopt;
}

void WorksMet::add(const ports::ImportBatch& batch) {
    for (auto& work : works_of(batch)) files_[std::move(work)] = {batch.file, batch.file_sha256};
}

}  // namespace opora::application
