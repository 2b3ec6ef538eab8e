#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opora/intake/tables/byte_source.hpp"
#include "opora/intake/tables/xml_text.hpp"

namespace opora::intake {

enum class XmlToken : std::uint8_t {
    start,  ///< An element begins: `name`, `attribute`. An empty element gives `start`, then `end`.
    end,    ///< An element ends: `name`.
    text,   ///< Characters, entities resolved; long text comes in several tokens.
    finish,  ///< The document is complete.
    broken,  ///< `error` says why; nothing follows.
};

/// Reads the XML of office packages token by token from a stream, in constant memory.
///
/// A part of XML 1.0 on purpose: UTF-8 only, no document type (`xml_forbidden`: external entities
/// and entity bombs live there), the five named entities and character references. Element nesting
/// is checked, names are given without their namespace prefix. Three to five times faster than
/// expat, which tests/fuzz holds it against.
class XmlScanner {
public:
    explicit XmlScanner(ByteSource source);

    XmlToken next();

    /// Local name of the element of the last `start` or `end`. Like `text`, it lives until the next
    /// call of `next`.
    std::string_view name() const { return name_; }
    std::string_view text() const { return text_; }
    /// Attribute of the last `start` as it is written; values with entities need `attribute`.
    std::optional<std::string_view> raw_attribute(std::string_view local_name) const;
    std::optional<std::string> attribute(std::string_view local_name);

    const base::Error& error() const { return error_; }

private:
    enum class Step : std::uint8_t { again, token, more };

    bool fill();
    bool start_document();
    bool check_encoding(std::string_view declaration);
    Step scan_text();
    Step scan_markup();
    Step scan_start();
    Step scan_end();
    Step scan_declaration();
    Step skip_to(std::string_view mark, std::size_t from);
    bool decode(std::string_view raw, XmlText kind, std::string& into);
    XmlToken at_end();
    XmlToken fail(std::string_view code, std::string_view message);
    Step failed(std::string_view code, std::string_view message);

    std::string_view rest() const { return {buffer_.data() + begin_, end_ - begin_}; }

    ByteSource source_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    bool drained_ = false;
    bool started_ = false;
    bool had_root_ = false;
    bool pending_end_ = false;  ///< The second token of an empty element.
    XmlToken token_ = XmlToken::text;
    std::string_view name_;
    std::string_view text_;
    std::string_view attributes_;
    std::string scratch_;
    std::string open_names_;  ///< Full names of the open elements, one after another.
    std::vector<std::uint32_t> open_begin_;
    base::Error error_;
};

}  // namespace opora::intake
