#include "opora/storage/list_codec.hpp"

#include "opora/storage/json_codes.hpp"
#include "opora/storage/procedure_text.hpp"
#include "opora/storage/scale_codec.hpp"

namespace opora::storage {

namespace {

using model::Derivation;

constexpr Codes<7> kinds{"logic",     "quantifier", "comparison", "arithmetic",
                         "indicator", "parameter",  "constant"};
constexpr Codes<4> outcomes{"met", "not_met", "unknown", "not_applicable"};
constexpr Codes<8> missing_words{"none",    "not_held", "not_applicable", "too_few_results",
                                 "no_data", "no_scale", "no_reference",   "marked"};
constexpr Codes<7> units{"share", "points", "score", "mark", "count", "years", "number"};
constexpr Codes<5> reliabilities{"none", "sure", "unsure", "borderline", "no_data"};
constexpr Codes<3> priors{"territory", "imported", "few_schools"};

Json to_json(const Derivation& node) {
    Json json{{"kind", word(node.kind, kinds)},
              {"text", node.text},
              {"outcome", word(node.outcome, outcomes)},
              {"unit", word(node.unit, units)},
              {"value",
               {node.value.ratio.numerator, node.value.ratio.denominator, node.value.n,
                word(node.value.missing, missing_words)}}};
    if (!node.indicator.empty()) json["indicator"] = node.indicator;
    if (!node.comparison.empty()) json["comparison"] = node.comparison;
    if (node.procedure) json["procedure"] = procedure_text(*node.procedure);
    if (node.year) json["year"] = node.year->ending;
    if (node.has_interval) json["interval"] = {node.interval_low, node.interval_high};
    if (!node.among.empty()) json["among"] = node.among;
    if (node.years_pooled != 1) json["pooled"] = node.years_pooled;
    for (const model::Source& one : node.sources) {
        json["sources"].push_back({one.file, one.row_first, one.row_last});
    }
    for (const Derivation& part : node.parts) json["parts"].push_back(to_json(part));
    return json;
}

Derivation derivation_of(const Json& json) {
    const Json& value = json.at("value");
    Derivation node{.kind = read_word<Derivation::Kind>(json.at("kind"), kinds),
                    .text = json.at("text"),
                    .indicator = json.value("indicator", ""),
                    .comparison = json.value("comparison", ""),
                    .procedure = {},
                    .year = {},
                    .outcome = read_word<model::Outcome>(json.at("outcome"), outcomes),
                    .value = {.ratio = {value.at(0), value.at(1)},
                              .n = value.at(2),
                              .missing = read_word<model::Missing>(value.at(3), missing_words)},
                    .unit = read_word<model::Unit>(json.at("unit"), units),
                    .among = json.value("among", ""),
                    .years_pooled = json.value("pooled", 1),
                    .sources = {},
                    .parts = {}};
    if (json.contains("procedure")) {
        node.procedure = read_procedure_text(json.at("procedure").get<std::string>());
    }
    if (json.contains("year")) node.year = model::SchoolYear{json.at("year")};
    if (json.contains("interval")) {
        node.has_interval = true;
        node.interval_low = json.at("interval").at(0);
        node.interval_high = json.at("interval").at(1);
    }
    for (const Json& one : json.value("sources", Json::array())) {
        node.sources.push_back({one.at(0), one.at(1), one.at(2)});
    }
    for (const Json& part : json.value("parts", Json::array())) {
        node.parts.push_back(derivation_of(part));
    }
    return node;
}

Json to_json(const model::Listing& one) {
    Json json{{"school", one.school.value},
              {"name", one.school_name},
              {"verdict", word(one.verdict, verdict_words)},
              {"reliability", word(one.reliability, reliabilities)},
              {"met", one.rules_met},
              {"notes", one.notes},
              {"findings", Json::array()}};
    if (!one.teacher.value.empty()) json["teacher"] = one.teacher.value;
    if (one.probability) json["probability"] = *one.probability;
    for (const model::Finding& finding : one.findings) {
        Json each{{"rule", finding.rule},
                  {"clause", finding.clause},
                  {"outcome", word(finding.outcome, outcomes)}};
        const Derivation& why = finding.derivation;
        if (!why.text.empty() || !why.parts.empty()) each["why"] = to_json(why);
        json["findings"].push_back(std::move(each));
    }
    return json;
}

model::Listing listing_of(const Json& json) {
    model::Listing one{
        .school = {json.at("school")},
        .school_name = json.at("name"),
        .teacher = {json.value("teacher", "")},
        .verdict = read_word<model::Verdict>(json.at("verdict"), verdict_words),
        .probability = {},
        .reliability = read_word<model::Reliability>(json.at("reliability"), reliabilities),
        .rules_met = json.at("met"),
        .notes = json.at("notes"),
        .findings = {}};
    if (json.contains("probability")) one.probability = json.at("probability");
    for (const Json& each : json.at("findings")) {
        one.findings.push_back(
            {.rule = each.at("rule"),
             .clause = each.at("clause"),
             .outcome = read_word<model::Outcome>(each.at("outcome"), outcomes),
             .derivation = each.contains("why") ? derivation_of(each.at("why")) : Derivation{}});
    }
    return one;
}

Json to_json(const model::ListUncertainty& all) {
    return {{"expected_false", all.expected_false},
            {"expected_missed", all.expected_missed},
            {"judged", all.judged},
            {"simulation_error", all.simulation_error},
            {"draws", all.draws},
            {"prior", word(all.prior, priors)}};
}

model::ListUncertainty uncertainty_of(const Json& json) {
    return {.expected_false = json.at("expected_false"),
            .expected_missed = json.at("expected_missed"),
            .judged = json.at("judged"),
            .simulation_error = json.at("simulation_error"),
            .draws = json.at("draws"),
            .prior = read_word<model::PriorSource>(json.at("prior"), priors)};
}

/// File names may hold bytes that are no text; they must not stop a list.
std::string written(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string encode_content(const model::ListContent& content) {
    Json json{{"methodology", content.list.methodology.value},
              {"version", content.list.version},
              {"year", content.list.year.ending},
              {"snapshot", content.list.snapshot},
              {"clusters", content.list.clusters},
              {"territory", content.territory.value},
              {"program", content.program},
              {"file", content.methodology_file},
              {"settings", content.settings},
              {"text", content.methodology_text},
              {"listings", Json::array()}};
    if (content.scales) json["scales"] = encode_scales(*content.scales);
    if (content.list.uncertainty) json["uncertainty"] = to_json(*content.list.uncertainty);
    for (const model::Listing& one : content.list.listings)
        json["listings"].push_back(to_json(one));
    return written(json);
}

model::ListContent decode_content(std::string_view text) {
    return read_json(text, [](const Json& json) {
        model::ListContent content{.methodology_text = json.at("text"),
                                   .methodology_file = json.at("file"),
                                   .settings = json.at("settings"),
                                   .program = json.at("program"),
                                   .territory = {json.at("territory")},
                                   .scales = {},
                                   .list = {.methodology = {json.at("methodology")},
                                            .version = json.at("version"),
                                            .year = {json.at("year")},
                                            .snapshot = json.at("snapshot"),
                                            .clusters = json.at("clusters"),
                                            .listings = {},
                                            .uncertainty = {}}};
        if (json.contains("scales")) content.scales = decode_scales(json.at("scales"));
        for (const Json& one : json.at("listings")) {
            content.list.listings.push_back(listing_of(one));
        }
        if (json.contains("uncertainty")) {
            content.list.uncertainty = uncertainty_of(json.at("uncertainty"));
        }
        return content;
    });
}

std::string encode_imports(const std::vector<ports::ImportReceipt>& imports) {
    Json all = Json::array();
    for (const ports::ImportReceipt& one : imports) {
        Json json{{"number", one.number},
                  {"kind", one.kind},
                  {"file", one.file},
                  {"sha256", one.file_sha256},
                  {"undone", one.undone}};
        if (one.results) json["results"] = one.results->value;
        if (one.aggregates) json["aggregates"] = one.aggregates->value;
        all.push_back(std::move(json));
    }
    return written(all);
}

std::vector<ports::ImportReceipt> decode_imports(std::string_view text) {
    return read_json(text, [](const Json& json) {
        std::vector<ports::ImportReceipt> imports;
        for (const Json& one : json) {
            ports::ImportReceipt receipt{.number = one.at("number"),
                                         .kind = one.at("kind"),
                                         .file = one.at("file"),
                                         .file_sha256 = one.at("sha256"),
                                         .undone = one.at("undone")};
            if (one.contains("results")) receipt.results = model::FactIdentity{one.at("results")};
            if (one.contains("aggregates")) {
                receipt.aggregates = model::FactIdentity{one.at("aggregates")};
            }
            imports.push_back(std::move(receipt));
        }
        return imports;
    });
}

}  // namespace opora::storage
