#include "opora/intake/dictionaries/questionnaire_files.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/dictionaries/yaml_file.hpp"

namespace opora::intake {

namespace {

using model::AnswerScale;
using model::AnswerSide;
using model::Questionnaire;
using model::QuestionnaireItem;

constexpr std::array<std::string_view, 3> side_codes{"agree", "neutral", "disagree"};

std::optional<AnswerSide> answer_side(std::string_view code) {
    const auto found = std::ranges::find(side_codes, code);
    if (found == side_codes.end()) return std::nullopt;
    return static_cast<AnswerSide>(found - side_codes.begin());
}

model::ScaleAnswer read_answer(YamlFile& file, const YAML::Node& node) {
    model::ScaleAnswer answer{.code = file.code(node, "code"),
                              .title = file.text(node, "title"),
                              .names = file.texts(node, "names")};
    const std::string side = file.text(node, "side");
    if (const auto known = answer_side(side)) {
        answer.side = *known;
    } else if (!side.empty()) {
        file.fail(node["side"], "Неизвестная сторона шкалы.", "agree, neutral или disagree");
    }
    return answer;
}

/// Every way to write an answer may mean one answer only.
void check_answer_names(YamlFile& file, const YAML::Node& node, const AnswerScale& scale) {
    std::set<std::string> names;
    for (const model::ScaleAnswer& answer : scale.answers) {
        std::set<std::string> own{heading_key(answer.code), heading_key(answer.title)};
        for (const std::string& name : answer.names) own.insert(heading_key(name));
        for (const std::string& name : own) {
            if (names.insert(name).second) continue;
            file.fail(node, "Два ответа шкалы записываются одинаково: " + answer.title + ".",
                      "разные коды, названия и обозначения");
        }
    }
}

void read_scales(YamlFile& file, Questionnaire& questionnaire) {
    const YAML::Node scales = file.root()["scales"];
    if (!file.sequence(scales)) return;
    for (const YAML::Node& node : scales) {
        if (!file.map(node, {"code", "answers"})) continue;
        AnswerScale scale{.code = file.code(node, "code")};
        const YAML::Node answers = node["answers"];
        if (file.sequence(answers)) {
            for (const YAML::Node& answer : answers) {
                if (file.map(answer, {"code", "title", "names", "side"}))
                    scale.answers.push_back(read_answer(file, answer));
            }
        }
        const auto stands = [&](AnswerSide side) {
            return std::ranges::find(scale.answers, side, &model::ScaleAnswer::side) !=
                   scale.answers.end();
        };
        if (!stands(AnswerSide::agree) || !stands(AnswerSide::disagree)) {
            file.fail(node, "У шкалы должны быть ответы на обеих сторонах.",
                      "хотя бы один ответ agree и один disagree");
        }
        check_answer_names(file, node, scale);
        if (questionnaire.scale(scale.code) != nullptr)
            file.fail(node["code"], "Такая шкала уже есть.", "другой код");
        questionnaire.scales.push_back(std::move(scale));
    }
}

std::int32_t read_weight(YamlFile& file, const YAML::Node& node) {
    const auto weight = file.whole(node, "weight");
    if (weight && (*weight < 1 || *weight > 100)) {
        file.fail(node["weight"], "Вес вне допустимых границ.", "целое число от 1 до 100");
        return 1;
    }
    return weight.value_or(1);
}

QuestionnaireItem read_item(YamlFile& file, const YAML::Node& node,
                            const Questionnaire& questionnaire) {
    QuestionnaireItem item{.code = {file.code(node, "code")},
                           .text = file.text(node, "text"),
                           .scale = file.text(node, "scale"),
                           .weight = read_weight(file, node),
                           .place = file.place(node)};
    for (const std::string& factor : file.texts(node, "factors")) item.factors.push_back({factor});
    if (item.factors.empty())
        file.fail(node, "Вопрос не говорит ни об одном факторе.", "factors: [код фактора]");
    const std::string problem = file.text(node, "problem");
    const auto side = answer_side(problem);
    if (side && *side != AnswerSide::neutral) {
        item.problem = *side;
    } else if (!problem.empty()) {
        file.fail(node["problem"], "Не указано, какая сторона шкалы говорит о трудности.",
                  "agree или disagree");
    }
    if (!item.scale.empty() && questionnaire.scale(item.scale) == nullptr)
        file.fail(node["scale"], "Такой шкалы в анкете нет.", "код из раздела scales");
    if (questionnaire.item(item.code) != nullptr)
        file.fail(node["code"], "Такой вопрос в анкете уже есть.", "другой код");
    return item;
}

void read_items(YamlFile& file, Questionnaire& questionnaire) {
    const YAML::Node items = file.root()["items"];
    if (!file.sequence(items)) return;
    for (const YAML::Node& node : items) {
        if (!file.map(node, {"code", "text", "scale", "factors", "problem", "weight"})) continue;
        questionnaire.items.push_back(read_item(file, node, questionnaire));
    }
    if (questionnaire.items.empty() || questionnaire.items.size() > questions_max) {
        file.fail(items, "Слишком мало или слишком много вопросов.", "от 1 до 64 вопросов");
    }
}

void read_head(YamlFile& file, Questionnaire& questionnaire) {
    const YAML::Node head = file.root()["questionnaire"];
    if (!file.map(head, {"code", "title", "group", "official", "version", "from", "note"})) return;
    questionnaire.code = {file.code(head, "code")};
    questionnaire.title = file.text(head, "title");
    questionnaire.official = file.flag(head, "official", false);
    questionnaire.version = file.whole(head, "version").value_or(1);
    questionnaire.from = {file.whole(head, "from").value_or(model::year_min.ending)};
    questionnaire.note = file.optional_text(head, "note");
    const std::string group = file.text(head, "group");
    if (const auto known = model::respondent_group(group)) {
        questionnaire.group = *known;
    } else if (!group.empty()) {
        file.fail(head["group"], "Такой группы опрошенных нет.", "head, teachers, pupils, parents");
    }
}

Questionnaire read_questionnaire(YamlFile& file) {
    Questionnaire questionnaire;
    if (!file.map(file.root(), {"questionnaire", "scales", "items"})) return questionnaire;
    read_head(file, questionnaire);
    read_scales(file, questionnaire);
    read_items(file, questionnaire);
    return questionnaire;
}

/// What two files must not share.
class Codes {
public:
    void check(YamlFile& file, const Questionnaire& questionnaire) {
        if (!questionnaires_.insert(questionnaire.code.value).second)
            file.fail(file.root()["questionnaire"], "Такая анкета уже есть.", "другой код анкеты");
        for (const QuestionnaireItem& item : questionnaire.items) {
            for (const std::string& key : {heading_key(item.code.value), heading_key(item.text)}) {
                if (!headings_.insert(key).second && !key.empty()) {
                    file.errors().push_back(
                        {.code = "dictionary_content",
                         .message = "Вопрос с таким кодом или текстом уже есть, в этой или другой "
                                    "анкете.",
                         .place = item.place,
                         .expected = "код и текст, которые не повторяются",
                         .found = item.code.value});
                    break;
                }
            }
        }
    }

private:
    std::set<std::string> questionnaires_;
    std::set<std::string> headings_;
};

}  // namespace

base::Result<std::vector<Questionnaire>, base::Errors> load_questionnaires(
    const std::vector<TextFile>& files) {
    std::vector<Questionnaire> questionnaires;
    base::Errors errors;
    Codes codes;
    for (const TextFile& text : files) {
        auto opened = YamlFile::open(text);
        if (!opened) {
            errors.push_back(opened.error());
            continue;
        }
        Questionnaire questionnaire = read_questionnaire(*opened);
        if (opened->errors().empty()) codes.check(*opened, questionnaire);
        errors.insert(errors.end(), opened->errors().begin(), opened->errors().end());
        questionnaires.push_back(std::move(questionnaire));
    }
    if (!errors.empty()) return base::Unexpected{std::move(errors)};
    std::ranges::sort(questionnaires, {}, [](const Questionnaire& one) {
        return std::pair{one.group, one.code.value};
    });
    return questionnaires;
}

}  // namespace opora::intake
