#include "opora/documents/template_filler.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "opora/base/expects.hpp"
#include "opora/documents/template_sections.hpp"

namespace opora::documents {

namespace {

constexpr const char* holder_element = "opora:section";
constexpr std::size_t names_shown_max = 40;

bool opens(TokenKind kind) { return kind != TokenKind::text && kind != TokenKind::end; }

bool is_true(const TemplateValues::Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return !text->empty();
    if (const auto* list = std::get_if<TemplateValues::List>(&value)) return !list->empty();
    return std::get<bool>(value);
}

/// Names that must be one of a kind in a document do not survive being repeated.
void make_repeatable(pugi::xml_node root) {
    std::vector<pugi::xml_node> marks;
    for (pugi::xml_node node = root; node; node = next_in_document(node, root)) {
        if (is_named(node, "w:bookmarkStart") || is_named(node, "w:bookmarkEnd")) {
            marks.push_back(node);
        }
        node.remove_attribute("w14:paraId");
        node.remove_attribute("w14:textId");
    }
    for (const pugi::xml_node mark : marks) mark.parent().remove_child(mark);
}

std::int64_t nodes_under(pugi::xml_node root) {
    std::int64_t count = 0;
    for (pugi::xml_node node = root; node; node = next_in_document(node, root)) ++count;
    return count;
}

/// Position of the marker that closes the section opened at `open`; `tokens.size()` if none does.
std::size_t closing(const std::vector<Token>& tokens, std::size_t open) {
    std::vector<std::string> names;
    for (std::size_t i = open; i < tokens.size(); ++i) {
        if (opens(tokens[i].kind)) names.push_back(tokens[i].name);
        if (tokens[i].kind != TokenKind::end) continue;
        if (names.back() != tokens[i].name) return tokens.size();
        names.pop_back();
        if (names.empty()) return i;
    }
    return tokens.size();
}

}  // namespace

base::Result<base::Done> TemplateFiller::fill(pugi::xml_node part) {
    paragraphs_ = OPORA_TRY(isolate_tokens(part, file_));
    return expand(part);
}

/// Outer sections first: what is inside a repeated one is expanded in its copies, with the item's
/// values.
base::Result<base::Done> TemplateFiller::expand(pugi::xml_node root) {
    while (true) {
        const std::vector<Token> tokens = tokens_under(root);
        const auto open = std::ranges::find_if(tokens, opens, &Token::kind);
        if (open == tokens.end()) {
            for (const Token& token : tokens) OPORA_TRY(write(token));
            return base::Done{};
        }
        const std::size_t close = closing(tokens, static_cast<std::size_t>(open - tokens.begin()));
        if (close == tokens.size()) return unbalanced(*open);
        OPORA_TRY(expand_section(*open, tokens[close]));
    }
}

base::Result<base::Done> TemplateFiller::expand_section(const Token& open, const Token& close) {
    const TemplateValues::Value* value = find(open.name);
    if (value == nullptr) return unknown(open);
    const auto* list = std::get_if<TemplateValues::List>(value);
    if (open.kind == TokenKind::each && list == nullptr) return wrong_kind(open);

    const std::optional<SectionNodes> nodes = enclosed(open, close);
    if (!nodes) {
        return template_error(
            "template_section_misplaced",
            fmt::format("Начало и конец раздела {} стоят в разных частях документа. Поставьте оба "
                        "знака в отдельные абзацы одного текста или одной ячейки, в ячейки одной "
                        "таблицы либо в один абзац",
                        spelled(open.kind, open.name)),
            file_, paragraph(open));
    }
    if (open.kind == TokenKind::each) OPORA_TRY(repeat(*nodes, *list));
    const bool stays = open.kind == TokenKind::unless
                           ? !is_true(*value)
                           : open.kind == TokenKind::when && is_true(*value);
    if (!stays) {
        for (const pugi::xml_node node : *nodes) node.parent().remove_child(node);
    }
    return base::Done{};
}

base::Result<base::Done> TemplateFiller::repeat(const std::vector<pugi::xml_node>& nodes,
                                                const TemplateValues::List& items) {
    if (nodes.empty()) return base::Done{};
    OPORA_TRY(spend_nodes(nodes, items.size()));
    const pugi::xml_node first = nodes.front();
    for (const TemplateValues& item : items) {
        pugi::xml_node holder = first.parent().insert_child_before(holder_element, first);
        for (const pugi::xml_node node : nodes) holder.append_copy(node);
        if (&item != &items.front()) make_repeatable(holder);
        scopes_.push_back(&item);
        OPORA_TRY(expand(holder));
        scopes_.pop_back();
        while (const pugi::xml_node child = holder.first_child()) {
            first.parent().insert_move_before(child, first);
        }
        first.parent().remove_child(holder);
    }
    return base::Done{};
}

base::Result<base::Done> TemplateFiller::spend_nodes(const std::vector<pugi::xml_node>& nodes,
                                                     std::size_t times) {
    std::int64_t count = 0;
    for (const pugi::xml_node node : nodes) count += nodes_under(node);
    if (times > static_cast<std::size_t>(budget_.nodes / std::max<std::int64_t>(count, 1))) {
        return too_large();
    }
    budget_.nodes -= count * static_cast<std::int64_t>(times);
    return base::Done{};
}

base::Result<base::Done> TemplateFiller::write(const Token& token) {
    if (token.kind == TokenKind::end) return unbalanced(token);
    const TemplateValues::Value* value = find(token.name);
    if (value == nullptr) return unknown(token);
    const auto* text = std::get_if<std::string>(value);
    if (text == nullptr) return wrong_kind(token);
    budget_.text_bytes -= static_cast<std::int64_t>(text->size());
    if (budget_.text_bytes < 0) return too_large();
    write_text(token, *text);
    return base::Done{};
}

const TemplateValues::Value* TemplateFiller::find(const std::string& name) const {
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
        const auto entry = (*scope)->entries.find(name);
        if (entry != (*scope)->entries.end()) return &entry->second;
    }
    return nullptr;
}

