#include "opora/rules/evaluate.hpp"

#include <algorithm>

#include "opora/base/parallel.hpp"
#include "opora/rules/cluster_words.hpp"
#include "opora/rules/decider.hpp"
#include "opora/rules/enrolment.hpp"
#include "opora/rules/program.hpp"
#include "opora/rules/ranking.hpp"

namespace opora::rules {

namespace {

using indicators::CandidateNumber;
using model::Outcome;
using model::Verdict;

std::string_view code(model::SchoolType type) {
    switch (type) {
        case model::SchoolType::primary:
            return "primary";
        case model::SchoolType::basic:
            return "basic";
        case model::SchoolType::secondary:
            return "secondary";
        case model::SchoolType::gymnasium:
            return "gymnasium";
        case model::SchoolType::lyceum:
            return "lyceum";
        case model::SchoolType::evening:
            return "evening";
        case model::SchoolType::correctional:
            return "correctional";
        case model::SchoolType::boarding:
            return "boarding";
    }
    return "";
}

constexpr std::uint32_t bit_of(model::SchoolType type) {
    return std::uint32_t{1} << static_cast<unsigned>(type);
}

std::uint32_t bits_of(const CodeList& types) {
    if (types.all) return ~std::uint32_t{0};
    std::uint32_t bits = 0;
    for (const auto type :
         {model::SchoolType::primary, model::SchoolType::basic, model::SchoolType::secondary,
          model::SchoolType::gymnasium, model::SchoolType::lyceum, model::SchoolType::evening,
          model::SchoolType::correctional, model::SchoolType::boarding}) {
        if (std::ranges::find(types.codes, code(type)) != types.codes.end()) bits |= bit_of(type);
    }
    return bits;
}

/// A school that opens after the year has no results in it, unless the pack asks to look at such
/// data.
Exclusion exclusion_of(const model::School& school, std::uint32_t excluded_types,
                       model::SchoolYear year, std::int64_t years_open_min) {
    const bool open = (!school.opened || *school.opened <= year || years_open_min > 0) &&
                      (!school.closed || *school.closed >= year);
    if (!open) return Exclusion::not_open;
    const bool excluded = (excluded_types & bit_of(school.type)) != 0;
    return excluded ? Exclusion::school_type : Exclusion::none;
}

/// Judges one candidate after another with the same evaluators.
class Judge {
public:
    Judge(const Pack& pack, const Program& program)
        : program_{program},
          ranks_{program},
          decider_{program, ranks_},
          participation_min_{value_of(pack, pack.inclusion.participation_min).value},
          years_open_min_{value_of(pack, pack.inclusion.years_open_min).value.numerator} {}

    Conclusion judge(CandidateNumber candidate) {
        Conclusion conclusion;
        conclusion.outcomes.fill(Outcome::not_applicable);
        const model::School& school = program_.evidence->school_of(candidate);
        conclusion.exclusion =
            exclusion_of(school, program_.excluded_types, program_.year, years_open_min_);
        if (conclusion.exclusion != Exclusion::none) {
            conclusion.verdict = Verdict::excluded;
            return conclusion;
        }
        conclusion.review = review_of(candidate, school);
        for (std::size_t i = 0; i < program_.rules.size(); ++i) {
            conclusion.outcomes[i] = decider_.rule(candidate, i, EarlierYears::unknown);
        }
        decide(candidate, conclusion);
        return conclusion;
    }

private:
    Review review_of(CandidateNumber candidate, const model::School& school) const {
        if (school.opened && years_open_min_ > 0 &&
            program_.year.ending - school.opened->ending + 1 < years_open_min_) {
            return Review::opened_recently;
        }
        if (participation_min_.numerator == 0) return Review::none;
        std::int64_t present = 0;
        std::int64_t everyone = 0;
        Review found = Review::participation;
        const auto [first, last] = program_.procedures_of_year[year_index(program_.year)];
        const auto cells = program_.evidence->cells_of(candidate);
        auto cell_place =
            std::ranges::lower_bound(cells, first, {}, &indicators::EvidenceCell::procedure);
        for (; cell_place != cells.end() && cell_place->procedure < last; ++cell_place) {
            const indicators::EvidenceCell& cell = *cell_place;
            const bool counted = std::ranges::any_of(
                program_.sets, [&](const auto& set) { return set->member[cell.procedure] != 0; });
            if (!counted) continue;
            present += cell.counts.participants;
            std::int64_t expected = std::int64_t{cell.counts.participants} + cell.counts.no_result;
            if (const auto enrolled =
                    program_.enrolled.of(*program_.evidence, candidate, cell.procedure)) {
                found = Review::participation_of_enrolled;
                expected = std::max(expected, *enrolled);
            }
            everyone += expected;
        }
        const bool low =
            present * participation_min_.denominator < everyone * participation_min_.numerator;
        return low ? found : Review::none;
    }

