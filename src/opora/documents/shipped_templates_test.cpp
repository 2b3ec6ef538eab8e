#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "opora/documents/contract_document.hpp"
#include "opora/documents/docx_template.hpp"
#include "opora/documents/letter_document.hpp"
#include "opora/documents/order_document.hpp"
#include "opora/documents/package.hpp"
#include "support/docx_text.hpp"
#include "support/golden.hpp"
#include "support/sample_listings.hpp"
#include "support/source_folder.hpp"

namespace opora::documents {

namespace {

const std::filesystem::path templates = opora::testing::source_folder() / "assets" / "templates";

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    REQUIRE(file);
    return {std::istreambuf_iterator<char>{file}, {}};
}

wording::Vocabulary vocabulary() {
    return {.subjects = {{{"mathematics"}, "математика"},
                         {{"russian"}, "русский язык"},
                         {{"history"}, "история"}},
            .indicators = {},
            .rules = {{"A", "две процедуры и более"}, {"B", "одна процедура два года подряд"}},
            .methodology = {}};
}

Issuer issuer() {
    return {.authority = "Комитет по образованию администрации Приозёрного района",
            .authority_short = "комитета по образованию",
            .place = "с. Приозёрное",
            .date = "25.11.2024",
            .number = "118",
            .signatory_position = "Председатель комитета",
            .signatory_name = "И.О. Фамилия",
            .executor = "методист, тел. 2-00-00",
            .audit_head = "9e107d9d372bb6826bd81d3542a419d6"};
}

std::string filled(const char* name, const TemplateValues& values) {
    const auto docx = fill_template(read_file(templates / name), values, name);
    if (!docx) FAIL(docx.error().message << " " << docx.error().found);
    return *docx;
}

std::string text_of(const std::string& docx) {
    return testing::docx_text(docx, "word/document.xml", "\n", "");
}

}  // namespace

TEST_CASE("the draft order has all its requisites and the annex with the grounds of each school") {
    const OrderDetails details{.issuer = issuer(),
                               .responsible = "Методическому кабинету",
                               .schools = {{{"edu000107"}, {.municipality = "Приозёрный район"}}}};
    const auto values = order_values(testing::sample_list(), details, vocabulary());
    testing::check_golden("documents/order.txt", text_of(filled("order.docx", values)));
}

TEST_CASE(
    "an order without number and date is a draft with lines to fill in, and an empty list says "
    "so") {
    model::SchoolList list = testing::sample_list();
    list.listings.clear();
    const auto values = order_values(list, OrderDetails{}, vocabulary());
    testing::check_golden("documents/order_blank.txt", text_of(filled("order.docx", values)));
}

TEST_CASE("an order and a letter about teachers speak of teachers, not of schools") {
    model::SchoolList list = testing::sample_list();
    for (model::Listing& listing : list.listings) listing.teacher = {"edu000107-03"};
    const std::string order =
        text_of(filled("order.docx", order_values(list, OrderDetails{}, vocabulary())));
    CHECK(order.find("Рассмотрено педагогов") != std::string::npos);
    CHECK(order.find("Рассмотрено школ") == std::string::npos);
    CHECK(order.find("педагоги которых включены в перечень") != std::string::npos);
    const std::string letter =
        text_of(filled("letter.docx", letter_values(list.listings[0], wording::heading_of(list), {},
                                                    vocabulary())));
    CHECK(letter.find("О включении в перечень педагогов") != std::string::npos);
    CHECK(letter.find("заключение по педагогу edu000107-03") != std::string::npos);
}

TEST_CASE("the letter tells a listed school its grounds and ends with a slip to acknowledge it") {
    const LetterDetails details{.issuer = issuer(),
                                .head = "О.И. Примерову",
                                .closing = "Возражения по данным принимаются до 10.12.2024."};
    const auto list = testing::sample_list();
    const auto values =
        letter_values(list.listings[0], wording::heading_of(list), details, vocabulary());
    testing::check_golden("documents/letter.txt", text_of(filled("letter.docx", values)));
}

TEST_CASE("a school that is not listed gets no slip to acknowledge") {
    const auto list = testing::sample_list();
    const auto values =
        letter_values(list.listings[1], wording::heading_of(list), {}, vocabulary());
    const std::string text = text_of(filled("letter.docx", values));
    CHECK(text.find("линия отреза") == std::string::npos);
    CHECK(text.find("Не включена в перечень") != std::string::npos);
}

TEST_CASE("the draft contract names both schools, its grounds, and leaves lines to agree on") {
    ContractDetails details{
        .pair = {.school = {"edu000107"},
                 .leader = {"edu000101"},
                 .state = model::PairState::pinned,
                 .distance = 0.4231,
                 .gap = 0.655,
                 .gap_z = {},
                 .way_km_max = 24,
                 .bar = model::PairBar::other_place},
        .school = {{.id = {"edu000107"}, .name = "Ручейковская СОШ", .head = "О.И. Примерова"},
                   "Приозёрный район"},
        .leader = {{.id = {"edu000101"}, .name = "Центральная СОШ", .inn = "0000000000"},
                   "Заречный район"},
        .heading = wording::heading_of(testing::sample_list()),
        .order = model::OrderRecord{.number = "118",
                                    .date = model::Date{std::chrono::year{2024} / 11 / 25},
                                    .authority_genitive = "комитета по образованию"}};
    testing::check_golden("documents/contract.txt",
                          text_of(filled("contract.docx", contract_values(details, vocabulary()))));
}

TEST_CASE("a contract of schools that nobody listed claims no list, and nothing that is unknown") {
    ContractDetails details{.pair = {.school = {"1"}, .leader = {"2"}},
                            .school = {{.id = {"1"}, .name = "Первая"}, ""},
                            .leader = {{.id = {"2"}, .name = "Вторая"}, ""},
                            .heading = {.methodology = {}, .version = {}, .year = {2024}},
                            .order = {}};
    const std::string text = text_of(filled("contract.docx", contract_values(details, {})));
    CHECK(text.find("перечн") == std::string::npos);
    CHECK(text.find("()") == std::string::npos);
    CHECK(text.find("различие условий") == std::string::npos);
    CHECK(text.find("решение о закреплении школы-лидера от «__»") != std::string::npos);
}

TEST_CASE("the packed templates are made of the sources beside them (tools/make_templates.py)") {
    for (const std::string name : {"order", "letter", "contract"}) {
        const auto package = unpack(read_file(templates / (name + ".docx")), name);
        REQUIRE(package);
        for (const PackagePart& part : *package) {
            CAPTURE(part.name);
            const auto source = part.name == "word/document.xml"
                                    ? templates / "src" / (name + ".xml")
                                    : templates / "src" / "common" / part.name;
            CHECK(part.content == read_file(source));
        }
    }
}

}  // namespace opora::documents
