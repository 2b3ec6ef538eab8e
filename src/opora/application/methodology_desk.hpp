#pragma once

#include <string>

#include "opora/application/workspace.hpp"
#include "opora/model/user.hpp"
#include "opora/ports/account_store.hpp"
#include "opora/ports/methodology_store.hpp"

namespace opora::application {

/// Where an office writes methodologies of its own: checked as they are typed, saved version by
/// version, with their row in the journal. The program's own are read and copied, never changed.
/// Thread-safe.
class MethodologyDesk {
public:
    /// Takes what was saved before into the workspace. A text that this program no longer
    /// understands is left out; it can be read and saved anew.
    MethodologyDesk(Workspace& workspace, ports::MethodologyStore& store);

    /// What is wrong in a text, with lines and what was expected; the text that is to be `id` must
    /// say so itself. Error `forbidden`.
    base::Result<Methodology, base::Errors> check(const model::User& user, const std::string& id,
                                                  const std::string& text) const;

    /// Saves a text that is in order as the edit after `after` (0: a new one). Errors of `check`,
    /// `forbidden`, `methodology_shipped` for an id of the program's, `version_conflict`.
    base::Result<const Methodology*, base::Errors> save(const model::User& user,
                                                        const std::string& id,
                                                        const std::string& text, std::int64_t after,
                                                        const std::string& reason);

    /// Errors `forbidden`, `methodology_shipped`, `methodology_unknown`, `version_conflict`.
    base::Result<base::Done> remove(const model::User& user, const std::string& id,
                                    std::int64_t edit);

private:
    bool shipped(const std::string& id) const;

    Workspace& workspace_;
    ports::MethodologyStore& store_;
};

}  // namespace opora::application