    void decide(CandidateNumber candidate, Conclusion& conclusion) {
        conclusion.listing = decider_.decision(candidate, program_.listing, conclusion.outcomes);
        if (conclusion.listing != Outcome::met) {
            conclusion.watch = decider_.decision(candidate, program_.watch, conclusion.outcomes);
        }
        conclusion.exit = decider_.decision(candidate, program_.exit, conclusion.outcomes);
        if (decider_.settled_by_one_year(candidate, conclusion.listing, conclusion.outcomes)) {
            conclusion.listing = Outcome::not_met;
            conclusion.one_year = true;
        }
        if (conclusion.review != Review::none) {
            conclusion.verdict = Verdict::unknown;
        } else if (conclusion.listing == Outcome::met) {
            conclusion.verdict = Verdict::listed;
        } else if (conclusion.listing == Outcome::unknown) {
            conclusion.verdict = Verdict::unknown;
        } else if (conclusion.watch == Outcome::met) {
            conclusion.verdict = Verdict::watch;
        } else if (conclusion.listing == Outcome::not_applicable && program_.listing != none) {
            conclusion.verdict = Verdict::excluded;
            conclusion.exclusion = Exclusion::no_rule_applies;
        } else {
            conclusion.verdict = Verdict::not_listed;
        }
    }

