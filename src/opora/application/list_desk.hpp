#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "opora/application/jobs.hpp"
#include "opora/application/list_making.hpp"
#include "opora/application/list_rights.hpp"
#include "opora/lifecycle/list_versions.hpp"
#include "opora/ports/store.hpp"

namespace opora::application {

/// A list with all that is known of it, as it stands today.
struct ListDossier {
    model::ListState state;
    std::vector<model::ListAct> acts;
    std::shared_ptr<const model::ListContent> content;  ///< Of the newest version, as computed.
    model::SchoolList list;  ///< The newest version with the decisions on appeals.
    model::ListStage stage = model::ListStage::draft;
    bool takes_appeals = false;
};

struct DecisionRequest {
    std::int64_t appeal = 0;
    bool granted = false;
    std::string reason;
    /// Of a granted appeal; absent: a listed or watched school is not listed any more.
    std::optional<model::Verdict> verdict;
};

/// What people do with lists. Every change checks rights and stage, and is one transaction.
///
/// `edition` is that of the state that the person looked at: when something that bears on the
/// decision was done meanwhile, the Error is `edition_conflict` and nothing is changed. Without it
/// the newest state counts. A list that a person may not see answers as one that is not there
/// (`list_unknown`).
class ListDesk {
public:
    using Edition = std::optional<std::int64_t>;
    using Outcome = base::Result<ListDossier>;

    ListDesk(ports::Store& store, ListRights rights) : store_{store}, rights_{std::move(rights)} {}

    const ListRights& rights() const { return rights_; }
    /// Making and renewing tell how far they are and end with the Error `cancelled` when asked to;
    /// nothing is written then. `control` outlives the desk.
    void report_to(JobControl* control) { control_ = control; }

    /// All lists that the person sees, newest first, without findings.
    std::vector<ListDossier> all() const;
    base::Result<ListDossier> find(const model::ListId& list) const;
    /// The list as an earlier version of it stood. Error `version_unknown`.
    base::Result<model::SchoolList> version(const ListDossier& dossier, int number) const;

    /// What each version changes in the one before it; nothing for the first.
    std::vector<std::vector<lifecycle::VerdictMove>> moves_of_versions(
        const ListDossier& dossier) const;

    base::Result<model::ListId, base::Errors> draft(const ListRequest& request,
                                                    std::span<const model::Scale> scales,
                                                    const std::string& program);
    /// From the data of today. Errors also `data_unchanged`.
    base::Result<ListDossier, base::Errors> renew(const model::ListId& list,
                                                  const std::string& reason,
                                                  std::span<const model::Scale> scales,
                                                  const std::string& program, Edition edition);
    Outcome publish(const model::ListId& list, model::Date appeals_until, Edition edition);
    Outcome discard(const model::ListId& list, const std::string& reason, Edition edition);
    /// Errors also `school_not_told`, `school_unknown`.
    Outcome acknowledge(const model::ListId& list, const model::SchoolId& school);
    Outcome appeal(const model::ListId& list, const model::SchoolId& school,
                   const model::TeacherId& teacher, const std::string& text);
    Outcome attach(const model::ListId& list, std::int64_t appeal,
                   const std::filesystem::path& file, const std::string& name);
    /// By the school itself, while the appeal has no answer.
    Outcome withdraw(const model::ListId& list, std::int64_t appeal, const std::string& reason);
    Outcome decide(const model::ListId& list, const DecisionRequest& request, Edition edition);
    /// Lists of the same methodology and territory that are in force, of this year or an earlier
    /// one, are replaced by it.
    Outcome approve(const model::ListId& list, const model::OrderRecord& order,
                    const std::string& early_reason, Edition edition);

    /// A file of an appeal that the person sees. Errors `appeal_unknown`, `file_unknown`.
    struct File {
        model::AttachedFile about;
        std::filesystem::path path;
    };
    base::Result<File> file(const model::ListId& list, std::int64_t appeal,
                            const std::string& sha256) const;

private:
    using Deed = std::function<base::Result<model::ListDeed>(const ListDossier&)>;

    enum class Detail : std::uint8_t { outline, whole };
    base::Result<ListDossier> open(const model::ListId& list, Detail detail) const;
    Outcome act(const model::ListId& list, Edition edition, const Deed& deed,
                const std::optional<ports::Freeze>& freeze = {});
    base::Result<base::Done> step(const char* stage, std::int64_t done) const;
    base::Result<base::Done> expect_near(model::Date appeals_until) const;
    base::Result<base::Done> expect_order_date(model::Date date, model::SchoolYear year) const;
    std::vector<ports::ListEntry> replacements(const ListDossier& approved) const;

    ports::Store& store_;
    ListRights rights_;
    JobControl* control_ = nullptr;
};

/// The name of a file as it may be shown and given out: without folders, control characters and
/// leading dots, 120 bytes at most; «файл» when nothing is left.
std::string clean_file_name(const std::string& name);

}  // namespace opora::application
