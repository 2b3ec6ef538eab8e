#include "opora/application/public_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "opora/statistics/suppression.hpp"

namespace opora::application {

namespace {

using indicators::Evidence;
using indicators::ProcedureNumber;
using Marks = std::array<std::int64_t, 4>;

constexpr const char* setting_name = "public_page";

std::string municipality_of(const Evidence& evidence, indicators::SchoolNumber school) {
    const auto number = evidence.territory(school, indicators::Scope::municipality);
    return number < evidence.territories().size() ? evidence.territories()[number].name
                                                  : std::string{"Территория не указана"};
}

/// Marks by name of the municipality, so that rows stand in an order that says nothing.
std::map<std::string, Marks> marks_of(const Evidence& evidence, ProcedureNumber procedure) {
    std::map<std::string, Marks> all;
    for (const indicators::EvidenceCell& cell : evidence.cells()) {
        if (cell.procedure != procedure) continue;
        const auto school = evidence.candidates()[cell.candidate].school;
        Marks& marks = all[municipality_of(evidence, school)];
        for (std::size_t i = 0; i < marks.size(); ++i) marks[i] += cell.counts.marks[i];
    }
    return all;
}

/// «А», «А и Б», «А, Б и В».
std::string joined(const std::vector<std::size_t>& group, const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < group.size(); ++i) {
        if (i > 0) text += i + 1 == group.size() ? " и " : ", ";
        text += names[group[i]];
    }
    return text;
}

}  // namespace

std::vector<ProcedureNumber> public_procedures(const Evidence& evidence, model::SchoolYear year) {
    std::vector<std::int64_t> pupils(evidence.procedures().size(), 0);
    for (const indicators::EvidenceCell& cell : evidence.cells()) {
        pupils[cell.procedure] += cell.counts.marked();
    }
    std::vector<ProcedureNumber> numbers;
    for (ProcedureNumber i = 0; i < pupils.size(); ++i) {
        const model::Procedure& one = evidence.procedures()[i];
        if (one.year == year && one.period == model::Period::main && pupils[i] >= public_group_min)
            numbers.push_back(i);
    }
    std::ranges::stable_sort(numbers, std::ranges::greater{},
                             [&](ProcedureNumber i) { return pupils[i]; });
    return numbers;
}

PublicTable public_table(const Evidence& evidence, ProcedureNumber procedure) {
    std::vector<std::string> names;
    statistics::CountTable counts{.rows = 0, .columns = 4, .counts = {}};
    for (const auto& [name, marks] : marks_of(evidence, procedure)) {
        names.push_back(name);
        counts.counts.insert(counts.counts.end(), marks.begin(), marks.end());
        ++counts.rows;
    }
    PublicTable table;
    const auto safe = statistics::suppress(counts, public_group_min);
    if (!safe) {
        table.reason = fmt::format("отметки получили меньше {} учеников", public_group_min);
        return table;
    }
    const std::vector<std::string> marks{"2", "3", "4", "5"};
    for (const auto& group : safe->column_groups) table.marks.push_back(joined(group, marks));
    const std::size_t columns = table.marks.size();
    for (std::size_t row = 0; row < safe->row_groups.size(); ++row) {
        const auto first = safe->cells.begin() + static_cast<std::ptrdiff_t>(row * columns);
        table.rows.push_back({.title = joined(safe->row_groups[row], names),
                              .pupils = safe->row_totals[row],
                              .by_mark = {first, first + static_cast<std::ptrdiff_t>(columns)}});
    }
    table.whole = {.title = "Всего", .pupils = safe->total, .by_mark = {}};
    for (const std::int64_t total : safe->column_totals) table.whole.by_mark.emplace_back(total);
    table.hidden = std::ranges::any_of(safe->cells, [](const auto& cell) { return !cell; });
    return table;
}

bool public_page_enabled(const ports::RegisterStore& store) {
    return store.setting(setting_name) == "on";
}

void switch_public_page(ports::RegisterStore& store, bool on, const std::string& actor) {
    store.set_setting(setting_name, on ? "on" : "off", actor);
}

}  // namespace opora::application