    const Program& program_;
    TerritoryRanks ranks_;
    Decider<> decider_;
    base::Fraction participation_min_;
    std::int64_t years_open_min_;
};

}  // namespace

std::vector<std::string> notes(const Conclusion& conclusion) {
    std::vector<std::string> all;
    switch (conclusion.exclusion) {
        case Exclusion::none:
            break;
        case Exclusion::school_type:
            all.emplace_back("тип школы не рассматривается по условиям методики");
            break;
        case Exclusion::not_open:
            all.emplace_back("школа в этом году не работала");
            break;
        case Exclusion::no_rule_applies:
            all.emplace_back("ни одно правило методики не применяется");
            break;
    }
    switch (conclusion.review) {
        case Review::none:
            break;
        case Review::participation:
            all.emplace_back(
                "данные на проверке: мало участников от числа строк протокола (сколько детей "
                "учится в классах, неизвестно)");
            break;
        case Review::participation_of_enrolled:
            all.emplace_back(
                "данные на проверке: мало участников от числа обучающихся по паспорту школы");
            break;
        case Review::opened_recently:
            all.emplace_back("данные на проверке: школа работает меньше лет, чем требует методика");
            break;
    }
    if (conclusion.one_year) all.emplace_back("за один год: данных прошлых лет нет");
    return all;
}

namespace {

/// A pack that pools years judges evidence of its own.
std::unique_ptr<const PooledYears> pooled_for(const Pack& pack,
                                              const indicators::Evidence& evidence) {
    const auto whole = [&](const Setting<Quantity>& setting) {
        const base::Fraction value = value_of(pack, setting).value;
        return value.numerator / value.denominator;
    };
    const std::int64_t years = whole(pack.inclusion.pool_years);
    const std::int64_t n_min = whole(pack.inclusion.n_min);
    if (years <= 1 || n_min <= 1) return nullptr;
    return std::make_unique<const PooledYears>(
        pool_years(evidence, n_min, static_cast<int>(years)));
}

}  // namespace

BoundPack::BoundPack(Pack pack, const indicators::Evidence& evidence, model::SchoolYear year)
    : pack_{std::make_unique<const Pack>(std::move(pack))},
      pooled_{pooled_for(*pack_, evidence)},
      program_{std::make_unique<Program>(
          bind(*pack_, pooled_ != nullptr ? pooled_->evidence : evidence, year))} {
    program_->pooled = pooled_.get();
    program_->excluded_types = bits_of(value_of(*pack_, pack_->inclusion.school_types_excluded));
    program_->enrolled = EnrolledPupils{*program_->evidence};
    for (CandidateNumber i = 0; i < evidence.candidates().size(); ++i) {
        const auto& school = evidence.school_of(i);
        const bool in = exclusion_of(school, program_->excluded_types, year, 0) == Exclusion::none;
        program_->ranked.push_back(in ? 1 : 0);
    }
}

BoundPack::~BoundPack() = default;
BoundPack::BoundPack(BoundPack&&) noexcept = default;
BoundPack& BoundPack::operator=(BoundPack&&) noexcept = default;

model::SchoolYear BoundPack::year() const { return program_->year; }

Conclusion BoundPack::evaluate(CandidateNumber candidate) const {
    return Judge{*pack_, *program_}.judge(candidate);
}

std::vector<Conclusion> BoundPack::evaluate_all(unsigned threads) const {
    const std::size_t count = program_->evidence->candidates().size();
    std::vector<Conclusion> all(count);
    const auto judge_span = [&](std::size_t begin, std::size_t end) {
        Judge judge{*pack_, *program_};
        for (std::size_t i = begin; i < end; ++i) {
            all[i] = judge.judge(static_cast<CandidateNumber>(i));
        }
    };
    constexpr std::size_t worth_a_thread = 2000;
    base::in_parallel(count, worth_a_thread, judge_span, threads);
    return all;
}

std::vector<model::Finding> BoundPack::derive(CandidateNumber candidate) const {
    const TerritoryRanks ranks{*program_};
    std::vector<model::Finding> findings;
    for (std::size_t i = 0; i < pack_->rules.size(); ++i) {
        const Rule& rule = pack_->rules[i];
        TreeTrace trace;
        Evaluator<base::Rational, TreeTrace> evaluator{*program_, ranks, trace};
        model::Finding finding{rule.id, rule.clause, Outcome::unknown, {}};
        if (program_->applies[i] != none) {
            evaluator.start(candidate);
            const Truth applies = evaluator.truth(program_->applies[i]);
            finding.derivation = trace.take();
            if (applies != Truth::met) {
                finding.outcome =
                    applies == Truth::unknown ? Outcome::unknown : Outcome::not_applicable;
                findings.push_back(std::move(finding));
                continue;
            }
        }
        evaluator.start(candidate);
        finding.outcome = outcome(evaluator.truth(program_->rules[i]));
        finding.derivation = trace.take();
        findings.push_back(std::move(finding));
    }
    const auto& evidence = *program_->evidence;
    for (model::Finding& finding : findings) {
        name_clusters(finding.derivation, evidence, evidence.candidates()[candidate].school);
    }
    return findings;
}

model::Finding BoundPack::derive_listing(CandidateNumber candidate) const {
    model::Finding finding;
    if (program_->listing == none) return finding;
    const Conclusion conclusion = evaluate(candidate);
    const TerritoryRanks ranks{*program_};
    TreeTrace trace;
    Evaluator<base::Rational, TreeTrace> evaluator{*program_, ranks, trace};
    evaluator.start(candidate);
    evaluator.know_rules(conclusion.outcomes.data());
    finding.rule = "listing";
    finding.outcome = outcome(evaluator.truth(program_->listing));
    finding.derivation = trace.take();
    return finding;
}

}  // namespace opora::rules
