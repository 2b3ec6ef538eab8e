#include "opora/application/list_making.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "opora/application/identifying.hpp"

namespace opora::application {

namespace {

/// Of the plainly not listed nobody asks why, and a region has hundreds of them.
bool is_asked_about(const model::Listing& one) {
    const bool plainly_not =
        one.verdict == model::Verdict::not_listed && one.reliability == model::Reliability::none;
    return !plainly_not && one.verdict != model::Verdict::excluded;
}

base::Result<Methodology, base::Errors> read(const model::ListContent& content) {
    rules::Pack pack =
        OPORA_TRY(rules::parse_pack(content.methodology_text, content.methodology_file));
    return Methodology{std::move(pack), content.methodology_text, content.methodology_file};
}

}  // namespace

std::optional<base::Error> nothing_to_list(const rules::Pack& pack, const model::SchoolList& list) {
    if (!pack.decision.listing && !pack.decision.official_list) {
        return base::Error{
            .code = "no_list",
            .message = "эта методика перечня не составляет: она только отмечает признаки"};
    }
    if (list.listings.empty()) {
        return base::Error{
            .code = "nobody_to_list",
            .message = "перечень пуст: на этой территории по этой методике некого рассматривать"};
    }
    const bool known = std::ranges::any_of(list.listings, [](const model::Listing& one) {
        return one.verdict != model::Verdict::unknown && one.verdict != model::Verdict::excluded;
    });
    if (known) return std::nullopt;
    return base::Error{.code = "no_results",
                       .message = fmt::format(
                           "за {} учебный год данных недостаточно ни о ком: перечень составлять "
                           "не из чего. Загрузите результаты или укажите другой год",
                           model::title(list.year))};
}

base::Result<model::ListContent, base::Errors> make_content(const ports::DataSource& source,
                                                            std::span<const model::Scale> scales,
                                                            const ListRequest& request,
                                                            const std::string& program) {
    const Methodology methodology =
        OPORA_TRY(with_parameters(request.methodology, request.settings));
    IdentifyOptions options{
        .year = request.year, .territory = {}, .probabilities = true, .derive = is_asked_about};
    if (!request.territory.value.empty()) options.territory = request.territory;
    const bool looks_at_scales = judges_by_scales(methodology.pack);
    Basis basis{source, scales};
    model::SchoolList list = identify(basis, methodology, options);
    if (auto reason = nothing_to_list(methodology.pack, list)) {
        return base::Unexpected{base::Errors{*std::move(reason)}};
    }
    return model::ListContent{.methodology_text = request.methodology.text,
                              .methodology_file = request.methodology.file,
                              .settings = request.settings,
                              .program = program,
                              .territory = request.territory,
                              .scales = looks_at_scales ? std::optional{std::vector<model::Scale>(
                                                              scales.begin(), scales.end())}
                                                        : std::nullopt,
                              .list = std::move(list)};
}

base::Result<Methodology, base::Errors> methodology_of(const model::ListContent& content) {
    return with_parameters(OPORA_TRY(read(content)), content.settings);
}

base::Result<ListRequest, base::Errors> request_of(const model::ListContent& content) {
    return ListRequest{.methodology = OPORA_TRY(read(content)),
                       .settings = content.settings,
                       .year = content.list.year,
                       .territory = content.territory};
}

}  // namespace opora::application
