#include "opora/rules/pack_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "opora/rules/value_checks.hpp"
#include "opora/rules/vocabulary.hpp"

namespace opora::rules {

namespace {

constexpr std::string_view code_letters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

std::string read_one_of(Fields& fields, std::string_view key,
                        std::initializer_list<std::string_view> allowed, Mistakes& mistakes) {
    const std::string text = fields.text(key);
    if (!text.empty() && std::ranges::find(allowed, text) == allowed.end()) {
        mistakes.add("pack_value", fmt::format("{}: такого значения нет", key), fields.line_of(key),
                     fmt::format("{}", fmt::join(allowed, ", ")), text);
    }
    return text;
}

}  // namespace

Pack PackReader::read() {
    Fields fields{root_, "методика", mistakes_};
    read_document(fields.required("document", "document: {id, version, title, …}"));
    read_parameters(fields.node("parameters"));
    pack_.unit = choice_or(fields, "unit", {"school", "teacher"});
    read_inclusion(fields.node("inclusion"));
    read_windows(fields.node("windows"));
    read_expects(fields.node("expects"));
    read_definitions(fields.node("define"));
    read_rules(fields.node("rules"), false);
    read_rules(fields.node("flags"), true);
    check_rule_count();
    read_decision(fields.required("decision", "decision: {listing: …}"));
    read_plan_readings(fields.node("plan_readings"));
    read_notes(fields.node("notes"));
    for (const std::string_view name :
         {"typology", "targets", "risk_factors", "plan_templates", "document_templates"}) {
        read_section(name, fields.node(name));
    }
    fields.finish();
    check_conflicts();
    check_uses();
    return std::move(pack_);
}

void PackReader::read_document(const YamlNode* node) {
    if (node == nullptr) return;
    Fields fields{*node, "document", mistakes_};
    Document& document = pack_.document;
    document.id = fields.text("id");
    document.version = fields.text("version");
    document.title = fields.text("title");
    document.issuer = fields.text("issuer");
    document.source = fields.text("source");
    document.level =
        read_one_of(fields, "level", {"school", "municipality", "region", "country"}, mistakes_);
    document.evidence = read_one_of(fields, "evidence", {"C", "C2", "K", "U", "D", "S"}, mistakes_);
    if (const YamlNode* dates = fields.required("in_force", "in_force: {from: 2024-09-01}")) {
        Fields span{*dates, "in_force", mistakes_};
        if (const YamlNode* from = span.required("from", "2024-09-01")) {
            document.in_force_from = read_date(*from).value_or(std::chrono::year_month_day{});
        }
        if (const YamlNode* to = span.node("to")) document.in_force_to = read_date(*to);
        span.finish();
        if (document.in_force_to && *document.in_force_to < document.in_force_from) {
            mistakes_.add("pack_validity", "Срок действия кончается раньше, чем начинается",
                          dates->line, "from не позже to", "");
        }
    }
    fields.finish();
}

std::optional<std::chrono::year_month_day> PackReader::read_date(const YamlNode& node) {
    const std::string& text = node.text;
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    bool good = text.size() == 10 && text[4] == '-' && text[7] == '-';
    if (good) {
        const char* begin = text.data();
        good = std::from_chars(begin, begin + 4, year).ptr == begin + 4 &&
               std::from_chars(begin + 5, begin + 7, month).ptr == begin + 7 &&
               std::from_chars(begin + 8, begin + 10, day).ptr == begin + 10;
    }
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                           std::chrono::day{day}};
    if (good && date.ok()) return date;
    mistakes_.add("pack_date", "Дата записана неверно", node.line, "2024-09-01", text);
    return std::nullopt;
}

void PackReader::check_name(const std::string& name, std::size_t line) {
    const bool begins_well = !name.empty() && (name[0] < '0' || name[0] > '9');
    if (!begins_well || name.size() > 64 ||
        name.find_first_not_of(code_letters) != std::string::npos) {
        mistakes_.add("pack_name", "Имя записано неверно", line,
                      "латинские буквы, цифры и «_», первой буква", name);
        return;
    }
    if (is_reserved(name)) {
        mistakes_.add("pack_name", "Имя занято словом языка правил", line, "другое имя", name);
    } else if (!names_.insert(name).second) {
        mistakes_.add("pack_duplicate_name", "Имя уже занято в этой методике", line,
                      "у параметров, окон, определений и правил разные имена", name);
    }
}

