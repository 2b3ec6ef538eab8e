// Whatever a damaged or odd template holds, filling it ends in a document or in an error, never in
// a crash.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <pugixml.hpp>
#include <random>
#include <string>

#include "opora/documents/docx_template.hpp"
#include "opora/documents/letter_document.hpp"
#include "opora/documents/package.hpp"
#include "support/sample_listings.hpp"
#include "support/source_folder.hpp"

namespace opora::documents {

namespace {

constexpr std::uint32_t seed = 20241125;
constexpr int rounds = 400;

const std::vector<std::string> pieces{"{{",         "}}",           "{{#rules}}",
                                      "{{/rules}}", "{{?rows}}",    "{{/rows}}",
                                      "{{school}}", "<w:p>",        "</w:p>",
                                      "<w:r><w:t>", "</w:t></w:r>", "<w:tbl>",
                                      "</w:tbl>",   "<w:tr>",       "</w:tr>",
                                      "<w:tc>",     "</w:tc>",      "&#0;",
                                      "&amp;",      "\xFF",         "<![CDATA[{{school}}]]>",
                                      "<w:tab/>",   "<!--",         "-->",
                                      "{{/",        "{{#",          "{{notes}}",
                                      "<w:sdt>"};

std::string letter_template() {
    std::ifstream file{opora::testing::source_folder() / "assets/templates/letter.docx",
                       std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

TemplateValues values() {
    const auto list = testing::sample_list();
    return letter_values(list.listings[0], wording::heading_of(list), {}, {});
}

/// Between one and four pieces of the text are cut out, doubled, moved or replaced.
std::string mutated(std::string text, std::mt19937& random) {
    const auto below = [&](std::size_t bound) {
        return random() % std::max<std::size_t>(bound, 1);
    };
    for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
        const std::size_t place = below(text.size());
        const std::size_t length = below(std::min<std::size_t>(text.size() - place, 400));
        switch (below(4)) {
            case 0:
                text.erase(place, length);
                break;
            case 1:
                text.insert(below(text.size()), text.substr(place, length));
                break;
            case 2:
                text.insert(place, pieces[below(pieces.size())]);
                break;
            default:
                text.replace(place, length, pieces[below(pieces.size())]);
                break;
        }
    }
    return text;
}

void check_outcome(const base::Result<std::string>& result) {
    if (!result) {
        CHECK(result.error().code.starts_with("template_"));
        return;
    }
    const auto package = unpack(*result, "filled.docx");
    REQUIRE(package);
    for (const PackagePart& part : *package) {
        if (part.name != "word/document.xml") continue;
        pugi::xml_document document;
        CHECK(document.load_buffer(part.content.data(), part.content.size()));
        CHECK(part.content.find("opora:") == std::string::npos);
    }
}

}  // namespace

TEST_CASE("a template with mutated text is filled whole or refused") {
    INFO("seed " << seed);
    std::mt19937 random{seed};
    const auto package = unpack(letter_template(), "letter.docx");
    REQUIRE(package);
    const TemplateValues filling = values();
    for (int round = 0; round < rounds; ++round) {
        CAPTURE(round);
        Package changed = *package;
        for (PackagePart& part : changed) {
            if (part.name == "word/document.xml") part.content = mutated(part.content, random);
        }
        check_outcome(fill_template(pack(changed), filling, "letter.docx"));
    }
}

TEST_CASE("an archive with flipped and cut bytes is filled whole or refused") {
    INFO("seed " << seed);
    std::mt19937 random{seed};
    const std::string whole = letter_template();
    const TemplateValues filling = values();
    for (int round = 0; round < rounds; ++round) {
        CAPTURE(round);
        std::string bytes = whole;
        for (int flips = 0; flips < 3; ++flips) {
            bytes[random() % bytes.size()] = static_cast<char>(random() & 0xFFU);
        }
        if (round % 5 == 0) bytes.resize(random() % bytes.size());
        check_outcome(fill_template(bytes, filling, "letter.docx"));
    }
}

}  // namespace opora::documents
