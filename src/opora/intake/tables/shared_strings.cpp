#include "opora/intake/tables/shared_strings.hpp"

#include <utility>

#include "opora/intake/tables/cell_text.hpp"

namespace opora::intake {

namespace {

base::Unexpected<base::Error> problem(std::string_view code, std::string_view message) {
    return base::Unexpected{base::Error{.code = std::string{code},
                                        .message = std::string{message},
                                        .place = {},
                                        .expected = {},
                                        .found = {}}};
}

}  // namespace

bool collect_text(XmlScanner& scanner, std::string& into) {
    int depth = 1;
    int phonetic_depth = 0;  // Depth at which a phonetic hint began; 0 outside.
    bool inside_text = false;
    while (depth > 0) {
        switch (scanner.next()) {
            case XmlToken::start:
                ++depth;
                if (phonetic_depth == 0 && scanner.name() == "rPh") phonetic_depth = depth;
                inside_text = phonetic_depth == 0 && scanner.name() == "t";
                break;
            case XmlToken::end:
                if (depth == phonetic_depth) phonetic_depth = 0;
                --depth;
                inside_text = false;
                break;
            case XmlToken::text:
                if (inside_text) into += scanner.text();
                break;
            case XmlToken::finish:
            case XmlToken::broken:
                return false;
        }
    }
    return true;
}

base::Result<SharedStrings> SharedStrings::read(ByteSource source, std::int64_t bytes_max,
                                                std::int64_t cell_bytes_max) {
    SharedStrings strings;
    XmlScanner scanner{std::move(source)};
    std::string raw;
    while (true) {
        const XmlToken token = scanner.next();
        if (token == XmlToken::finish) return strings;
        if (token == XmlToken::broken) return base::Unexpected{scanner.error()};
        if (token != XmlToken::start || scanner.name() != "si") continue;

        raw.clear();
        if (!collect_text(scanner, raw)) return base::Unexpected{scanner.error()};
        if (std::cmp_greater(raw.size(), cell_bytes_max)) {
            return problem("cell_too_long",
                           "в книге есть ячейка длиннее, чем допускает Excel (32 767 знаков)");
        }
        if (!append_cell_text(strings.texts_, raw)) {
            return problem(
                "encoding_broken",
                "в книге есть текст с недопустимыми знаками: сохраните её заново как xlsx");
        }
        if (std::cmp_greater(strings.texts_.size(), bytes_max)) {
            return problem("too_large", "в книге слишком много текста: разделите таблицу на части");
        }
        strings.ends_.push_back(static_cast<std::uint32_t>(strings.texts_.size()));
    }
}

std::optional<std::string_view> SharedStrings::text(std::size_t index) const {
    if (index >= ends_.size()) return std::nullopt;
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view{texts_}.substr(begin, ends_[index] - begin);
}

}  // namespace opora::intake
