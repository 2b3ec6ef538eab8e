#include "opora/wording/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include "opora/base/russian.hpp"
#include "opora/base/utf8.hpp"
#include "opora/wording/compared_value.hpp"
#include "opora/wording/derivation_lines.hpp"
#include "opora/wording/expression_words.hpp"

namespace opora::wording {

namespace {

constexpr std::size_t snapshot_digits_shown = 12;
constexpr std::size_t files_shown = 10;
constexpr std::size_t procedures_shown = 12;
constexpr std::size_t spans_shown = 5;

/// «условие A (две процедуры)», «условия A и Б», «признаки «…» и «…»».
std::string named(const std::vector<std::string>& rules, const char* several,
                  const Vocabulary& vocabulary) {
    if (rules.size() == 1) return rule_name(rules.front(), vocabulary);
    std::string words = several;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        words += i == 0 ? " " : i + 1 == rules.size() ? " и " : ", ";
        const auto title = vocabulary.rules.find(rules[i]);
        const bool titled = title != vocabulary.rules.end() && !title->second.empty();
        words += is_letter(rules[i]) || !titled ? rules[i]
                                                : "«" + with_small_letter(title->second) + "»";
    }
    return words;
}

/// «выполнены условия A и B; отмечен признак «…»»: flags are seen beside the list, they do not make
/// it.
std::string met_words(const model::Listing& listing, const Vocabulary& vocabulary) {
    std::vector<std::string> rules;
    std::vector<std::string> flags;
    for (const std::string& rule : listing.rules_met) {
        (vocabulary.flags.contains(rule) ? flags : rules).push_back(rule);
    }
    std::string words;
    if (!rules.empty()) {
        words = fmt::format("{} {}", rules.size() == 1 ? "выполнено" : "выполнены",
                            named(rules, "условия", vocabulary));
    }
    if (!flags.empty()) {
        words += fmt::format("{}{} {}", words.empty() ? "" : "; ",
                             flags.size() == 1 ? "отмечен" : "отмечены",
                             named(flags, "признаки", vocabulary));
    }
    return words;
}

std::string met_clause(const model::Listing& listing, const Vocabulary& vocabulary) {
    if (listing.rules_met.empty()) return "";
    const bool listed =
        listing.verdict == model::Verdict::listed || listing.verdict == model::Verdict::watch;
    return fmt::format("{} {}", listed ? ":" : "; при этом", met_words(listing, vocabulary));
}

/// A condition is fulfilled or not, a sign is there or not.
std::string_view said_of(const model::Finding& finding, const Vocabulary& vocabulary) {
    if (!vocabulary.flags.contains(finding.rule)) return outcome_words(finding.outcome);
    if (finding.outcome == model::Outcome::met) return "есть";
    if (finding.outcome == model::Outcome::not_met) return "нет";
    return outcome_words(finding.outcome);
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

/// The files of one procedure.
struct ProcedureSources {
    std::string label;
    bool met = false;  ///< Whether it fulfils a condition that is met.
    std::vector<model::Source> sources;
};

/// Walks a derivation down; a measured value without a procedure of its own belongs to the one its
/// condition speaks of.
class SourceCollector {
public:
    SourceCollector(model::SchoolYear year, const Vocabulary& vocabulary)
        : year_{year}, vocabulary_{vocabulary} {}

    void collect(const model::Derivation& node, std::optional<model::Procedure> bound, bool met) {
        if (node.procedure) bound = node.procedure;
        if (node.kind == model::Derivation::Kind::comparison) {
            met = met && node.outcome == model::Outcome::met;
        }
        if (!node.sources.empty()) add(label_of(node, bound), met, node.sources);
        for (const model::Derivation& part : node.parts) collect(part, bound, met);
    }

    std::vector<ProcedureSources> in_order() && {
        std::ranges::stable_sort(found_, std::ranges::greater{}, &ProcedureSources::met);
        return std::move(found_);
    }

private:
    /// The procedure; the indicator and its year where several were put together.
    std::string label_of(const model::Derivation& node,
                         const std::optional<model::Procedure>& bound) const {
        return value_label(
            {.indicator = node.indicator, .procedure = bound, .year = node.year, .value = {}},
            year_, vocabulary_);
    }

    void add(std::string label, bool met, const std::vector<model::Source>& sources) {
        auto place = std::ranges::find(found_, label, &ProcedureSources::label);
        if (place == found_.end()) {
            found_.push_back({.label = std::move(label), .met = false, .sources = {}});
            place = found_.end() - 1;
        }
        place->met = place->met || met;
        place->sources.insert(place->sources.end(), sources.begin(), sources.end());
    }

    model::SchoolYear year_;
    const Vocabulary& vocabulary_;
    std::vector<ProcedureSources> found_;
};

/// «Не применяются: п. VII 1.1 (нет классов 5–9), п. VII 3.2 (нет классов 10–11).»
std::string not_applicable_line(const model::Listing& listing, const Vocabulary& vocabulary) {
    constexpr std::string_view teaches = "есть классы ";
    std::string words;
    std::size_t count = 0;
    for (const model::Finding& finding : listing.findings) {
        if (finding.outcome != model::Outcome::not_applicable) continue;
        if (++count > 1) words += ", ";
        words += finding.clause.empty() ? rule_name(finding.rule, vocabulary)
                                        : clause_words(finding.clause);
        const std::string condition = plain_condition(finding.derivation.text);
        if (condition.starts_with(teaches)) {
            words += " (нет классов " + condition.substr(teaches.size()) + ")";
        }
    }
    if (count == 0) return "";
    return fmt::format("{}: {}.", count == 1 ? "Не применяется" : "Не применяются", words);
}

/// «73 из 100»; the ends, which no simulation can vouch for, are left open.
std::string chances_words(double probability) {
    const auto chances = std::lround(probability * 100);
    if (chances < 1) return "меньше 1 из 100";
    return chances > 99 ? "больше 99 из 100" : fmt::format("{} из 100", chances);
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
    return fmt::format("{}: {}.", sentence, said_of(finding, vocabulary));
}

std::string reliability_sentence(const model::Listing& listing) {
    if (!listing.probability) {
        const std::string_view words = reliability_words(listing.reliability);
        // «Решения нет: данных недостаточно» has said it already.
        if (words.empty() || listing.reliability == model::Reliability::no_data) return "";
        return fmt::format("Надёжность: {}.", words);
    }
    const std::string of_hundred = chances_words(*listing.probability);
    const std::string_view who = listing.teacher.value.empty() ? "школа" : "педагог";
    switch (listing.reliability) {
        case model::Reliability::sure:
            return fmt::format(
                "Вывод надёжен (выявлена уверенно): с вероятностью {} {} отвечает условиям и "
                "тогда, когда случайность не помогает и не мешает.",
                of_hundred, who);
        case model::Reliability::unsure:
            return fmt::format(
                "Вывод ненадёжен (выявлена, ненадёжно): лишь с вероятностью {} {} отвечает "
                "условиям не по случайности; дело могли решить несколько учеников.",
                of_hundred, who);
        case model::Reliability::borderline:
            return fmt::format(
                "Пограничный случай: условия не выполнены, но с вероятностью {} {} отвечает им, "
                "если не считать случайной удачи.",
                of_hundred, who);
        case model::Reliability::none:
        case model::Reliability::no_data:
            break;
    }
    return fmt::format(
        "Вывод надёжен (не выявлена): вероятность того, что {} отвечает условиям и лишь по "
        "случайности этого не видно, — {}.",
        who, of_hundred);
}

std::string sources_words(const std::vector<model::Source>& sources) {
    std::string words;
    std::size_t files = 0;
    for (std::size_t i = 0; i < sources.size();) {
        if (files++ == files_shown) {
            std::set<std::string> rest;
            for (; i < sources.size(); ++i) rest.insert(sources[i].file);
            return fmt::format("{}; и ещё {}", words,
                               base::counted(std::ssize(rest), {"файл", "файла", "файлов"}));
        }
        const std::string& file = sources[i].file;
        std::string rows;
        bool several = false;
        std::size_t spans = 0;
        for (; i < sources.size() && sources[i].file == file; ++i) {
            const std::string span = rows_words(sources[i]);
            if (span.empty() || ++spans > spans_shown) continue;
            several = several || !rows.empty() || sources[i].row_last > sources[i].row_first;
            rows += (rows.empty() ? "" : ", ") + span;
        }
        if (spans > spans_shown) rows += " и другие";
        words += fmt::format("{}«{}»", words.empty() ? "" : "; ", file);
        if (!rows.empty()) words += fmt::format(", {} {}", several ? "строки" : "строка", rows);
    }
    return words;
}

std::vector<std::string> source_lines(const model::Listing& listing, model::SchoolYear year,
                                      const Vocabulary& vocabulary) {
    SourceCollector collector{year, vocabulary};
    for (const model::Finding& finding : listing.findings) {
        const bool met = finding.outcome == model::Outcome::met;
        collector.collect(finding.derivation, std::nullopt, met);
    }
    const std::vector<ProcedureSources> all = std::move(collector).in_order();
    const std::size_t shown = all.size() <= procedures_shown + 1 ? all.size() : procedures_shown;
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < shown; ++i) {
        lines.push_back(fmt::format("{}: {}", all[i].label, sources_words(merged(all[i].sources))));
    }
    if (shown < all.size()) {
        lines.push_back(
            fmt::format("и ещё {}{}",
                        base::counted(std::ssize(all) - static_cast<std::ptrdiff_t>(shown),
                                      {"процедура", "процедуры", "процедур"}),
                        vocabulary.for_terminal ? " (полностью: --format table)" : ""));
    }
    return lines;
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
        const bool concerned = finding.outcome != model::Outcome::not_applicable &&
                               listing.verdict != model::Verdict::excluded;
        if (!concerned) continue;
        text += "\n" + rule_sentence(finding, vocabulary) + "\n";
        if (!is_explained(finding)) continue;
        for (const std::string& line :
             derivation_lines(finding.derivation, heading.year, vocabulary)) {
            text += "  " + line + "\n";
        }
    }
    text += "\n";
    const std::string others = not_applicable_line(listing, vocabulary);
    if (!others.empty()) text += others + "\n";
    const std::vector<std::string> sources = source_lines(listing, heading.year, vocabulary);
    if (!sources.empty()) text += "Источники:\n";
    for (const std::string& line : sources) text += "  " + line + "\n";
    if (!sources.empty()) text += "\n";
    return text + methodology_sentence(heading, vocabulary) + "\n";
}

}  // namespace opora::wording
