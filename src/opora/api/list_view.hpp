#pragma once

#include <memory>

#include "opora/api/json.hpp"
#include "opora/api/router.hpp"
#include "opora/application/list_desk.hpp"

namespace opora::api {

/// The desk of the person who asks, with the state of the data that his rights are judged by.
struct OpenDesk {
    std::shared_ptr<application::View> view;
    application::ListDesk desk;
};

OpenDesk open_desk(const Call& call);

/// A list in short, as far as the person sees its schools.
Json list_head_json(const Call& call, const OpenDesk& open,
                    const application::ListDossier& dossier);

/// A list with its schools, appeals, versions and history, as far as the person sees its schools,
/// and what the person may do with it now.
Json list_json(const Call& call, const OpenDesk& open, const application::ListDossier& dossier);

/// What a methodology concludes of a school or teacher, in short.
Json listing_json(const model::Listing& listing);

/// One school of a list, as the list's schools are shown.
Json listed_school_json(const Call& call, const OpenDesk& open,
                        const application::ListDossier& dossier, const model::Listing& listing);

/// list_json as an answer, with the ETag that changes name.
Response list_response(const Call& call, const OpenDesk& open,
                       const application::ListDossier& dossier, int status = 200);

/// What happened to the list after the edition that the person had seen, as a problem of status
/// 412.
Response edition_problem(const OpenDesk& open, const model::ListId& list, std::int64_t seen);

}  // namespace opora::api
