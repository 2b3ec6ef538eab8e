#pragma once

#include <optional>
#include <vector>

#include "opora/model/finding.hpp"
#include "opora/rules/program.hpp"
#include "opora/rules/value.hpp"

namespace opora::rules {

/// Keeps nothing: verdicts only.
struct NoTrace {
    static constexpr bool enabled = false;
};

/// Builds the tree of a derivation while the exact evaluation walks over the nodes.
class TreeTrace {
public:
    static constexpr bool enabled = true;

    void open(const Node& node, model::SchoolYear year,
              const std::optional<model::Procedure>& procedure);
    void close(Truth truth);
    void close(const Value<base::Rational>& value);

    /// What the innermost open indicator was measured on.
    void measured(const model::Measurement& value, std::int32_t weight);
    /// The same of a territory: no interval, it is taken as it is.
    void referred(const model::Measurement& value, indicators::Scope scope);
    void of_procedure(const model::Procedure& procedure);
    void in_year(model::SchoolYear year);
    void source(const model::Source& source);
    /// The value was put together over so many years.
    void pooled(std::size_t years);
    /// A member of the innermost open set that has no value of its own, and why.
    void left_out(const model::Procedure& procedure, model::Missing reason, std::int64_t n);

    /// The finished tree.
    model::Derivation take();

private:
    void finish(model::Derivation derivation);

    std::vector<model::Derivation> open_;
    std::optional<model::Derivation> finished_;
};

}  // namespace opora::rules
