#include "opora/main/list_documents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "opora/base/whole_file.hpp"
#include "opora/documents/contract_document.hpp"
#include "opora/documents/docx_template.hpp"
#include "opora/documents/letter_document.hpp"
#include "opora/documents/list_workbook.hpp"
#include "opora/documents/order_document.hpp"
#include "opora/main/resources.hpp"
#include "opora/storage/directory.hpp"
#include "opora/storage/sqlite_register.hpp"
#include "opora/wording/vocabulary.hpp"

namespace opora::main {

namespace {

using application::DocumentRequest;

/// The user's own template, or the shipped one.
base::Result<std::string> template_bytes(const application::Adapters& adapters,
                                         const std::filesystem::path& directory,
                                         const std::string& name) {
    const std::filesystem::path own = directory / "templates" / name;
    if (std::filesystem::exists(own)) return adapters.read_text(own);
    const auto shipped = resource("assets/templates/" + name);
    OPORA_EXPECTS(shipped.has_value());
    return std::string{*shipped};
}

documents::Particulars particulars_of(const storage::SqliteRegister& store) {
    const ports::RegisterRows rows = store.rows();
    std::map<model::TerritoryId, std::string> territories;
    for (const model::Territory& territory : rows.territories) {
        territories[territory.id] = territory.name;
    }
    documents::Particulars particulars;
    for (const model::School& school : rows.schools) {
        particulars[school.id] = {territories[school.territory], school.head};
    }
    return particulars;
}

documents::Issuer issuer_of(const application::DocumentDetails& details,
                            const storage::SqliteRegister& store) {
    // A name in the wrong case is worse than a line to fill in by hand.
    const std::string by_whom =
        details.authority_genitive.empty() ? std::string(25, '_') : details.authority_genitive;
    return {.authority = details.authority,
            .authority_short = by_whom,
            .place = details.place,
            .date = details.date,
            .number = details.number,
            .signatory_position = details.position,
            .signatory_name = details.signatory,
            .executor = details.executor,
            .audit_head = details.seal.empty() ? store.audit_head().mac : details.seal};
}

documents::MethodologySummary summary_of(const DocumentRequest& request,
                                         const std::map<model::SubjectCode, std::string>& subjects,
                                         const std::string& audit_head) {
    documents::MethodologySummary summary = documents::methodology_summary(*request.pack, subjects);
    summary.date = request.details.date;
    summary.audit_head = audit_head;
    return summary;
}

base::Result<base::Done> write_document(const std::filesystem::path& path, const std::string& name,
                                        const std::string& bytes,
                                        const documents::TemplateValues& values) {
    const std::string filled = OPORA_TRY(documents::fill_template(bytes, values, name));
    return base::write_whole_file(path, filled);
}

documents::OrderDetails order_of(const application::DocumentDetails& details,
                                 documents::Issuer issuer, documents::Particulars schools) {
    documents::OrderDetails order{.issuer = std::move(issuer),
                                  .title = details.title,
                                  .basis = details.basis,
                                  .points = {},
                                  .responsible = details.responsible,
                                  .control = details.control,
                                  .schools = std::move(schools)};
    for (const model::OrderClause& point : details.points) {
        order.points.push_back({point.text, point.subpoints});
    }
    return order;
}

/// A school's code as a file name: anything but letters, digits, - and _ becomes _.
std::string file_name(const std::string& code) {
    std::string name = code;
    std::ranges::replace_if(
        name, [](char c) { return c == '/' || c == '\\' || c == '.' || c == ' '; }, '_');
    return name;
}

base::Result<base::Done> write_one_letter(const std::string& bytes, const DocumentRequest& request,
                                          const model::Listing& listing,
                                          const documents::Issuer& issuer, const std::string& head,
                                          const wording::Vocabulary& words,
                                          const std::filesystem::path& path) {
    const auto values = documents::letter_values(
        listing, wording::heading_of(*request.list),
        {.issuer = issuer, .head = head, .closing = request.details.closing}, words);
    return write_document(path, "letter.docx", bytes, values);
}

}  // namespace

base::Result<std::vector<std::filesystem::path>> write_documents(
    const application::Adapters& adapters, const DocumentRequest& request) {
    const storage::SqliteRegister store{storage::Directory::open(request.directory)};
    const documents::Issuer issuer = issuer_of(request.details, store);
    const documents::Particulars schools = particulars_of(store);
    const wording::Vocabulary words = wording::vocabulary_of(adapters.subjects, *request.pack);
    const std::filesystem::path letters = request.out / "letters";
    std::filesystem::create_directories(letters);

    std::vector<std::filesystem::path> paths{request.out / "order.docx", request.out / "list.xlsx"};
    DocumentRequest one = request;
    one.out = paths[0];
    OPORA_TRY(write_order(adapters, one));
    one.out = paths[1];
    OPORA_TRY(write_workbook(adapters, one));

    const std::string letter =
        OPORA_TRY(template_bytes(adapters, request.directory, "letter.docx"));
    for (const model::Listing& listing : request.list->listings) {
        if (listing.verdict != model::Verdict::listed) continue;
        std::string name = file_name(listing.school.value);
        if (!listing.teacher.value.empty()) name += "-" + file_name(listing.teacher.value);
        const auto found = schools.find(listing.school);
        const std::string head = found == schools.end() ? std::string{} : found->second.head;
        paths.push_back(letters / (name + ".docx"));
        OPORA_TRY(write_one_letter(letter, request, listing, issuer, head, words, paths.back()));
    }
    return paths;
}

base::Result<base::Done> write_order(const application::Adapters& adapters,
                                     const DocumentRequest& request) {
    const storage::SqliteRegister store{storage::Directory::open(request.directory)};
    const documents::OrderDetails order =
        order_of(request.details, issuer_of(request.details, store), particulars_of(store));
    const wording::Vocabulary words = wording::vocabulary_of(adapters.subjects, *request.pack);
    const std::string bytes = OPORA_TRY(template_bytes(adapters, request.directory, "order.docx"));
    return write_document(request.out, "order.docx", bytes,
                          documents::order_values(*request.list, order, words));
}

base::Result<base::Done> write_workbook(const application::Adapters& adapters,
                                        const DocumentRequest& request) {
    const storage::SqliteRegister store{storage::Directory::open(request.directory)};
    const documents::Issuer issuer = issuer_of(request.details, store);
    documents::write_list_workbook(
        request.out, *request.list, summary_of(request, adapters.subjects, issuer.audit_head),
        particulars_of(store), wording::vocabulary_of(adapters.subjects, *request.pack));
    return base::Done{};
}

base::Result<base::Done> write_letter(const application::Adapters& adapters,
                                      const DocumentRequest& request) {
    const storage::SqliteRegister store{storage::Directory::open(request.directory)};
    const documents::Particulars schools = particulars_of(store);
    const model::Listing& listing = request.list->listings.front();
    const auto found = schools.find(listing.school);
    const std::string head = found == schools.end() ? std::string{} : found->second.head;
    const std::string bytes = OPORA_TRY(template_bytes(adapters, request.directory, "letter.docx"));
    return write_one_letter(bytes, request, listing, issuer_of(request.details, store), head,
                            wording::vocabulary_of(adapters.subjects, *request.pack), request.out);
}

base::Result<base::Done> write_contract(const application::Adapters& adapters,
                                        const application::ContractRequest& request) {
    documents::ContractDetails details{
        .pair = request.pair,
        .school = {request.school.school, request.school.municipality},
        .leader = {request.leader.school, request.leader.municipality},
        .heading = {.year = request.year, .snapshot = request.snapshot},
        .order = request.order};
    wording::Vocabulary words;
    if (request.methodology) {
        const rules::Pack& pack = request.methodology->pack;
        details.heading.methodology = pack.document.id;
        details.heading.version = pack.document.version;
        words = wording::vocabulary_of(adapters.subjects, pack);
    }
    const std::string bytes =
        OPORA_TRY(template_bytes(adapters, request.directory, "contract.docx"));
    return write_document(request.out, "contract.docx", bytes,
                          documents::contract_values(details, words));
}

}  // namespace opora::main
