#include "opora/api/parameters.hpp"

#include <fmt/format.h>

#include <charconv>

#include "opora/wording/expression_words.hpp"

namespace opora::api {

namespace {

base::Unexpected<base::Error> refusal(std::string code, std::string message) {
    return base::Unexpected{base::Error{.code = std::move(code), .message = std::move(message)}};
}

}  // namespace

base::Result<model::SchoolYear> year_of(const Call& call, const application::View& view) {
    const auto text = query(call.request, "year");
    if (!text) {
        const auto years = view.years();
        if (years.empty())
            return refusal("year_missing", "результатов ещё нет: загрузите протоколы");
        return years.front();
    }
    model::SchoolYear year;
    const auto read = std::from_chars(text->data(), text->data() + text->size(), year.ending);
    const bool whole = read.ec == std::errc{} && read.ptr == text->data() + text->size();
    if (!whole || year < model::year_min || year > model::year_max) {
        return refusal("year_wrong",
                       "не понят учебный год: ожидался год его окончания, например 2024");
    }
    return year;
}

base::Result<indicators::SchoolNumber> school_of(const Call& call, const application::View& view,
                                                 std::size_t value) {
    const auto number = view.evidence().find_school({call.value(value)});
    if (!number || !application::Scope{call.user(), view.evidence()}.sees(*number)) {
        return refusal("school_unknown", "такой школы нет или она вам не видна");
    }
    return *number;
}

base::Result<const application::Methodology*> methodology_of(const Call& call, std::size_t value) {
    const auto* methodology = call.services.workspace.methodology(call.value(value));
    if (methodology == nullptr) return refusal("methodology_unknown", "такой методики нет");
    return methodology;
}

base::Result<Page> page_of(const Call& call) {
    Page page;
    if (const auto cursor = query(call.request, "cursor")) page.cursor = std::string{*cursor};
    if (const auto text = query(call.request, "limit")) {
        const auto read = std::from_chars(text->data(), text->data() + text->size(), page.limit);
        const bool whole = read.ec == std::errc{} && read.ptr == text->data() + text->size();
        if (!whole || page.limit == 0) {
            return refusal("limit_wrong",
                           "не понято число строк на странице: ожидалось целое от 1");
        }
    }
    return page;
}

std::optional<model::TerritoryId> territory_of(const Call& call) {
    const auto text = query(call.request, "territory");
    if (!text || text->empty()) return std::nullopt;
    return model::TerritoryId{std::string{*text}};
}

std::string procedure_code(const model::Procedure& procedure) {
    std::string text = fmt::format("{}-{}-{}-{}", code(procedure.type), procedure.subject.value,
                                   procedure.programme_grade, procedure.grade);
    if (procedure.period != model::Period::main) text += "-" + std::string{code(procedure.period)};
    return text;
}

wording::Vocabulary words_of(const Call& call) {
    wording::Vocabulary words{.for_terminal = false};
    for (const auto& [code, title] : call.services.workspace.adapters().subjects) {
        words.subjects.emplace(code, wording::with_small_letter(title));
    }
    return words;
}

std::shared_ptr<const application::ObjectivityFindings> signs_of(application::View& view,
                                                                 model::SchoolYear year) {
    using Findings = application::ObjectivityFindings;
    return view.kept<Findings>(fmt::format("signs/{}", year.ending), [&] {
        return application::find_objectivity_signs(view.store(), view.loaded(), view.scales(),
                                                   {.year = year});
    });
}

}  // namespace opora::api
