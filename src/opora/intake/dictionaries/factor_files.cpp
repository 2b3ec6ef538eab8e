#include "opora/intake/dictionaries/factor_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/dictionaries/questionnaire_files.hpp"
#include "opora/intake/dictionaries/yaml_file.hpp"

namespace opora::intake {

namespace {

using model::FactorCatalogue;
using model::FactorCuts;
using model::FactorParameter;
using model::FactorSign;
using model::RiskFactor;

constexpr std::array<std::string_view, 10> evidence_marks{"S0", "S1", "S2", "S3", "S4",
                                                          "C",  "C2", "K",  "U",  "D"};

std::string read_evidence(YamlFile& file, const YAML::Node& node) {
    std::string mark = file.text(node, "evidence");
    if (!mark.empty() && std::ranges::find(evidence_marks, mark) == evidence_marks.end()) {
        file.fail(node["evidence"], "Неизвестная отметка основания.",
                  fmt::format("{}", fmt::join(evidence_marks, ", ")));
    }
    return mark;
}

/// «50 %» or «5».
std::optional<FactorParameter> number_of(std::string_view text) {
    FactorParameter number;
    std::string_view digits = stripped(text);
    if (digits.ends_with('%')) {
        number.percent = true;
        digits = stripped(digits.substr(0, digits.size() - 1));
    }
    const auto value = base::parse_decimal(digits);
    constexpr std::int64_t limit = 1'000'000'000;  // Products of two values stay exact.
    if (!value || value->numerator < 0 || value->numerator > limit || value->denominator > limit) {
        return std::nullopt;
    }
    number.value = *value;
    if (number.percent) number.value.denominator *= 100;
    return number;
}

std::optional<base::Fraction> read_number(YamlFile& file, const YAML::Node& parent,
                                          const char* key) {
    const std::string text = file.optional_text(parent, key);
    if (text.empty()) return std::nullopt;
    const auto number = number_of(text);
    if (!number) {
        file.fail(parent[key], "Здесь должно быть число от нуля.", "число или процент: 5, 50 %");
        return std::nullopt;
    }
    return number->value;
}

/// A parameter that the program asks for and where its value goes.
struct KnownParameter {
    std::string_view name;
    bool share;  ///< 0..100 %; otherwise a whole number from 1.
    std::function<void(FactorCuts&, const base::Fraction&)> put;
};

template <class Member>
KnownParameter whole_parameter(std::string_view name, Member member) {
    return {name, false, [member](FactorCuts& cuts, const base::Fraction& value) {
                cuts.*member = value.numerator / value.denominator;
            }};
}

template <class Member>
KnownParameter share_parameter(std::string_view name, Member member) {
    return {name, true,
            [member](FactorCuts& cuts, const base::Fraction& value) { cuts.*member = value; }};
}

std::vector<KnownParameter> known_parameters() {
    return {whole_parameter("respondents_min", &FactorCuts::respondents_min),
            share_parameter("answers_middle", &FactorCuts::answers_middle),
            share_parameter("answers_high", &FactorCuts::answers_high),
            whole_parameter("schools_min", &FactorCuts::schools_min),
            share_parameter("territory_middle", &FactorCuts::territory_middle),
            share_parameter("territory_high", &FactorCuts::territory_high),
            share_parameter("level_middle", &FactorCuts::level_middle),
            share_parameter("level_high", &FactorCuts::level_high),
            whole_parameter("facts_weight", &FactorCuts::facts_weight),
            whole_parameter("answers_weight", &FactorCuts::answers_weight),
            share_parameter("coverage_min", &FactorCuts::coverage_min),
            share_parameter("disagreement", &FactorCuts::disagreement),
            whole_parameter("association_schools_min", &FactorCuts::association_schools_min),
            share_parameter("false_discovery", &FactorCuts::false_discovery)};
}

void read_parameter(YamlFile& file, const YAML::Node& node, FactorCatalogue& catalogue) {
    FactorParameter parameter{.name = file.text(node, "name")};
    const auto known = known_parameters();
    const auto found = std::ranges::find(known, parameter.name, &KnownParameter::name);
    if (found == known.end()) {
        file.fail(node["name"], "Такого параметра нет.", "имя параметра из поставляемого каталога");
        return;
    }
    if (std::ranges::find(catalogue.parameters, parameter.name, &FactorParameter::name) !=
        catalogue.parameters.end()) {
        file.fail(node["name"], "Параметр уже задан выше.", "одно значение");
    }
    const auto number = number_of(file.text(node, "value"));
    const bool whole = number && number->value.numerator % number->value.denominator == 0 &&
                       1 <= number->value.numerator / number->value.denominator &&
                       number->value.numerator / number->value.denominator <= 1000;
    const bool share = number && number->value.numerator <= number->value.denominator;
    if (!number || (found->share ? !share : !whole)) {
        file.fail(
            node["value"], "Значение параметра вне допустимых границ.",
            found->share ? "процент от 0 до 100 или доля от 0 до 1" : "целое число от 1 до 1000");
        return;
    }
    parameter.value = number->value;
    parameter.percent = number->percent;
    parameter.evidence = read_evidence(file, node);
    parameter.title = file.text(node, "title");
    found->put(catalogue.cuts, parameter.value);
    catalogue.parameters.push_back(std::move(parameter));
}

bool above(const base::Fraction& left, const base::Fraction& right) {
    return left.numerator * right.denominator > right.numerator * left.denominator;
}

void read_parameters(YamlFile& file, FactorCatalogue& catalogue) {
    const YAML::Node parameters = file.root()["parameters"];
    if (!file.sequence(parameters)) return;
    for (const YAML::Node& node : parameters) {
        if (file.map(node, {"name", "value", "evidence", "title"}))
            read_parameter(file, node, catalogue);
    }
    for (const KnownParameter& known : known_parameters()) {
        if (std::ranges::find(catalogue.parameters, known.name, &FactorParameter::name) ==
            catalogue.parameters.end()) {
            file.fail(parameters, fmt::format("Не задан параметр {}.", known.name),
                      "значение каждого параметра");
        }
    }
    const FactorCuts& cuts = catalogue.cuts;
    if (!file.errors().empty()) return;
    if (above(cuts.answers_middle, cuts.answers_high) ||
        above(cuts.territory_high, cuts.territory_middle) ||
        above(cuts.level_middle, cuts.level_high)) {
        file.fail(parameters, "Граница средней значимости строже границы высокой.",
                  "answers_middle не больше answers_high, territory_high не больше "
                  "territory_middle, level_middle не больше level_high");
    }
}

struct KindName {
    const char* key;
    FactorSign::Kind kind;
};
constexpr std::array<KindName, 4> kind_names{{{"fact", FactorSign::Kind::fact},
                                              {"indicator", FactorSign::Kind::indicator},
                                              {"procedures", FactorSign::Kind::procedures},
                                              {"imported", FactorSign::Kind::imported}}};

void read_measured(YamlFile& file, const YAML::Node& node, FactorSign& sign) {
    int named = 0;
    for (const KindName& name : kind_names) {
        std::string measured = file.optional_text(node, name.key);
        if (measured.empty()) continue;
        ++named;
        sign.kind = name.kind;
        sign.measured = std::move(measured);
    }
    if (named != 1) {
        file.fail(node, "Признак должен назвать ровно одно измерение.",
                  "fact, indicator, procedures или imported");
    }
    sign.per = file.optional_text(node, "per");
    if (!sign.per.empty() && sign.kind != FactorSign::Kind::fact)
        file.fail(node["per"], "Ключ per относится только к fact.", "fact и per");
    for (const std::string& type : file.texts(node, "types")) {
        if (const auto known = model::procedure_type(normalised(type))) {
            sign.procedures.push_back(*known);
        } else {
            file.fail(node["types"], "Неизвестный вид процедуры.", "ВПР, ОГЭ, ЕГЭ …");
        }
    }
    if ((sign.kind == FactorSign::Kind::procedures) == sign.procedures.empty())
        file.fail(node, "Ключ types нужен для procedures, и только для них.", "types: [ВПР, ОГЭ]");
}

void read_limits(YamlFile& file, const YAML::Node& node, FactorSign& sign) {
    sign.middle_from = read_number(file, node, "middle");
    sign.high_from = read_number(file, node, "high");
    if (sign.middle_from.has_value() != sign.high_from.has_value()) {
        file.fail(node, "Границы middle и high задаются вместе.", "обе границы или ни одной");
        return;
    }
    if (!sign.middle_from) return;
    const bool wrong = sign.higher_is_worse ? above(*sign.middle_from, *sign.high_from)
                                            : above(*sign.high_from, *sign.middle_from);
    if (wrong) {
        file.fail(node, "Граница средней значимости строже границы высокой.",
                  "middle ближе к благополучию, чем high");
    }
}

void check_facts(YamlFile& file, const YAML::Node& node, const FactorSign& sign,
                 const std::vector<SchoolFactEntry>& facts) {
    if (sign.kind != FactorSign::Kind::fact) return;
    if (find_fact(facts, sign.measured) == nullptr && !sign.measured.empty())
        file.fail(node["fact"], "Такого показателя школы нет.", "код из school_facts.yaml");
    if (!sign.per.empty() && find_fact(facts, sign.per) == nullptr)
        file.fail(node["per"], "Такого показателя школы нет.", "код из school_facts.yaml");
}

FactorSign read_sign(YamlFile& file, const YAML::Node& node,
                     const std::vector<SchoolFactEntry>& facts) {
    FactorSign sign{.title = file.text(node, "title"),
                    .share_of_people = file.flag(node, "people", false),
                    .evidence = read_evidence(file, node),
                    .place = file.place(node)};
    read_measured(file, node, sign);
    check_facts(file, node, sign, facts);
    sign.code = file.optional_text(node, "code");
    if (sign.code.empty()) {
        sign.code = sign.per.empty() ? sign.measured : sign.measured + "_per_" + sign.per;
    }
    const std::string worse = file.text(node, "worse");
    sign.higher_is_worse = worse == "higher";
    if (!worse.empty() && worse != "higher" && worse != "lower")
        file.fail(node["worse"], "Не указано, что хуже.", "higher или lower");
    const auto weight = file.whole(node, "weight");
    if (weight && (*weight < 1 || *weight > 100))
        file.fail(node["weight"], "Вес вне допустимых границ.", "целое число от 1 до 100");
    sign.weight = std::clamp(weight.value_or(1), 1, 100);
    read_limits(file, node, sign);
    return sign;
}

void read_signs(YamlFile& file, const YAML::Node& node, const std::vector<SchoolFactEntry>& facts,
                RiskFactor& factor) {
    const YAML::Node signs = node["signs"];
    if (!signs.IsDefined() || signs.IsNull() || !file.sequence(signs)) return;
    for (const YAML::Node& entry : signs) {
        if (!file.map(entry,
                      {"code", "title", "fact", "per", "indicator", "procedures", "types",
                       "imported", "worse", "people", "middle", "high", "weight", "evidence"})) {
            continue;
        }
        FactorSign sign = read_sign(file, entry, facts);
        if (std::ranges::find(factor.signs, sign.code, &FactorSign::code) != factor.signs.end())
            file.fail(entry, "Такой признак у фактора уже есть.", "другой code");
        factor.signs.push_back(std::move(sign));
    }
}

RiskFactor read_factor(YamlFile& file, const YAML::Node& node,
                       const std::vector<SchoolFactEntry>& facts) {
    RiskFactor factor{.code = {file.code(node, "code")},
                      .title = file.text(node, "title"),
                      .side_note = file.optional_text(node, "side_note"),
                      .evidence = read_evidence(file, node),
                      .from_results = file.flag(node, "from_results", false),
                      .place = file.place(node)};
    const std::string side = file.text(node, "side");
    if (side == "external") factor.side = model::FactorSide::external;
    if (!side.empty() && side != "internal" && side != "external")
        file.fail(node["side"], "Не указано, внутренний это фактор или внешний.",
                  "internal или external");
    const YAML::Node sources = node["sources"];
    if (file.sequence(sources)) {
        for (const YAML::Node& source : sources) {
            if (file.map(source, {"source", "said"}))
                factor.sources.push_back({file.text(source, "source"), file.text(source, "said")});
        }
    }
    read_signs(file, node, facts, factor);
    return factor;
}

void read_factors(YamlFile& file, const std::vector<SchoolFactEntry>& facts,
                  FactorCatalogue& catalogue) {
    const YAML::Node factors = file.root()["factors"];
    if (!file.sequence(factors)) return;
    for (const YAML::Node& node : factors) {
        if (!file.map(node, {"code", "title", "side", "side_note", "evidence", "from_results",
                             "sources", "signs"})) {
            continue;
        }
        RiskFactor factor = read_factor(file, node, facts);
        if (catalogue.factor(factor.code) != nullptr)
            file.fail(node["code"], "Такой фактор уже есть.", "другой код");
        catalogue.factors.push_back(std::move(factor));
    }
}

FactorCatalogue read_catalogue(YamlFile& file, const std::vector<SchoolFactEntry>& facts) {
    FactorCatalogue catalogue;
    if (!file.map(file.root(), {"catalogue", "parameters", "factors", "notes"})) return catalogue;
    const YAML::Node head = file.root()["catalogue"];
    if (file.map(head, {"id", "title", "version", "from"})) {
        catalogue.id = file.text(head, "id");
        catalogue.title = file.text(head, "title");
        catalogue.version = file.whole(head, "version").value_or(1);
        catalogue.from = {file.whole(head, "from").value_or(model::year_min.ending)};
    }
    read_parameters(file, catalogue);
    read_factors(file, facts, catalogue);
    const YAML::Node notes = file.root()["notes"];
    if (notes.IsDefined() && !notes.IsNull() && file.sequence(notes)) {
        for (const YAML::Node& note : notes) {
            if (file.map(note, {"what", "source"}))
                catalogue.notes.push_back({file.text(note, "what"), file.text(note, "source")});
        }
    }
    return catalogue;
}

void check_questions(const FactorCatalogue& catalogue, base::Errors& errors) {
    for (const model::Questionnaire& questionnaire : catalogue.questionnaires) {
        for (const model::QuestionnaireItem& item : questionnaire.items) {
            for (const model::FactorCode& factor : item.factors) {
                if (catalogue.factor(factor) != nullptr) continue;
                errors.push_back({.code = "dictionary_content",
                                  .message = "Вопрос называет неизвестный фактор.",
                                  .place = item.place,
                                  .expected = "код фактора из risk_factors.yaml",
                                  .found = factor.value});
            }
        }
    }
}

}  // namespace

base::Result<FactorCatalogue, base::Errors> load_factors(
    const FactorTexts& texts, const std::vector<SchoolFactEntry>& facts) {
    base::Errors errors;
    FactorCatalogue catalogue;
    auto opened = YamlFile::open(texts.catalogue);
    if (opened) {
        catalogue = read_catalogue(*opened, facts);
        errors = std::move(opened->errors());
    } else {
        errors.push_back(opened.error());
    }
    auto questionnaires = load_questionnaires(texts.questionnaires);
    if (questionnaires) {
        catalogue.questionnaires = std::move(*questionnaires);
    } else {
        errors.insert(errors.end(), questionnaires.error().begin(), questionnaires.error().end());
    }
    if (errors.empty()) check_questions(catalogue, errors);
    if (!errors.empty()) return base::Unexpected{std::move(errors)};
    return catalogue;
}

bool has_own_factors(const std::filesystem::path& directory) {
    return std::filesystem::exists(directory / "risk_factors.yaml") ||
           std::filesystem::exists(directory / "questionnaires");
}

base::Result<FactorTexts, base::Errors> own_factor_texts(FactorTexts shipped,
                                                         const std::filesystem::path& directory) {
    base::Errors errors;
    const auto catalogue = directory / "risk_factors.yaml";
    if (std::filesystem::exists(catalogue)) {
        auto own = read_text_file(catalogue);
        if (own) {
            shipped.catalogue = std::move(*own);
        } else {
            errors.push_back(own.error());
        }
    }
    auto own = read_yaml_folder(directory / "questionnaires");
    if (!own) {
        errors.insert(errors.end(), own.error().begin(), own.error().end());
        return base::Unexpected{std::move(errors)};
    }
    for (TextFile& file : *own) {
        const auto same = std::ranges::find(shipped.questionnaires, file.name, &TextFile::name);
        if (same != shipped.questionnaires.end()) {
            *same = std::move(file);
        } else {
            shipped.questionnaires.push_back(std::move(file));
        }
    }
    if (!errors.empty()) return base::Unexpected{std::move(errors)};
    return shipped;
}

}  // namespace opora::intake
