#include <algorithm>
#include <cmath>

#include "opora/application/contextual.hpp"
#include "opora/application/indicator_report.hpp"
#include "opora/application/typology.hpp"
#include "opora/statistics/summary.hpp"
#include "opora/typology/pupil_gaps.hpp"

namespace opora::application {

using indicators::Evidence;
using indicators::SchoolNumber;
using typology::PupilGroups;

namespace {

constexpr double small_school_pupils = 100;

bool advanced(model::SchoolType type) {
    return type == model::SchoolType::gymnasium || type == model::SchoolType::lyceum;
}

/// Groups of pupils that the data tell apart: by what their school is.
std::vector<PupilGroups> pupil_groups(const Evidence& evidence, const TypologyRequest& request) {
    const std::size_t schools = evidence.schools().size();
    const std::vector<std::uint8_t> nobody(schools, 0);
    PupilGroups settlement{"gap_settlement", "Разрыв: сельские школы минус городские", nobody};
    PupilGroups programme{"gap_programme", "Разрыв: обычные школы минус гимназии и лицеи", nobody};
    PupilGroups size{"gap_size", "Разрыв: школы до 100 учащихся минус остальные", nobody};
    PupilGroups context{"gap_context", "Разрыв: школы с худшими условиями минус с лучшими", nobody};

    const indicators::ContextTable table{evidence, request.year};
    const std::size_t pupils = indicators::ContextTable::feature("log_pupils");
    const auto report = contextual_report(
        evidence,
        {.year = request.year, .territory = request.territory, .method = request.parameters.index});
    std::vector<double> indices;
    for (const model::SchoolContext& one : report.schools) {
        if (one.index.z) indices.push_back(*one.index.z);
    }
    const double border =
        indices.empty() ? 0 : statistics::quantile(indices, request.parameters.grid.adverse_share);
    for (std::size_t i = 0; i < report.numbers.size(); ++i) {
        const SchoolNumber number = report.numbers[i];
        const model::School& school = evidence.schools()[number];
        if (school.settlement == model::SettlementType::village) settlement.side[number] = 1;
        if (school.settlement == model::SettlementType::city) settlement.side[number] = 2;
        programme.side[number] = advanced(school.type) ? 2 : 1;
        if (const auto& value = table.value(number, pupils)) {
            size.side[number] = *value <= std::log(small_school_pupils) ? 1 : 2;
        }
        if (const auto& index = report.schools[i].index.z) {
            context.side[number] = *index <= border ? 1 : 2;
        }
    }
    return {context, settlement, programme, size};
}

}  // namespace

SpreadReport result_spread(const Evidence& evidence, const TypologyRequest& request) {
    std::vector<indicators::StandardScores> years;
    for (int age = request.parameters.years - 1; age >= 0; --age) {
        years.emplace_back(evidence, request.year - age);
    }
    typology::SpreadOptions options = request.parameters.spread;
    for (const model::School& school : evidence.schools()) {
        const bool in = !request.territory || lies_in(evidence, school, *request.territory);
        options.included.push_back(in ? 1 : 0);
    }
    SpreadReport report;
    report.values = typology::spread(evidence, years, pupil_groups(evidence, request), options);
    std::vector<model::SchoolYear> numbers;
    for (const indicators::StandardScores& year : years) numbers.push_back(year.year());
    for (auto& value :
         typology::imported_gaps(evidence, numbers, options.included, options.results_min)) {
        report.values.push_back(std::move(value));
    }
    const auto low = typology::low_results(evidence, request.year, options.included);
    if (auto found = statistics::concentration(low)) report.curve = std::move(found->curve);
    return report;
}

}  // namespace opora::application
