#include "opora/cli/pair_contracts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "opora/base/russian.hpp"
#include "opora/cli/command.hpp"

namespace opora::cli {

namespace {

/// A school's code as a part of a file name.
std::string file_part(std::string code) {
    std::ranges::replace_if(
        code, [](char c) { return c == '/' || c == '\\' || c == '.' || c == ' '; }, '_');
    return code;
}

}  // namespace

int write_contracts(const application::Adapters& adapters, ports::Store& store,
                    const application::PairingReport& report,
                    const std::optional<application::Methodology>& methodology,
                    const std::filesystem::path& folder) {
    const application::ListDesk desk{store, application::ListRights{adapters.actor}};
    const auto anyone = [](const model::SchoolId&) { return true; };
    std::int64_t written = 0;
    for (const model::Pair& pair : report.proposal.pairs) {
        if (pair.state != model::PairState::pinned) continue;
        auto request =
            application::contract_of(store, desk, report, methodology, pair.school, anyone);
        if (!request) return refuse(request.error());
        std::filesystem::create_directories(folder);
        request->out = folder / fmt::format("contract-{}-{}.docx", file_part(pair.school.value),
                                            file_part(pair.leader.value));
        if (const auto done_one = adapters.write_contract(*request); !done_one)
            return refuse(done_one.error());
        ++written;
    }
    if (written == 0) {
        return refuse(base::Error{.code = "pair_not_settled",
                                  .message =
                                      "договоры составляются для закреплённых пар, а таких нет: "
                                      "закрепите пары параметром --pin или файлом --settled"});
    }
    say(fmt::format(
        "Записано: {} в папке {}.",
        base::counted(written, {"проект договора", "проекта договоров", "проектов договоров"}),
        folder.string()));
    return done;
}

}  // namespace opora::cli