void PackReader::read_parameters(const YamlNode* node) {
    if (node == nullptr) return;
    Fields fields{*node, "parameters", mistakes_};
    for (std::size_t i = 0; i < node->keys.size() && node->kind == YamlNode::Kind::map; ++i) {
        check_name(node->keys[i].text, node->keys[i].line);
        read_parameter(node->keys[i].text, node->items[i]);
    }
}

std::optional<ParameterValue> PackReader::read_value(const YamlNode& node) {
    std::string text = node.text;
    if (node.kind == YamlNode::Kind::sequence) {
        text = "[";
        for (const YamlNode& item : node.items) text += (text.size() > 1 ? ", " : "") + item.text;
        text += "]";
    }
    auto value = parse_value(text);
    if (value) return std::move(value).value();
    mistakes_.add(value.error().code, value.error().message, node.line, value.error().expected,
                  text);
    return std::nullopt;
}

void PackReader::read_parameter(const std::string& name, const YamlNode& node) {
    Fields fields{node, fmt::format("параметр {}", name), mistakes_};
    Parameter parameter{.name = name,
                        .title = fields.text("title"),
                        .value = Choice{},
                        .other = {},
                        .clause = fields.text_or("clause", ""),
                        .row = fields.text_or("row", ""),
                        .evidence = "",
                        .why = fields.text_or("why", ""),
                        .line = node.line};
    parameter.evidence =
        read_one_of(fields, "evidence", {"C", "C2", "K", "U", "D", "S"}, mistakes_);
    bool good = false;
    if (const YamlNode* value = fields.required("value", "value: 30 %")) {
        if (auto read = read_value(*value)) {
            parameter.value = *std::move(read);
            good = true;
        }
    }
    if (const YamlNode* other = fields.node("other")) {
        if (other->kind != YamlNode::Kind::sequence) {
            mistakes_.add("pack_structure", "other — список других вариантов", other->line,
                          "[25 %, 50 %]", other->text);
        }
        for (const YamlNode& item : other->items) {
            if (auto read = read_value(item)) parameter.other.push_back(*std::move(read));
        }
    }
    if (const YamlNode* titles = fields.node("titles"); titles != nullptr && good) {
        read_titles(parameter, *titles);
    }
    fields.finish();
    if (good) {
        if (const auto error = check_value(parameter)) {
            mistakes_.add(error->code, error->message, node.line, error->expected, error->found);
        }
    }
    pack_.parameters.push_back(std::move(parameter));
}

/// Numbers and lists have words of their own; a reading takes its words from the pack.
void PackReader::read_titles(Parameter& parameter, const YamlNode& node) {
    std::vector<std::string> readings;
    const auto note = [&](const ParameterValue& value) {
        if (const auto* choice = std::get_if<Choice>(&value)) readings.push_back(choice->reading);
    };
    note(parameter.value);
    std::ranges::for_each(parameter.other, note);
    Fields fields{node, fmt::format("titles параметра {}", parameter.name), mistakes_};
    if (node.kind != YamlNode::Kind::map) return;
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
        const YamlNode& key = node.keys[i];
        if (std::ranges::find(readings, key.text) == readings.end()) {
            mistakes_.add("pack_unknown_name", "titles: у параметра нет такого прочтения", key.line,
                          readings.empty() ? "прочтения словом, а не число и не список"
                                           : fmt::format("{}", fmt::join(readings, ", ")),
                          key.text);
        }
        std::string words = fields.text(key.text);
        if (!words.empty()) parameter.titles.emplace(key.text, std::move(words));
    }
}

Setting<Quantity> PackReader::quantity_or(Fields& fields, std::string_view key, Quantity fallback) {
    const YamlNode* node = fields.node(key);
    if (node == nullptr) return {fallback, {}};
    const auto read = read_value(*node);
    if (!read) return {fallback, {}};
    const auto refuse = [&] {
        mistakes_.add("pack_value", fmt::format("{}: нужна величина другой единицы", key),
                      node->line, std::string{russian(fallback.unit)} + " или имя параметра",
                      node->text);
        return Setting<Quantity>{fallback, {}};
    };
    if (const auto* quantity = std::get_if<Quantity>(&*read)) {
        return quantity->unit == fallback.unit ? Setting<Quantity>{*quantity, {}} : refuse();
    }
    const Parameter* parameter = find_parameter(pack_, node->text);
    const auto* held = parameter != nullptr ? std::get_if<Quantity>(&parameter->value) : nullptr;
    if (held == nullptr || held->unit != fallback.unit) return refuse();
    used_.insert(node->text);
    return {fallback, node->text};
}