base::Unexpected<base::Error> TemplateFiller::unknown(const Token& token) const {
    std::set<std::string> names;
    for (const TemplateValues* scope : scopes_) {
        for (const auto& [name, value] : scope->entries) names.insert(name);
    }
    std::string known;
    for (const std::string& name : names) {
        if (names.size() > names_shown_max) break;
        known += (known.empty() ? "" : ", ") + name;
    }
    return template_error(
        "template_unknown_placeholder",
        fmt::format("Подстановка {} этому документу неизвестна. Исправьте имя или "
                    "удалите подстановку",
                    spelled(token.kind, token.name)),
        file_, paragraph(token), known.empty() ? "" : "одно из имён: " + known);
}

base::Unexpected<base::Error> TemplateFiller::wrong_kind(const Token& token) const {
    const bool list = std::holds_alternative<TemplateValues::List>(*find(token.name));
    const std::string advice =
        list
            ? fmt::format("это список: {{{{#{0}}}}} … {{{{/{0}}}}}", token.name)
            : fmt::format("это не список: {{{{{0}}}}} или {{{{?{0}}}}} … {{{{/{0}}}}}", token.name);
    return template_error("template_wrong_kind",
                          fmt::format("Подстановка {} не подходит к своему значению",
                                      spelled(token.kind, token.name)),
                          file_, paragraph(token), advice);
}

base::Unexpected<base::Error> TemplateFiller::unbalanced(const Token& token) const {
    const std::string marker = spelled(token.kind, token.name);
    if (token.kind == TokenKind::end) {
        return template_error(
            "template_section_unbalanced",
            fmt::format("У конца раздела {} нет начала. Добавьте начало или удалите конец", marker),
            file_, paragraph(token));
    }
    return template_error(
        "template_section_unbalanced",
        fmt::format("Раздел {} не закрыт или пересекается с другим. Закройте разделы "
                    "в порядке, обратном тому, в котором они открыты",
                    marker),
        file_, paragraph(token), spelled(TokenKind::end, token.name));
}

base::Unexpected<base::Error> TemplateFiller::too_large() const {
    return template_error("template_too_large",
                          "Заполненный документ слишком велик. Уменьшите число вложенных разделов "
                          "в шаблоне или сделайте документ на часть перечня",
                          file_, "");
}

}  // namespace opora::documents
