#include "opora/application/second_step.hpp"

#include "opora/api/json.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/resources/resources.hpp"

namespace opora::api {

namespace {

application::SecondStep& second_step(Call& call) { return call.services.sign_in.second_step(); }

/// A wrong code of somebody who is in is no lost session: the page must not ask to come in anew.
Response refusal_of(const base::Error& error) {
    if (error.code == "code_wrong") {
        return problem("field_wrong", base::Errors{{.code = error.code,
                                                    .message = error.message,
                                                    .place = {.column = "code"}}});
    }
    Response response = problem(error);
    if (error.code == "too_many_attempts")
        response.headers.emplace_back("Retry-After", error.found);
    return response;
}

base::Result<std::string> code_of(const Call& call) {
    const Json body = OPORA_TRY(read_object(call.request));
    return text_field(body, "code", 100);
}

Response show(Call& call) {
    return json_response({{"active", second_step(call).active(call.user().id)}});
}

Response begin(Call& call) {
    const auto setup = second_step(call).begin(call.user());
    if (!setup) return refusal_of(setup.error());
    return json_response({{"secret", setup->secret}, {"address", setup->address}}, 201);
}

Response confirm(Call& call) {
    const auto code = code_of(call);
    if (!code) return problem(code.error());
    const auto codes = second_step(call).confirm(call.user(), *code);
    if (!codes) return refusal_of(codes.error());
    return json_response({{"recovery_codes", *codes}});
}

Response end(Call& call) {
    const auto code = code_of(call);
    if (!code) return problem(code.error());
    const auto ended = second_step(call).end(call.user(), *code);
    if (!ended) return refusal_of(ended.error());
    return Response{.status = 204, .content_type = "text/plain"};
}

}  // namespace

std::vector<Route> second_step_routes() {
    constexpr BodyPolicy small{.bytes_max = 4096};
    constexpr auto signed_in = Entry::signed_in;
    return {
        {"GET", "/api/v1/second-step", "Включён ли вход с кодом", signed_in, {}, show},
        {"POST", "/api/v1/second-step", "Начать настройку входа с кодом", signed_in, {}, begin},
        {"PUT",
         "/api/v1/second-step",
         "Подтвердить и включить вход с кодом",
         signed_in,
         {},
         confirm,
         small},
        {"POST",
         "/api/v1/second-step/removal",
         "Отключить вход с кодом",
         signed_in,
         {},
         end,
         small},
    };
}

}  // namespace opora::api
