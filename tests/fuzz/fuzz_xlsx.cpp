// Two sorts of input. A zip is opened as a workbook and read to its end. Anything else is XML:
// whatever expat accepts, the scanner must read as the same elements, attributes and text, unless
// it refuses it by name.

#include <expat.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

#include "fuzz/fuzz_file.hpp"
#include "opora/base/expects.hpp"
#include "opora/base/utf8.hpp"
#include "opora/intake/tables/table_reader.hpp"
#include "opora/intake/tables/xml_scanner.hpp"

using namespace opora;

namespace {

/// What a parser saw, in a form that both can write.
struct Events {
    std::string log;
    std::string text;

    void flush() {
        if (!text.empty()) log += "T " + text + "\n";
        text.clear();
    }
};

std::string_view local(std::string_view name) {
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// Attributes that both sides spell alike: one name each, no white space to be normalised.
bool comparable(std::string_view name, std::string_view value) {
    return name.find(':') == std::string_view::npos &&
           value.find_first_of("\t\n\r ") == std::string_view::npos;
}

void log_attribute(Events& events, std::string_view name, std::string_view value) {
    events.log += "A " + std::string{name} + "=" + std::string{value} + "\n";
}

void start_element(void* user, const char* name, const char** attributes) {
    auto& events = *static_cast<Events*>(user);
    events.flush();
    events.log += "S " + std::string{local(name)} + "\n";
    for (; *attributes != nullptr; attributes += 2) {
        if (comparable(attributes[0], attributes[1])) {
            log_attribute(events, attributes[0], attributes[1]);
        }
    }
}

void end_element(void* user, const char* name) {
    auto& events = *static_cast<Events*>(user);
    events.flush();
    events.log += "E " + std::string{local(name)} + "\n";
}

void characters(void* user, const char* text, int length) {
    static_cast<Events*>(user)->text.append(text, static_cast<std::size_t>(length));
}

/// Whether expat takes the document; what it saw stands in `events`.
bool read_with_expat(std::string_view document, Events& events) {
    XML_Parser parser = XML_ParserCreate(nullptr);
    XML_SetUserData(parser, &events);
    XML_SetElementHandler(parser, start_element, end_element);
    XML_SetCharacterDataHandler(parser, characters);
    const bool accepted = XML_Parse(parser, document.data(), static_cast<int>(document.size()),
                                    XML_TRUE) == XML_STATUS_OK;
    XML_ParserFree(parser);
    return accepted;
}

/// The attributes of expat's log line by line are asked of the scanner, which looks them up by
/// name.
void log_attributes(std::string_view expected, Events& events, intake::XmlScanner& scanner) {
    while (expected.starts_with("A ")) {
        const auto line = expected.substr(0, expected.find('\n'));
        const auto name = line.substr(2, line.find('=') - 2);
        const auto value = scanner.attribute(name);
        log_attribute(events, name, value.value_or("?"));
        expected.remove_prefix(line.size() + 1);
    }
}

/// The error that ended the scan, or nothing.
std::string read_with_scanner(std::string_view document, std::size_t step,
                              const std::string& expected, Events& events) {
    intake::XmlScanner scanner{[&](std::span<char> into) -> base::Result<std::size_t> {
        // Short pieces, filled up to the asked size unless the document ends: the contract of a
        // source.
        std::size_t filled = 0;
        while (filled < into.size() && !document.empty()) {
            const std::size_t count = std::min({step, into.size() - filled, document.size()});
            std::memcpy(into.data() + filled, document.data(), count);
            document.remove_prefix(count);
            filled += count;
        }
        return filled;
    }};
    while (true) {
        switch (scanner.next()) {
            case intake::XmlToken::start:
                events.flush();
                events.log += "S " + std::string{scanner.name()} + "\n";
                if (events.log.size() <= expected.size()) {
                    log_attributes(std::string_view{expected}.substr(events.log.size()), events,
                                   scanner);
                }
                break;
            case intake::XmlToken::end:
                events.flush();
                events.log += "E " + std::string{scanner.name()} + "\n";
                break;
            case intake::XmlToken::text:
                events.text += scanner.text();
                break;
            case intake::XmlToken::finish:
                events.flush();
                return {};
            case intake::XmlToken::broken:
                return scanner.error().code;
        }
    }
}

void compare_parsers(std::string_view document) {
    Events expected;
    const bool accepted = read_with_expat(document, expected);
    Events seen;
    const std::string problem = read_with_scanner(document, 7, expected.log, seen);
    if (!accepted || problem == "xml_forbidden" || problem == "xml_encoding" ||
        problem == "too_large") {
        return;
    }
    OPORA_EXPECTS(problem.empty());
    OPORA_EXPECTS(seen.log == expected.log);
}

void read_workbook(std::string_view content) {
    const intake::TableLimits limits{
        .file_bytes_max = 10'000'000, .sheet_bytes_max = 2'000'000, .strings_bytes_max = 2'000'000};
    auto file = intake::open_table(testing::fuzz_file(content, ".xlsx"), limits);
    if (!file) return;
    intake::TableRow row;
    for (const auto& table : file->tables) {
        std::int64_t last = 0;
        while (true) {
            const auto more = table->next(row);
            if (!more || !*more) break;
            OPORA_EXPECTS(row.number > last && row.number <= limits.rows_max);
            OPORA_EXPECTS(!row.cells.empty() && !row.cells.back().empty());
            last = row.number;
            for (const std::string& cell : row.cells) {
                OPORA_EXPECTS(base::valid_utf8_prefix(cell) == cell.size());
            }
        }
    }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): so libFuzzer calls it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view content = testing::fuzz_text(bytes, size);
    if (content.starts_with("PK")) {
        read_workbook(content);
    } else {
        compare_parsers(content);
    }
    return 0;
}