Setting<Choice> PackReader::choice_or(Fields& fields, std::string_view key,
                                      std::initializer_list<std::string_view> allowed) {
    const Choice fallback{std::string{*allowed.begin()}};
    const YamlNode* node = fields.node(key);
    if (node == nullptr) return {fallback, {}};
    const auto known = [&](const ParameterValue& value) {
        const auto* choice = std::get_if<Choice>(&value);
        return choice != nullptr && std::ranges::find(allowed, choice->reading) != allowed.end();
    };
    if (known(Choice{node->text})) return {Choice{node->text}, {}};
    const Parameter* parameter = find_parameter(pack_, node->text);
    if (parameter != nullptr && known(parameter->value) &&
        std::ranges::all_of(parameter->other, known)) {
        used_.insert(node->text);
        return {fallback, node->text};
    }
    mistakes_.add("pack_value", fmt::format("{}: такого значения нет", key), node->line,
                  fmt::format("{} или имя параметра с этими вариантами", fmt::join(allowed, ", ")),
                  node->text);
    return {fallback, {}};
}

Setting<CodeList> PackReader::list_or(Fields& fields, std::string_view key) {
    const YamlNode* node = fields.node(key);
    if (node == nullptr) return {};
    if (const auto read = read_value(*node)) {
        if (const auto* list = std::get_if<CodeList>(&*read)) return {*list, {}};
    }
    const Parameter* parameter = find_parameter(pack_, node->text);
    if (parameter != nullptr && std::holds_alternative<CodeList>(parameter->value)) {
        used_.insert(node->text);
        return {{}, node->text};
    }
    mistakes_.add("pack_value", fmt::format("{}: нужен список", key), node->line,
                  "[evening, correctional], none или имя параметра со списком", node->text);
    return {};
}

void PackReader::read_inclusion(const YamlNode* node) {
    if (node == nullptr) return;
    Fields fields{*node, "inclusion", mistakes_};
    Inclusion& inclusion = pack_.inclusion;
    inclusion.school_types_excluded = list_or(fields, "school_types_excluded");
    if (fields.node("periods") != nullptr) {
        inclusion.periods.clear();
        for (const std::string& text : fields.texts("periods")) {
            const auto period = model::period(text);
            if (period) {
                inclusion.periods.push_back(*period);
            } else {
                mistakes_.add("pack_value", "periods: такого периода нет",
                              fields.line_of("periods"), "main, reserve, retake", text);
            }
        }
    }
    inclusion.gve = choice_or(fields, "gve", {"excluded", "included"});
    inclusion.n_min = quantity_or(fields, "n_min", inclusion.n_min.value);
    inclusion.below_n_min = choice_or(fields, "below_n_min", {"not_counted", "unknown", "counted"});
    inclusion.participation_min =
        quantity_or(fields, "participation_min", inclusion.participation_min.value);
    inclusion.years_open_min =
        quantity_or(fields, "years_open_min", inclusion.years_open_min.value);
    inclusion.missing_members = choice_or(fields, "missing_members", {"unknown", "skip"});
    inclusion.marked_results =
        choice_or(fields, "marked_results", {"counted", "official_excluded", "all_excluded"});
    inclusion.clusters = choice_or(fields, "clusters", {"type_and_settlement", "computed"});
    inclusion.follow_successors = fields.flag_or("follow_successors", true);
    inclusion.pool_years = quantity_or(fields, "pool_years", inclusion.pool_years.value);
    fields.finish();
}

