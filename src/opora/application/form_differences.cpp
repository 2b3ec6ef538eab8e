#include "opora/application/form_differences.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <functional>
#include <set>

#include "opora/application/import_preview.hpp"
#include "opora/base/russian.hpp"
#include "opora/tally/field_groups.hpp"

namespace opora::application {

namespace {

using tally::FieldGroup;

constexpr std::array groups{FieldGroup::marks, FieldGroup::scores, FieldGroup::journal,
                            FieldGroup::tasks};

class Phrases {
public:
    void add(std::string_view what, std::int64_t form, std::int64_t other) {
        if (form != other) all_.push_back(fmt::format("{} {} и {}", what, form, other));
    }
    std::string text() const { return fmt::format("{}", fmt::join(all_, ", ")); }

private:
    std::vector<std::string> all_;
};

/// Calls `visit` with every stored cell of which the filter says that it is of interest.
void visit_cells(ports::Store& store, const std::vector<FactInForce>& facts, tally::Origin origin,
                 const std::function<void(CellKey, const HeldCell::Part&)>& visit) {
    for (std::uint32_t number = 0; number < facts.size(); ++number) {
        if (facts[number].aggregates != (origin == tally::Origin::aggregate)) continue;
        const tally::CoreCells block = store.fact_store().core_cells(facts[number].identity);
        for (const tally::CoreCell& cell : block.cells) {
            visit({block.schools[cell.school], block.procedures[cell.procedure]},
                  {number, cell.row_first, cell.counts});
        }
    }
}

/// The part of the group that says how many took part.
const HeldCell::Part* leading(const HeldCell& held) {
    for (const auto& part : held.forms) {
        if (part) return &*part;
    }
    return nullptr;
}

}  // namespace

void hold_form(HeldCell& held, const HeldCell::Part& form) {
    const tally::FieldGroups own = tally::groups_of(form.counts);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (tally::holds(own, groups[i])) held.forms[i] = form;
    }
}

std::string differing_counts(const tally::CellCounts& form, const tally::CellCounts& protocol) {
    Phrases phrases;
    const tally::FieldGroups own = tally::groups_of(form);
    phrases.add("участников", form.participants, protocol.participants);
    if (tally::holds(own, FieldGroup::marks) && protocol.marked() > 0) {
        for (std::size_t i = 0; i < form.marks.size(); ++i) {
            phrases.add(fmt::format("отметок «{}»", i + 2), form.marks[i], protocol.marks[i]);
        }
    }
    if (tally::holds(own, FieldGroup::scores) && protocol.scored > 0) {
        phrases.add("сумма баллов", form.score_sum, protocol.score_sum);
    }
    if (tally::holds(own, FieldGroup::journal) && protocol.journaled > 0) {
        phrases.add("понизивших отметку", form.lowered, protocol.lowered);
        phrases.add("подтвердивших отметку", form.confirmed, protocol.confirmed);
        phrases.add("повысивших отметку", form.raised, protocol.raised);
    }
    return phrases.text();
}

std::vector<FormDifference> differing_participants(const CellKey& key, const HeldCell& held,
                                                   const std::vector<FactInForce>& facts) {
    std::vector<FormDifference> all;
    const HeldCell::Part* first = leading(held);
    for (const auto& part : held.forms) {
        if (!part || part->counts.participants == first->counts.participants) continue;
        all.push_back({.school = key.first,
                       .procedure = key.second,
                       .counts = fmt::format("участников {} и {}", part->counts.participants,
                                             first->counts.participants),
                       .form_file = facts[part->fact].file,
                       .other_file = facts[first->fact].file,
                       .form_row = part->row});
    }
    return all;
}

std::vector<FormDifference> form_differences(ports::Store& store) {
    const std::vector<FactInForce> facts = facts_in_force(store.register_store().imports());
    HeldCells cells;
    visit_cells(
        store, facts, tally::Origin::aggregate,
        [&](CellKey key, const HeldCell::Part& part) { hold_form(cells[std::move(key)], part); });
    std::vector<FormDifference> all;
    if (cells.empty()) return all;
    visit_cells(store, facts, tally::Origin::protocol,
                [&](const CellKey& key, const HeldCell::Part& part) {
                    const auto found = cells.find(key);
                    if (found != cells.end()) found->second.protocol = part;
                });
    for (const auto& [key, held] : cells) {
        if (!held.protocol) {
            const auto some = differing_participants(key, held, facts);
            all.insert(all.end(), some.begin(), some.end());
            continue;
        }
        std::set<std::uint32_t> told;  // A form of several groups differs once.
        for (const auto& form : held.forms) {
            if (!form || !told.insert(form->fact).second) continue;
            std::string counts = differing_counts(form->counts, held.protocol->counts);
            if (counts.empty()) continue;
            all.push_back({key.first, key.second, std::move(counts), facts[form->fact].file,
                           facts[held.protocol->fact].file, true, form->row});
        }
    }
    return all;
}

void warn_of(const std::vector<FormDifference>& differences, const ImportOptions& options,
             base::Errors& warnings) {
    constexpr std::size_t shown_max = 20;
    for (std::size_t i = 0; i < differences.size() && i < shown_max; ++i) {
        const FormDifference& one = differences[i];
        const std::string where = cell_words(one.school, one.procedure, options);
        base::Error warning{.code = one.protocol ? "form_differs" : "form_participants_differ",
                            .place = {.file = one.form_file}};
        if (one.form_row > 0) warning.place.row = one.form_row;
        warning.message =
            one.protocol ? fmt::format(
                               "Сводная форма расходится с протоколом «{}» ({}): {} (сначала число "
                               "формы). В расчёт входит протокол.",
                               one.other_file, where, one.counts)
                         : fmt::format(
                               "В сводных формах разное число участников ({}): {} в «{}». Каждая "
                               "доля считается от участников своей формы, числом участников "
                               "работы считается второе.",
                               where, one.counts, one.other_file);
        warnings.push_back(std::move(warning));
    }
    if (differences.size() <= shown_max) return;
    warnings.push_back({.code = "forms_differ_more",
                        .message = fmt::format(
                            "И ещё {}. Все показывает команда opora imports ПАПКА --forms.",
                            base::counted(static_cast<std::int64_t>(differences.size() - shown_max),
                                          {"расхождение сводных форм", "расхождения сводных форм",
                                           "расхождений сводных форм"}))});
}

}  // namespace opora::application
