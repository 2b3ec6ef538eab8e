#include "opora/application/methodology_desk.hpp"

#include <algorithm>

#include "opora/application/access.hpp"
#include "opora/model/journal.hpp"

namespace opora::application {

namespace {

base::Error refusal(std::string code, std::string message) {
    return {.code = std::move(code), .message = std::move(message)};
}

base::Result<base::Done> expect_editor(const model::User& user) {
    if (may(user.role, Permission::edit_methodologies)) return base::Done{};
    return base::Unexpected{refusal("forbidden", "менять методики могут методисты и координаторы")};
}

base::Error not_ours() {
    return refusal("methodology_shipped",
                   "это методика программы: её можно скопировать под другим именем и изменить");
}

/// The words of the pack for a reading, else the value as the pack writes it.
std::string reading(const rules::Parameter& parameter, const rules::ParameterValue& value) {
    std::string text = rules::to_text(value);
    const auto title = parameter.titles.find(text);
    return title == parameter.titles.end() ? text : title->second;
}

std::string file_of(const std::string& id) { return id + ".yaml"; }

}  // namespace

MethodologyDesk::MethodologyDesk(Workspace& workspace, ports::MethodologyStore& store)
    : workspace_{workspace}, store_{store} {
    for (ports::SavedMethodology& saved : store.all()) {
        auto read = read_methodology(std::move(saved.text), file_of(saved.id));
        if (!read) continue;
        read->edit = saved.edit;
        workspace.put_own(std::move(*read));
    }
}

bool MethodologyDesk::shipped(const std::string& id) const {
    const auto all = workspace_.methodologies();
    return std::ranges::any_of(
        all, [&](const Methodology* one) { return one->edit == 0 && one->pack.document.id == id; });
}

base::Result<Methodology, base::Errors> MethodologyDesk::check(const model::User& user,
                                                               const std::string& id,
                                                               const std::string& text) const {
    if (const auto editor = expect_editor(user); !editor) {
        return base::Unexpected{base::Errors{editor.error()}};
    }
    Methodology read = OPORA_TRY(read_methodology(text, file_of(id)));
    if (!id.empty() && read.pack.document.id != id) {
        base::Error error = refusal("pack_other_id", "document: id не совпадает с именем методики");
        error.expected = id;
        error.found = read.pack.document.id;
        return base::Unexpected{base::Errors{std::move(error)}};
    }
    return read;
}

base::Result<const Methodology*, base::Errors> MethodologyDesk::save(const model::User& user,
                                                                     const std::string& id,
                                                                     const std::string& text,
                                                                     std::int64_t after,
                                                                     const std::string& reason) {
    Methodology read = OPORA_TRY(check(user, id, text));
    if (shipped(id)) return base::Unexpected{base::Errors{not_ours()}};
    const auto saved = store_.save(id, text, after);
    if (!saved) return base::Unexpected{base::Errors{saved.error()}};
    read.edit = saved->edit;
    std::vector<model::JournalChange> changes{{"methodology", {}, id}};
    const auto before = after > 0 ? std::optional{std::to_string(after)} : std::nullopt;
    changes.push_back({"edit", before, std::to_string(saved->edit)});
    if (const Methodology* old = workspace_.methodology(id)) {
        for (const rules::Parameter& one : read.pack.parameters) {
            const auto was =
                std::ranges::find(old->pack.parameters, one.name, &rules::Parameter::name);
            if (was == old->pack.parameters.end() || was->value == one.value) continue;
            changes.push_back({one.title, reading(one, was->value), reading(one, one.value)});
        }
    }
    workspace_.store().register_store().audit("user:" + user.id.value, "methodology_save",
                                              model::journal_text(changes), reason);
    workspace_.put_own(std::move(read));
    return workspace_.methodology(id);
}

base::Result<base::Done> MethodologyDesk::remove(const model::User& user, const std::string& id,
                                                 std::int64_t edit) {
    OPORA_TRY(expect_editor(user));
    if (shipped(id)) return base::Unexpected{not_ours()};
    OPORA_TRY(store_.remove(id, edit));
    workspace_.store().register_store().audit("user:" + user.id.value, "methodology_delete",
                                              model::journal_text({{"methodology", {}, id}}), {});
    workspace_.remove_own(id);
    return base::Done{};
}

}  // namespace opora::application
