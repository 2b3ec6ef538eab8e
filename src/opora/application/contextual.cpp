#include "opora/application/contextual.hpp"

#include <algorithm>
#include <charconv>

#include "opora/application/indicator_report.hpp"
#include "opora/context/covariates.hpp"
#include "opora/indicators/standard_scores.hpp"

namespace opora::application {

using context::IndexInput;
using context::ScoreGroup;
using context::SocialIndex;
using indicators::ContextTable;
using indicators::Evidence;
using indicators::SchoolNumber;
using indicators::StandardCell;
using indicators::StandardScores;
using model::IndexMethod;

namespace {

constexpr std::array all_methods{IndexMethod::equal, IndexMethod::expert, IndexMethod::component,
                                 IndexMethod::regression};
constexpr std::array<double, 3> year_weights{3, 2, 1};  // The year itself, and the two before.

bool worked(const model::School& school, model::SchoolYear year) {
    return (!school.opened || *school.opened <= year) && (!school.closed || year <= *school.closed);
}

std::vector<SchoolNumber> schools_of(const Evidence& evidence, const ContextualOptions& options) {
    std::vector<SchoolNumber> numbers;
    for (SchoolNumber i = 0; i < evidence.schools().size(); ++i) {
        const model::School& school = evidence.schools()[i];
        if (!worked(school, options.year)) continue;
        if (options.territory && !lies_in(evidence, school, *options.territory)) continue;
        numbers.push_back(i);
    }
    return numbers;
}

/// A cohort is known by the year in which it would be in grade 0.
std::int32_t unit_of(const Evidence& evidence, indicators::ProcedureNumber number,
                     model::ResultGrouping grouping) {
    const model::Procedure& procedure = evidence.procedures()[number];
    return grouping == model::ResultGrouping::cohort ? procedure.year.ending - procedure.grade
                                                     : static_cast<std::int32_t>(number);
}

/// Standard scores of the schools, numbered as in `numbers`, sorted by school and unit.
std::vector<ScoreGroup> score_groups(const Evidence& evidence,
                                     const std::vector<SchoolNumber>& numbers,
                                     const ContextualOptions& options) {
    std::vector<ScoreGroup> groups;
    const std::size_t years = options.three_years ? year_weights.size() : 1;
    for (std::size_t age = 0; age < years; ++age) {
        const StandardScores scores{evidence, options.year - static_cast<int>(age)};
        for (std::uint32_t i = 0; i < numbers.size(); ++i) {
            for (const StandardCell& cell : scores.cells_of(numbers[i])) {
                const double weight = years == 1 ? 1 : year_weights[age];
                groups.push_back({i, unit_of(evidence, cell.procedure, options.grouping), cell.n,
                                  cell.sum, cell.squares, weight});
            }
        }
    }
    std::ranges::stable_sort(groups, {}, [](const ScoreGroup& group) {
        return std::pair{group.school, group.unit};
    });
    return groups;
}

std::vector<std::optional<double>> mean_results(const std::vector<ScoreGroup>& groups,
                                                std::size_t schools) {
    std::vector<double> sums(schools);
    std::vector<double> weights(schools);
    for (const ScoreGroup& group : groups) {
        sums[group.school] += group.weight * group.sum;
        weights[group.school] += group.weight * static_cast<double>(group.results);
    }
    std::vector<std::optional<double>> means(schools);
    for (std::size_t i = 0; i < schools; ++i) {
        if (weights[i] > 0) means[i] = sums[i] / weights[i];
    }
    return means;
}

IndexInput index_input(const ContextTable& table, const std::vector<SchoolNumber>& numbers,
                       model::IndexReading reading, const ContextualOptions& options,
                       std::vector<std::optional<double>> results) {
    IndexInput input{context::index_components(reading), {}, std::move(results)};
    for (context::IndexComponent& component : input.components) {
        for (const auto& [code, weight] : options.weights) {
            if (code == component.code) component.weight = weight;
        }
    }
    for (const SchoolNumber number : numbers) {
        for (const context::IndexComponent& component : input.components) {
            input.shares.push_back(table.value(number, ContextTable::feature(component.code)));
        }
    }
    return input;
}

void add_method_agreements(ContextualReport& report) {
    const auto variant = [&](std::size_t i) {
        return IndexVariant{all_methods[i], report.options.reading, report.options.year};
    };
    for (std::size_t one = 0; one < all_methods.size(); ++one) {
        for (std::size_t other = one + 1; other < all_methods.size(); ++other) {
            report.agreements.push_back(
                {variant(one), variant(other),
                 context::agreement(report.indices[one].schools, report.indices[other].schools)});
        }
    }
}

/// The chosen index against that of the other reading and against that of the year before.
void add_other_agreements(const Evidence& evidence, const ContextTable& table,
                          const IndexInput& input, ContextualReport& report) {
    const ContextualOptions& options = report.options;
    const IndexVariant chosen{options.method, options.reading, options.year};
    const auto compared = [&](const IndexVariant& other, const IndexInput& with) {
        const SocialIndex index = context::social_index(with, options.method);
        report.agreements.push_back(
            {chosen, other, context::agreement(report.index().schools, index.schools)});
    };
    IndexVariant other = chosen;
    other.reading = options.reading == model::IndexReading::four_shares
                        ? model::IndexReading::one_share
                        : model::IndexReading::four_shares;
    compared(other, index_input(table, report.numbers, other.reading, options, input.results));

    IndexVariant before = chosen;
    before.year = options.year - 1;
    ContextualOptions earlier = options;
    earlier.year = before.year;
    const ContextTable earlier_table{evidence, before.year};
    auto results =
        mean_results(score_groups(evidence, report.numbers, earlier), report.numbers.size());
    compared(before, index_input(earlier_table, report.numbers, options.reading, options,
                                 std::move(results)));
}

}  // namespace

ContextualReport contextual_report(const Evidence& evidence, const ContextualOptions& options) {
    ContextualReport report{.options = options, .numbers = schools_of(evidence, options)};
    const ContextTable table{evidence, options.year};
    for (const SchoolNumber number : report.numbers) {
        report.passport_years.push_back(table.passport_year(number));
    }
    const std::vector<ScoreGroup> groups = score_groups(evidence, report.numbers, options);
    const IndexInput input = index_input(table, report.numbers, options.reading, options,
                                         mean_results(groups, report.numbers.size()));
    for (std::size_t i = 0; i < all_methods.size(); ++i) {
        report.indices[i] = context::social_index(input, all_methods[i]);
    }
    add_method_agreements(report);
    add_other_agreements(evidence, table, input, report);

    // The index by regression already holds the results: it cannot explain them a second time.
    const auto explaining =
        options.method == IndexMethod::regression ? IndexMethod::equal : options.method;
    context::CovariateChoice choice =
        context::choose_covariates(evidence, table, report.numbers, input.components,
                                   report.indices[static_cast<std::size_t>(explaining)]);
    report.conditions = std::move(choice.note);
    report.model =
        context::fit_contextual({std::move(choice.covariates), groups, std::move(choice.left_out)});
    for (std::size_t i = 0; i < report.numbers.size(); ++i) {
        report.schools.push_back({evidence.schools()[report.numbers[i]].id, options.year,
                                  report.index().schools[i], report.model.schools[i]});
    }
    return report;
}

base::Result<std::vector<std::pair<std::string, double>>> read_index_weights(
    std::string_view text, const std::string& file) {
    std::vector<context::IndexComponent> known;
    for (const auto reading : {model::IndexReading::four_shares, model::IndexReading::one_share}) {
        for (auto& component : context::index_components(reading)) known.push_back(component);
    }
    std::vector<std::pair<std::string, double>> weights;
    std::int64_t row = 0;
    while (!text.empty()) {
        ++row;
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
        if (line.empty() || (row == 1 && line.starts_with("component"))) continue;
        const std::size_t comma = std::min(line.find(','), line.size());
        const std::string code{line.substr(0, comma)};
        const std::string_view number = line.substr(std::min(comma + 1, line.size()));
        const base::Place place{.file = file, .row = row};
        if (std::ranges::find(known, code, &context::IndexComponent::code) == known.end()) {
            return base::Unexpected{
                base::Error{.code = "weight_component_unknown",
                            .message = "в индексе нет такой доли социального паспорта",
                            .place = place,
                            .found = code}};
        }
        double weight = 0;
        const auto [after, wrong] =
            std::from_chars(number.data(), number.data() + number.size(), weight);
        if (wrong != std::errc{} || after != number.data() + number.size() || !(weight > 0) ||
            weight > 1e6) {
            return base::Unexpected{base::Error{.code = "weight_wrong",
                                                .message = "вес не читается",
                                                .place = place,
                                                .expected = "число больше нуля",
                                                .found = std::string{number}}};
        }
        weights.emplace_back(code, weight);
    }
    return weights;
}

}  // namespace opora::application
