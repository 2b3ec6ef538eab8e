#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "opora/base/fraction.hpp"
#include "opora/base/result.hpp"
#include "opora/model/measurement.hpp"
#include "opora/model/procedure.hpp"
#include "opora/model/school.hpp"
#include "opora/rules/expression.hpp"

namespace opora::rules {

/// Rules and flags of one pack together; keeps the outcome of an object one small value.
constexpr std::size_t rules_max = 24;

/// A number with its unit, as a parameter holds it: shares as a fraction of 1.
struct Quantity {
    base::Fraction value;
    model::Unit unit = model::Unit::number;
    std::string word =
        {};  ///< Of a count, as the pack writes it: `participants`. Changes no result.

    friend bool operator==(const Quantity& left, const Quantity& right) {
        return left.value == right.value && left.unit == right.unit;
    }
};

/// One reading of an ambiguous clause, by name: `pooled`, `any`.
struct Choice {
    std::string reading;

    friend bool operator==(const Choice&, const Choice&) = default;
};

/// A list of codes: subjects, procedure types, school types. `all` means every one.
struct CodeList {
    bool all = false;
    std::vector<std::string> codes;

    friend bool operator==(const CodeList&, const CodeList&) = default;
};

using ParameterValue = std::variant<Quantity, Choice, CodeList>;

/// A visible setting of a methodology: its default first, the other readings behind it.
struct Parameter {
    std::string name;
    std::string title;  ///< Russian.
    ParameterValue value;
    std::vector<ParameterValue> other;
    std::string clause;
    std::string row;       ///< COVERAGE row, or «C4» for row 4 of the contradictions.
    std::string evidence;  ///< C, C2, K, U, D, S: how sure the number is.
    std::string why;       ///< Why there is something to choose, Russian.
    /// Russian words for readings, by their names: `a_or_b` -> «достаточно любого из условий».
    std::map<std::string, std::string, std::less<>> titles = {};
    std::size_t line = 0;

    friend bool operator==(const Parameter&, const Parameter&) = default;
};

/// A parameter's value or a value written in place.
template <class T>
struct Setting {
    T value{};
    std::string parameter;  ///< Empty: `value` holds.

    friend bool operator==(const Setting&, const Setting&) = default;
};

/// What happens to a procedure with fewer results than `n_min`.
enum class SmallNumbers : std::uint8_t { not_counted, unknown, counted };

/// What happens to a sum or a mean with a missing member.
enum class MissingMembers : std::uint8_t { unknown, skip };

/// What happens to a window with a year in which nobody held the procedure.
enum class YearWithoutProcedure : std::uint8_t { last_held, shorten, unknown };

/// Whether a window ends with the year asked for or with the one before it.
enum class WindowEnd : std::uint8_t { last_completed, year_before };

/// What a list says when only the data of earlier years are missing.
enum class MissingEarlierYears : std::uint8_t { unknown, not_listed };

/// Whose results count.
struct Inclusion {
    Setting<CodeList> school_types_excluded;
    std::vector<model::Period> periods{model::Period::main};
    Setting<Choice> gve{{"excluded"},
                        {}};  ///< `included`: ГВЭ counts with ОГЭ (grades to 10) and ЕГЭ.
    Setting<Quantity> n_min{{{1, 1}, model::Unit::count, {}}, {}};
    Setting<Choice> below_n_min{{"not_counted"}, {}};
    Setting<Quantity> participation_min{{{0, 1}, model::Unit::share, {}}, {}};
    Setting<Quantity> years_open_min{{{0, 1}, model::Unit::years, {}}, {}};
    Setting<Choice> missing_members{{"unknown"}, {}};
    /// Whether results with signs of non-objective assessment count: `official_excluded` leaves out
    /// those with an official marker, `all_excluded` those marked by own computation too. What is
    /// left out is unknown, never «not held».
    Setting<Choice> marked_results{{"counted"}, {}};
    /// Who is compared with whom in a cluster: `type_and_settlement`, or `computed` from context.
    Setting<Choice> clusters{{"type_and_settlement"}, {}};
    bool follow_successors = true;
    /// A cell below n_min is put together with the same work of the years before, this many years
    /// in all at most; 1: never.
    Setting<Quantity> pool_years{{{1, 1}, model::Unit::years, {}}, {}};

    friend bool operator==(const Inclusion&, const Inclusion&) = default;
};

/// Procedures that a school with these grades must have; absent means unknown, not «not held».
struct Expectation {
    ProcedureFilter procedures;
    std::size_t line = 0;

    friend bool operator==(const Expectation&, const Expectation&) = default;
};

/// A named span of years: `window: {years: window_years, ends: window_end, without_procedure:
/// year_without_procedure}`.
struct Window {
    std::string name;
    Setting<Quantity> years;
    Setting<Choice> ends{{"last_completed"}, {}};
    Setting<Choice> without_procedure{{"last_held"}, {}};
    std::size_t line = 0;

