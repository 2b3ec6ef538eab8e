#include "opora/application/list_papers.hpp"

#include <fmt/format.h>

namespace opora::application {

namespace {

DocumentDetails details_of(const model::ListState& state, DocumentDetails details) {
    if (state.appeals_until && !state.order) {
        details.closing = fmt::format(
            "Перечень предварительный. Возражения с подтверждающими документами принимаются по {} "
            "включительно.",
            model::title(*state.appeals_until));
    }
    if (!state.order) return details;
    const model::OrderRecord& order = *state.order;
    return {.authority = order.authority,
            .authority_genitive = order.authority_genitive,
            .place = order.place,
            .date = model::title(order.date),
            .number = order.number,
            .signatory = order.signatory,
            .position = order.position,
            .title = order.title,
            .basis = order.basis,
            .points = order.points,
            .responsible = order.responsible,
            .control = order.control,
            .executor = order.executor,
            .seal = state.approval_seal};
}

}  // namespace

base::Result<base::Done> write_paper(const Adapters& adapters,
                                     const std::filesystem::path& directory,
                                     const ListDossier& dossier, const PaperRequest& request) {
    const auto methodology = methodology_of(*dossier.content);
    if (!methodology) return base::Unexpected{methodology.error().front()};
    model::SchoolList one;
    DocumentRequest document{.list = &dossier.list,
                             .pack = &methodology->pack,
                             .directory = directory,
                             .out = request.out,
                             .details = details_of(dossier.state, request.details)};
    switch (request.paper) {
        case Paper::order:
            return adapters.write_order(document);
        case Paper::workbook:
            return adapters.write_workbook(document);
        case Paper::letter:
            break;
    }
    const auto* listing = lifecycle::find_listing(dossier.list, request.school, request.teacher);
    if (listing == nullptr) {
        return base::Unexpected{
            base::Error{.code = "school_unknown", .message = "этой школы нет среди рассмотренных"}};
    }
    one = dossier.list;
    one.listings = {*listing};
    document.list = &one;
    return adapters.write_letter(document);
}

}  // namespace opora::application
