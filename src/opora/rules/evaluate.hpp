#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/indicators/evidence.hpp"
#include "opora/model/finding.hpp"
#include "opora/model/listing.hpp"
#include "opora/rules/pack.hpp"

namespace opora::rules {

struct PooledYears;
struct Program;

/// Why an object is not considered at all.
enum class Exclusion : std::uint8_t { none, school_type, not_open, no_rule_applies };

/// Why an object's verdict waits: «данные на проверке». Too few participants of the rows of the
/// protocols, or of the pupils enrolled where a passport tells their number.
enum class Review : std::uint8_t {
    none,
    participation,
    participation_of_enrolled,
    opened_recently
};

/// What a pack says of one school or teacher, without derivations.
struct Conclusion {
    std::array<model::Outcome, rules_max> outcomes{};  ///< By rule of the pack: rules, then flags.
    model::Outcome listing = model::Outcome::not_applicable;
    model::Outcome watch =
        model::Outcome::not_applicable;  ///< Asked of the objects that are not listed.
    model::Outcome exit = model::Outcome::not_applicable;
    model::Verdict verdict = model::Verdict::unknown;
    Exclusion exclusion = Exclusion::none;
    Review review = Review::none;
    bool one_year =
        false;  ///< Not listed by the data of one year: what earlier years would say is unknown.

    friend bool operator==(const Conclusion&, const Conclusion&) = default;
};

/// What the notes column of a list says: «за один год», the reason of an exclusion or of a review.
std::vector<std::string> notes(const Conclusion& conclusion);

/// A pack bound to the evidence of a territory and to a year: names are resolved once, then objects
/// are judged.
///
/// Keeps its own copy of the pack; the evidence must outlive it. Verdicts come from a fast
/// evaluation whose every doubt is settled by exact fractions, so they are those of exact
/// fractions. Const functions may run in several threads.
class BoundPack {
public:
    BoundPack(Pack pack, const indicators::Evidence& evidence, model::SchoolYear year);
    ~BoundPack();
    BoundPack(BoundPack&&) noexcept;
    BoundPack& operator=(BoundPack&&) noexcept;

    const Pack& pack() const { return *pack_; }
    model::SchoolYear year() const;
    /// What the evaluators walk over.
    const Program& program() const { return *program_; }
    /// The evidence with the small cells put together over years; nullptr for a pack that does not.
    const PooledYears* pooled() const { return pooled_.get(); }

    Conclusion evaluate(indicators::CandidateNumber candidate) const;
    /// By candidate. `threads` 0: as many as the machine has.
    std::vector<Conclusion> evaluate_all(unsigned threads = 0) const;

    /// A finding with its derivation for every rule and flag, in the order of the pack; exact
    /// evaluation.
    std::vector<model::Finding> derive(indicators::CandidateNumber candidate) const;
    /// How the rules made the verdict: a finding named `listing`; empty rule if the pack lists
    /// nobody.
    model::Finding derive_listing(indicators::CandidateNumber candidate) const;

private:
    std::unique_ptr<const Pack> pack_;
    std::unique_ptr<const PooledYears> pooled_;  ///< Only for a pack that pools years.
    std::unique_ptr<Program> program_;
};

}  // namespace opora::rules
