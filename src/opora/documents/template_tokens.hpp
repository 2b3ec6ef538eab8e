#pragma once

#include <cstdint>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "opora/base/result.hpp"

namespace opora::documents {

/// What stands between double braces: `{{name}}`, `{{#name}}`, `{{?name}}`, `{{^name}}`,
/// `{{/name}}`.
enum class TokenKind : std::uint8_t { text, each, when, unless, end };

/// A placeholder of a template after `isolate_tokens`: an element of its own in a run of its own.
struct Token {
    pugi::xml_node node;
    TokenKind kind = TokenKind::text;
    std::string name;
    std::size_t paragraph =
        0;  ///< Number of the paragraph's text in the list that `isolate_tokens` gave.
};

/// Turns every placeholder of a part into a token and returns the texts of the paragraphs that hold
/// one.
///
/// Word cuts a typed text into runs at will: at spelling marks, bookmarks, changes of formatting
/// and of the moment of typing. A placeholder is therefore sought in the text of the whole
/// paragraph and put into the run where it starts, whose formatting it keeps; its other pieces
/// vanish, whatever stood between the runs stays. Tabs and line breaks end a text, deleted text
/// (w:del) is not text, the paragraphs of a text box are paragraphs of their own.
base::Result<std::vector<std::string>> isolate_tokens(pugi::xml_node part, const std::string& file);

/// The tokens at and under a node, in document order.
std::vector<Token> tokens_under(pugi::xml_node root);

/// The node after `node` in document order within `root`; null at the end.
pugi::xml_node next_in_document(pugi::xml_node node, pugi::xml_node root);

/// Replaces a token by a text: tabs and line ends become Word's own, characters that XML cannot
/// carry vanish.
void write_text(const Token& token, const std::string& text);

/// «{{#name}}», as the author of the template wrote it but for spaces.
std::string spelled(TokenKind kind, const std::string& name);

bool is_named(pugi::xml_node node, const char* name);

/// A first child of a run that says how it looks (w:rPr) is no content; neither are bookmarks and
/// spelling marks.
bool has_content(pugi::xml_node paragraph_or_run);

/// An error of the template at a paragraph.
base::Unexpected<base::Error> template_error(std::string code, std::string message,
                                             const std::string& file, const std::string& paragraph,
                                             std::string expected = {});

}  // namespace opora::documents