void PackReader::read_windows(const YamlNode* node) {
    if (node == nullptr) return;
    const Fields checked{*node, "windows", mistakes_};
    for (std::size_t i = 0; i < node->keys.size() && node->kind == YamlNode::Kind::map; ++i) {
        const YamlNode& key = node->keys[i];
        check_name(key.text, key.line);
        Fields fields{node->items[i], fmt::format("окно {}", key.text), mistakes_};
        Window window{.name = key.text,
                      .years = {},
                      .ends = choice_or(fields, "ends", {"last_completed", "year_before"}),
                      .without_procedure = choice_or(fields, "without_procedure",
                                                     {"last_held", "shorten", "unknown"}),
                      .line = key.line};
        fields.required("years", "years: 3 years");
        window.years = quantity_or(fields, "years", {{1, 1}, model::Unit::years, {}});
        const Quantity years = window.years.value;
        if (window.years.parameter.empty() && years.value.value() < 1) {
            mistakes_.add("pack_value", "Окно короче одного года", key.line, "1 years и больше",
                          "");
        }
        fields.finish();
        pack_.windows.push_back(std::move(window));
    }
}

/// Open points of a plan are parameters too: what the plan of measures reads, no rule has to.
void PackReader::read_plan_readings(const YamlNode* node) {
    if (node == nullptr) return;
    if (node->kind != YamlNode::Kind::sequence) {
        mistakes_.add("pack_structure", "plan_readings — список имён параметров", node->line,
                      "[plan_period]", node->text);
    }
    for (const YamlNode& item : node->items) {
        if (find_parameter(pack_, item.text) == nullptr) {
            mistakes_.add("pack_unknown_name", "plan_readings: такого параметра нет", item.line,
                          "имя параметра методики", item.text);
            continue;
        }
        if (used_.contains(item.text)) {
            mistakes_.add("pack_duplicate_name",
                          "plan_readings: параметр уже назван или его читает правило", item.line,
                          "параметр, который читает только план", item.text);
        }
        used_.insert(item.text);
        pack_.plan_readings.push_back(item.text);
    }
}

void PackReader::read_notes(const YamlNode* node) {
    if (node == nullptr) return;
    if (node->kind != YamlNode::Kind::sequence) {
        mistakes_.add("pack_structure", "notes — список записей", node->line,
                      "- {code: …, what: …}", node->text);
    }
    for (const YamlNode& item : node->items) {
        Fields fields{item, "notes", mistakes_};
        Note note{.code = fields.text("code"),
                  .clause = fields.text("clause"),
                  .what = fields.text("what"),
                  .parameter = fields.text_or("parameter", ""),
                  .row = fields.text_or("row", "")};
        fields.finish();
        if (!note.parameter.empty() && find_parameter(pack_, note.parameter) == nullptr) {
            mistakes_.add("pack_unknown_name", "Примечание ссылается на параметр, которого нет",
                          item.line, "имя параметра методики", note.parameter);
        }
        pack_.notes.push_back(std::move(note));
    }
}

void PackReader::read_section(std::string_view name, const YamlNode* node) {
    if (node == nullptr) return;
    if (node->kind != YamlNode::Kind::sequence) {
        mistakes_.add("pack_structure", fmt::format("{} — список записей", name), node->line,
                      "- {id: …, title: …}", node->text);
    }
    Section section{std::string{name}, {}};
    std::set<std::string> ids;
    for (const YamlNode& item : node->items) {
        Fields fields{item, name, mistakes_};
        SectionRow row;
        const std::string id = fields.text("id");
        fields.text("title");
        if (!id.empty() && !ids.insert(id).second) {
            mistakes_.add("pack_duplicate_name", fmt::format("{}: запись повторяется", name),
                          item.line, "разные id", id);
        }
        for (std::size_t i = 0; i < std::min(item.keys.size(), item.items.size()); ++i) {
            fields.text(item.keys[i].text);
            row.fields.emplace_back(item.keys[i].text, item.items[i].text);
        }
        section.rows.push_back(std::move(row));
    }
    pack_.sections.push_back(std::move(section));
}

base::Result<Pack, base::Errors> parse_pack(std::string_view yaml, std::string_view file_name) {
    const auto root = read_yaml(yaml, file_name);
    if (!root) return base::Unexpected{root.error()};
    Mistakes mistakes{yaml, file_name};
    Pack pack = PackReader{*root, mistakes}.read();
    if (!mistakes.empty()) return base::Unexpected{mistakes.take()};
    return pack;
}

}  // namespace opora::rules
