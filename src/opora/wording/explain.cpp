#include "opora/wording/explain.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "opora/base/russian.hpp"
#include "opora/base/utf8.hpp"
#include "opora/wording/compared_value.hpp"
#include "opora/wording/derivation_lines.hpp"
#include "opora/wording/expression_words.hpp"

namespace opora::wording {

namespace {

constexpr std::size_t snapshot_digits_shown = 12;

/// «условие A (две процедуры)», «условия A и Б», «условия A, Б и В».
std::string rules_words(const std::vector<std::string>& rules, const Vocabulary& vocabulary) {
    if (rules.size() == 1) return rule_name(rules.front(), vocabulary);
    std::string words = "условия ";
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (i > 0) words += i + 1 == rules.size() ? " и " : ", ";
        words += rules[i];
    }
    return words;
}

std::string met_clause(const model::Listing& listing, const Vocabulary& vocabulary) {
    if (listing.rules_met.empty()) return "";
    const bool listed =
        listing.verdict == model::Verdict::listed || listing.verdict == model::Verdict::watch;
    return fmt::format("{} {} {}", listed ? ":" : "; при этом",
                       listing.rules_met.size() == 1 ? "выполнено" : "выполнены",
                       rules_words(listing.rules_met, vocabulary));
}

std::string verdict_words(const model::Listing& listing) {
    const bool teacher = !listing.teacher.value.empty();
    switch (listing.verdict) {
        case model::Verdict::listed:
            return teacher ? "Входит в перечень" : "Включена в перечень";
        case model::Verdict::watch:
            return "Под наблюдением";
        case model::Verdict::not_listed:
            return teacher ? "Не входит в перечень" : "Не включена в перечень";
        case model::Verdict::unknown:
            return "Решения нет: данных недостаточно";
        case model::Verdict::excluded:
            return "Не рассматривается по этой методике";
    }
    return "";
}

std::string rows_words(const model::Source& source) {
    if (source.row_first <= 0) return "";
    if (source.row_last <= source.row_first) return fmt::format("{}", source.row_first);
    return fmt::format("{}–{}", source.row_first, source.row_last);
}

std::string heading_line(const model::Listing& listing, const ListHeading& heading) {
    std::string object =
        listing.school_name.empty() ? "Школа " + listing.school.value : listing.school_name;
    if (!listing.teacher.value.empty()) {
        object += fmt::format(", педагог {}", listing.teacher.value);
    }
    return fmt::format("{}, {} учебный год", object, model::title(heading.year));
}

std::vector<model::Source> all_sources(const model::Listing& listing) {
    std::vector<model::Source> sources;
    for (const model::Finding& finding : listing.findings) {
        const auto own = sources_of(finding.derivation);
        sources.insert(sources.end(), own.begin(), own.end());
    }
    return merged(std::move(sources));
}

bool is_explained(const model::Finding& finding) {
    return !finding.derivation.parts.empty() || !finding.derivation.text.empty();
}

}  // namespace

ListHeading heading_of(const model::SchoolList& list) {
    return {.methodology = list.methodology.value,
            .version = list.version,
            .year = list.year,
            .snapshot = list.snapshot};
}

std::string verdict_sentence(const model::Listing& listing, const Vocabulary& vocabulary) {
    std::string sentence = verdict_words(listing);
    const bool no_rule = listing.rules_met.empty();
    if (listing.verdict == model::Verdict::not_listed && no_rule && !listing.findings.empty()) {
        const bool unknown = std::ranges::count(listing.findings, model::Outcome::unknown,
                                                &model::Finding::outcome) > 0;
        sentence += unknown ? ": ни одно условие не выполнено, часть условий проверить нельзя"
                            : ": ни одно условие не выполнено";
    } else {
        sentence += met_clause(listing, vocabulary);
    }
    return sentence + ".";
}

std::string clause_words(const std::string& clause) {
    const base::Character first = base::first_character(clause);
    const bool word = first.code >= U'а' && first.code <= U'я';  // «разд. 3», «направление 2»
    return word ? clause : "п.\u00a0" + clause;
}

std::string rule_sentence(const model::Finding& finding, const Vocabulary& vocabulary) {
    std::string sentence = capitalised(rule_name(finding.rule, vocabulary));
    if (!finding.clause.empty()) sentence += ", " + clause_words(finding.clause);
    return fmt::format("{}: {}.", sentence, outcome_words(finding.outcome));
}

std::string reliability_sentence(const model::Listing& listing) {
    const std::string_view words = reliability_words(listing.reliability);
    if (listing.probability) {
        return fmt::format("Вероятность того, что истинные результаты отвечают правилу: {}{}.",
                           base::decimal_comma(*listing.probability, 2),
                           words.empty() ? "" : fmt::format(" ({})", words));
    }
    return words.empty() ? "" : fmt::format("Надёжность: {}.", words);
}

std::string sources_words(const std::vector<model::Source>& sources) {
    std::string words;
    for (std::size_t i = 0; i < sources.size();) {
        const std::string& file = sources[i].file;
        std::string rows;
        bool several = false;
        for (; i < sources.size() && sources[i].file == file; ++i) {
            const std::string span = rows_words(sources[i]);
            if (span.empty()) continue;
            several = several || !rows.empty() || sources[i].row_last > sources[i].row_first;
            rows += (rows.empty() ? "" : ", ") + span;
        }
        words += fmt::format("{}«{}»", words.empty() ? "" : "; ", file);
        if (!rows.empty()) words += fmt::format(", {} {}", several ? "строки" : "строка", rows);
    }
    return words;
}

std::string methodology_sentence(const ListHeading& heading, const Vocabulary& vocabulary) {
    std::string sentence = fmt::format("Методика {}", heading.methodology);
    if (!vocabulary.methodology.empty()) sentence += fmt::format(" («{}»)", vocabulary.methodology);
    if (!heading.version.empty()) sentence += fmt::format(", версия {}", heading.version);
    if (!heading.snapshot.empty()) {
        sentence +=
            fmt::format("; снимок данных {}", heading.snapshot.substr(0, snapshot_digits_shown));
    }
    return sentence + ".";
}

std::string explain_text(const model::Listing& listing, const ListHeading& heading,
                         const Vocabulary& vocabulary) {
    std::string text = heading_line(listing, heading) + "\n";
    text += verdict_sentence(listing, vocabulary) + "\n";
    for (const std::string& note : listing.notes) text += fmt::format("Примечание: {}.\n", note);
    const std::string reliability = reliability_sentence(listing);
    if (!reliability.empty()) text += reliability + "\n";
    for (const model::Finding& finding : listing.findings) {
        text += "\n" + rule_sentence(finding, vocabulary) + "\n";
        if (!is_explained(finding)) continue;
        for (const std::string& line :
             derivation_lines(finding.derivation, heading.year, vocabulary)) {
            text += "  " + line + "\n";
        }
    }
    const std::string sources = sources_words(all_sources(listing));
    text += "\n";
    if (!sources.empty()) text += fmt::format("Источник: {}.\n", sources);
    return text + methodology_sentence(heading, vocabulary) + "\n";
}

}  // namespace opora::wording