    friend bool operator==(const Window&, const Window&) = default;
};

/// A named part of rules: `low(p): low_share(p) >= low_limit`.
struct Definition {
    std::string name;
    std::string variable;  ///< Empty when it takes none.
    std::string text;
    Expression expression;
    std::size_t line = 0;

    friend bool operator==(const Definition&, const Definition&) = default;
};

/// A rule, or a flag that is shown beside the list.
struct Rule {
    std::string id;
    std::string clause;
    std::string row;    ///< COVERAGE rows, separated by spaces.
    std::string title;  ///< Russian.
    std::string evidence;
    std::string applies_text;  ///< Empty: to everyone.
    std::optional<Expression> applies;
    std::string when_text;
    Expression when;
    bool flag = false;  ///< Shown, and takes part in the decision only if it names it.
    std::size_t line = 0;

    friend bool operator==(const Rule&, const Rule&) = default;
};

/// Something the source leaves open that no rule computes: an absent annex, a wrong date (B.13).
struct Note {
    std::string code;  ///< Of the validator, `annex_absent`.
    std::string clause;
    std::string what;       ///< Russian.
    std::string parameter;  ///< The parameter that settles it, if there is one.
    std::string row;

    friend bool operator==(const Note&, const Note&) = default;
};

/// A row of a section that later parts of the system use: texts by key.
struct SectionRow {
    std::vector<std::pair<std::string, std::string>> fields;

    friend bool operator==(const SectionRow&, const SectionRow&) = default;
};

struct Section {
    std::string name;  ///< typology, targets, risk_factors, plan_templates, document_templates.
    std::vector<SectionRow> rows;

    friend bool operator==(const Section&, const Section&) = default;
};

/// Where the rules come from and when they hold.
struct Document {
    std::string id;
    std::string version;
    std::string title;
    std::string issuer;
    std::string source;  ///< File of the source text, or its address.
    std::string level;   ///< school, municipality, region, country.
    std::string evidence;
    std::chrono::year_month_day in_force_from;
    std::optional<std::chrono::year_month_day> in_force_to;

    friend bool operator==(const Document&, const Document&) = default;
};

/// How rules make a list. Expressions name rules by their ids.
struct Decision {
    std::string listing_text;
    std::optional<Expression> listing;  ///< Empty: the pack lists nobody, it only flags.
    std::string watch_text;
    std::optional<Expression> watch;
    std::string exit_text;
    std::optional<Expression> exit;
    Setting<Choice> missing_earlier_years{{"unknown"}, {}};
    /// `facts`: the rules ask what happened (one graduate failed), not what is true behind it, and
    /// a probability of the listing would mean nothing.
    Setting<Choice> speaks_of{{"true_shares"}, {}};
    bool official_list = false;  ///< The source has no rule: the list comes from outside.

    friend bool operator==(const Decision&, const Decision&) = default;
};

/// A methodology: rules as data, read from one YAML text and checked.
///
/// A plain value: copied, changed by `with_parameter`, compared. Evaluated by BoundPack
/// (evaluate.hpp).
struct Pack {
    Document document;
    Setting<Choice> unit{{"school"}, {}};  ///< school or teacher.
    std::vector<Parameter> parameters;
    Inclusion inclusion;
    std::vector<Expectation> expects;
    std::vector<Window> windows;
    std::vector<Definition> definitions;
    std::vector<Rule> rules;  ///< Rules, then flags.
    Decision decision;
    /// Parameters that the plan of measures reads and no rule does, in the pack's order.
    std::vector<std::string> plan_readings;
    std::vector<Note> notes;
    std::vector<Section> sections;

    friend bool operator==(const Pack&, const Pack&) = default;
};

const Parameter* find_parameter(const Pack& pack, std::string_view name);

/// The value in force: the parameter's if a setting names one, else its own.
Quantity value_of(const Pack& pack, const Setting<Quantity>& setting);
std::string value_of(const Pack& pack, const Setting<Choice>& setting);
CodeList value_of(const Pack& pack, const Setting<CodeList>& setting);

bool for_teachers(const Pack& pack);

/// «30 %», «3 years», «pooled», «[russian, mathematics]»: as a pack writes it and `with_parameter`
/// reads it.
std::string to_text(const ParameterValue& value);

/// Reads a value by itself: a quantity, a list in brackets, or one word (a choice, `all`, `none`).
base::Result<ParameterValue> parse_value(std::string_view text);

/// The pack with another value of one parameter, checked like the pack itself.
base::Result<Pack> with_parameter(const Pack& pack, std::string_view name, std::string_view value);

/// Reads a pack. All mistakes at once, each with file:line, what was found and what was expected.
base::Result<Pack, base::Errors> parse_pack(std::string_view yaml, std::string_view file_name);

/// Checks packs against each other: the same id and version twice, or overlapping validity of two
/// versions.
base::Errors check_together(const std::vector<Pack>& packs);

}  // namespace opora::rules
