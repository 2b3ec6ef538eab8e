#include "opora/documents/template_tokens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string_view>

#include "opora/base/expects.hpp"
#include "opora/documents/xml_text.hpp"

namespace opora::documents {

namespace {

constexpr const char* token_element = "opora:token";
constexpr char barrier = '\n';  ///< Stands in a paragraph's text for a tab or a line break.
constexpr std::size_t name_bytes_max = 100;
constexpr std::size_t shown_bytes_max = 200;

constexpr std::array<std::pair<char, TokenKind>, 4> signs{{
    {'#', TokenKind::each},
    {'?', TokenKind::when},
    {'^', TokenKind::unless},
    {'/', TokenKind::end},
}};

/// A piece of a paragraph's text: one w:t, or a barrier, which has no node.
struct Piece {
    pugi::xml_node node;
    std::size_t begin = 0;
    std::size_t end = 0;
};

struct ParagraphText {
    std::string text;
    std::vector<Piece> pieces;
};

struct Found {
    TokenKind kind = TokenKind::text;
    std::string name;
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Whether the subtree belongs to something else than the visible text of the paragraph.
bool is_foreign(pugi::xml_node node) {
    return is_named(node, "w:p") || is_named(node, "w:del") || is_named(node, "w:moveFrom") ||
           is_named(node, "w:pPr") || is_named(node, "w:rPr");
}

void collect(pugi::xml_node parent, ParagraphText& into) {
    for (const pugi::xml_node child : parent.children()) {
        const std::size_t begin = into.text.size();
        if (is_named(child, "w:t") && is_named(parent, "w:r")) {
            into.text += xml_text(child);
            into.pieces.push_back({child, begin, into.text.size()});
        } else if (is_named(child, "w:tab") || is_named(child, "w:br") || is_named(child, "w:cr")) {
            into.text += barrier;
        } else if (!is_foreign(child)) {
            collect(child, into);
        }
    }
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view no_break_space = "\u00a0";
    while (true) {
        if (text.starts_with(' ')) {
            text.remove_prefix(1);
        } else if (text.ends_with(' ')) {
            text.remove_suffix(1);
        } else if (text.starts_with(no_break_space)) {
            text.remove_prefix(no_break_space.size());
        } else if (text.ends_with(no_break_space)) {
            text.remove_suffix(no_break_space.size());
        } else {
            return text;
        }
    }
}

/// Reads what stands between the braces; nothing for an empty name, a space, a brace or a barrier
/// inside.
std::optional<Found> parse_inside(std::string_view inside) {
    inside = trimmed(inside);
    Found found;
    for (const auto& [sign, kind] : signs) {
        if (inside.starts_with(sign)) {
            found.kind = kind;
            inside = trimmed(inside.substr(1));
            break;
        }
    }
    if (inside.empty() || inside.size() > name_bytes_max) return std::nullopt;
    if (inside.find_first_of(" {}#?^/\t\n\r\"<>&") != std::string_view::npos) return std::nullopt;
    found.name = inside;
    return found;
}

base::Result<std::vector<Found>> find_tokens(const std::string& text, const std::string& file) {
    const auto malformed = [&] {
        return template_error("template_malformed_placeholder",
                              "Подстановка в шаблоне записана неверно. Имя ставится между двойными "
                              "фигурными скобками в одной строке и без пробелов внутри",
                              file, text, "{{имя}}");
    };
    std::vector<Found> tokens;
    std::size_t position = 0;
    while (true) {
        const std::size_t begin = text.find("{{", position);
        const std::size_t stray = text.find("}}", position);
        if (stray < begin) return malformed();  // `npos` is larger than any position.
        if (begin == std::string::npos) return tokens;
        const std::size_t end = text.find("}}", begin + 2);
        if (end == std::string::npos) return malformed();
        auto found = parse_inside(std::string_view{text}.substr(begin + 2, end - begin - 2));
        if (!found) return malformed();
        found->begin = begin;
        found->end = end + 2;
        position = found->end;
        tokens.push_back(std::move(*found));
    }
}

/// A run behind `run` that looks the same and is empty.
pugi::xml_node run_after(pugi::xml_node run) {
    pugi::xml_node twin = run.parent().insert_child_after("w:r", run);
    if (const pugi::xml_node look = run.child("w:rPr")) twin.append_copy(look);
    return twin;
}

void remove_if_empty(pugi::xml_node text) {
    if (!xml_text(text).empty()) return;
    pugi::xml_node run = text.parent();
    run.remove_child(text);
    if (!run.child("w:t") && !has_content(run)) run.parent().remove_child(run);
}

/// Puts the token into a run of its own behind the run of `text`; what follows `text` there moves
/// behind the token.
void place_token(pugi::xml_node text, const Found& found, std::size_t paragraph,
                 const std::string& rest) {
    const pugi::xml_node run = text.parent();
    pugi::xml_node own = run_after(run);
    pugi::xml_node token = own.append_child(token_element);
    token.append_attribute("kind").set_value(static_cast<unsigned>(found.kind));
    token.append_attribute("name").set_value(found.name.c_str());
    token.append_attribute("paragraph").set_value(static_cast<unsigned long long>(paragraph));

    if (rest.empty() && !text.next_sibling()) return;
    pugi::xml_node behind = run_after(own);
    if (!rest.empty()) set_xml_text(behind.append_child("w:t"), rest);
    while (const pugi::xml_node follower = text.next_sibling()) behind.append_move(follower);
}

void isolate(const Found& found, const ParagraphText& paragraph, std::size_t number) {
    bool placed = false;
    std::vector<pugi::xml_node> touched;
    for (const Piece& piece : paragraph.pieces) {
        if (piece.end <= found.begin || piece.begin >= found.end) continue;
        const std::string text = xml_text(piece.node);
        const std::size_t from = found.begin > piece.begin ? found.begin - piece.begin : 0;
        const std::size_t to = std::min(found.end - piece.begin, text.size());
        const std::string rest = text.substr(to);
        if (!placed) {
            // Tokens are placed from the last to the first: what follows in this w:t has had its
            // turn.
            set_xml_text(piece.node, text.substr(0, from));
            place_token(piece.node, found, number, rest);
            placed = true;
        } else {
            set_xml_text(piece.node, rest);
        }
        touched.push_back(piece.node);
    }
    OPORA_EXPECTS(placed);
    for (const pugi::xml_node text : touched) remove_if_empty(text);
}

}  // namespace

bool is_named(pugi::xml_node node, const char* name) { return std::strcmp(node.name(), name) == 0; }

bool has_content(pugi::xml_node node) {
    constexpr std::array<const char*, 7> marks{"w:pPr",
                                               "w:rPr",
                                               "w:proofErr",
                                               "w:bookmarkStart",
                                               "w:bookmarkEnd",
                                               "w:permStart",
                                               "w:lastRenderedPageBreak"};
    for (const pugi::xml_node child : node.children()) {
        if (child.type() != pugi::node_element) continue;
        const bool mark =
            std::ranges::any_of(marks, [&](const char* name) { return is_named(child, name); });
        if (mark) continue;
        if (is_named(child, "w:t") && xml_text(child).find_first_not_of(' ') == std::string::npos) {
            continue;
        }
        if (is_named(child, "w:r") && !has_content(child)) continue;
        return true;
    }
    return false;
}

pugi::xml_node next_in_document(pugi::xml_node node, pugi::xml_node root) {
    if (const pugi::xml_node child = node.first_child()) return child;
    while (node && node != root) {
        if (const pugi::xml_node sibling = node.next_sibling()) return sibling;
        node = node.parent();
    }
    return {};
}

base::Result<std::vector<std::string>> isolate_tokens(pugi::xml_node part,
                                                      const std::string& file) {
    std::vector<std::string> texts;
    for (pugi::xml_node node = part; node; node = next_in_document(node, part)) {
        if (!is_named(node, "w:p")) continue;
        ParagraphText paragraph;
        collect(node, paragraph);
        const std::vector<Found> tokens = OPORA_TRY(find_tokens(paragraph.text, file));
        for (auto token = tokens.rbegin(); token != tokens.rend(); ++token) {
            isolate(*token, paragraph, texts.size());
        }
        if (!tokens.empty()) texts.push_back(std::move(paragraph.text));
    }
    return texts;
}

std::vector<Token> tokens_under(pugi::xml_node root) {
    std::vector<Token> tokens;
    for (pugi::xml_node node = root; node; node = next_in_document(node, root)) {
        if (!is_named(node, token_element)) continue;
        tokens.push_back({.node = node,
                          .kind = static_cast<TokenKind>(node.attribute("kind").as_uint()),
                          .name = node.attribute("name").value(),
                          .paragraph = node.attribute("paragraph").as_ullong()});
    }
    return tokens;
}

void write_text(const Token& token, const std::string& text) {
    pugi::xml_node run = token.node.parent();
    const std::string clean = xml_safe(text);
    std::size_t begin = 0;
    while (begin <= clean.size()) {
        const std::size_t end = std::min(clean.find_first_of("\n\t", begin), clean.size());
        if (end > begin) {
            set_xml_text(run.insert_child_before("w:t", token.node),
                         clean.substr(begin, end - begin));
        }
        if (end < clean.size()) {
            run.insert_child_before(clean[end] == '\n' ? "w:br" : "w:tab", token.node);
        }
        begin = end + 1;
    }
    run.remove_child(token.node);
    if (!has_content(run) && !run.child("w:t")) run.parent().remove_child(run);
}

std::string spelled(TokenKind kind, const std::string& name) {
    for (const auto& [sign, sign_kind] : signs) {
        if (kind == sign_kind) return fmt::format("{{{{{}{}}}}}", sign, name);
    }
    return fmt::format("{{{{{}}}}}", name);
}

base::Unexpected<base::Error> template_error(std::string code, std::string message,
                                             const std::string& file, const std::string& paragraph,
                                             std::string expected) {
    std::string shown = paragraph;
    if (shown.size() > shown_bytes_max) {
        std::size_t cut = shown_bytes_max;
        while (cut > 0 && (static_cast<unsigned char>(shown[cut]) & 0xC0) == 0x80) --cut;
        shown = shown.substr(0, cut) + "…";
    }
    return base::Unexpected{
        base::Error{.code = std::move(code),
                    .message = std::move(message),
                    .place = {.file = file, .sheet = {}, .row = {}, .column = {}},
                    .expected = std::move(expected),
                    .found = shown.empty() ? "" : "абзац «" + shown + "»"}};
}

}  // namespace opora::documents
