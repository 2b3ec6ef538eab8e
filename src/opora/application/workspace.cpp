#include "opora/application/workspace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "opora/application/objectivity.hpp"
#include "opora/base/expects.hpp"

namespace opora::application {

View::View(ports::Store& store, std::span<const model::Scale> scales)
    : store_{store},
      scales_{scales},
      basis_{store, scales},
      evidence_{&basis_.schools(rules::Pack{})} {}

std::vector<model::SchoolYear> View::years() const {
    std::vector<model::SchoolYear> years;
    for (const model::Procedure& procedure : evidence().procedures()) {
        years.push_back(procedure.year);
    }
    std::ranges::sort(years, std::greater{});
    years.erase(std::ranges::unique(years).begin(), years.end());
    return years;
}

std::shared_ptr<const model::SchoolList> View::list(const Methodology& methodology,
                                                    model::SchoolYear year) {
    const rules::Document& document = methodology.pack.document;
    // Two savings of one's own may bear one version.
    const Key key{document.id, fmt::format("{}/{}", document.version, methodology.edit),
                  year.ending};
    const std::lock_guard guard{mutex_};
    const auto found = lists_.find(key);
    if (found != lists_.end()) return found->second;
    auto list =
        std::make_shared<const model::SchoolList>(identify(basis_, methodology, {.year = year}));
    lists_.emplace(key, list);
    return list;
}

model::SchoolList View::trial(const Methodology& methodology, model::SchoolYear year) {
    const std::lock_guard guard{mutex_};
    return identify(basis_, methodology, {.year = year, .probabilities = false});
}

base::Result<model::SchoolList> View::explain(const Methodology& methodology,
                                              model::SchoolYear year,
                                              const model::SchoolId& school) {
    const std::lock_guard guard{mutex_};
    return application::explain(basis_, methodology, year, school, std::nullopt);
}

std::shared_ptr<const void> View::find_kept(const std::string& name) const {
    const auto found = kept_.find(name);
    return found == kept_.end() ? nullptr : found->second;
}

void View::keep(const std::string& name, std::shared_ptr<const void> made) {
    // People look at a handful of questions; whoever asks for more starts anew.
    constexpr std::size_t kept_max = 100;
    if (kept_.size() >= kept_max) kept_.clear();
    kept_.emplace(name, std::move(made));
}

Workspace::Workspace(const Adapters& adapters, const std::filesystem::path& directory)
    : adapters_{adapters}, store_{adapters.open_store(directory, ports::OpenMode::write)} {
    auto all = shipped_methodologies(adapters);
    OPORA_EXPECTS(all.has_value());  // A test holds the shipped packs.
    methodologies_ = std::move(*all);
    // Own scales with mistakes are told by `opora scales`; the shipped ones hold until they are
    // mended.
    auto scales = scales_in_force(adapters, directory);
    scales_ = scales ? std::move(*scales) : adapters.scales;
}

std::shared_ptr<View> Workspace::view() {
    const std::lock_guard guard{mutex_};
    if (!view_) view_ = std::make_shared<View>(*store_, scales_);
    return view_;
}

void Workspace::changed() {
    const std::lock_guard one_by_one{changing_};
    std::shared_ptr<View> fresh;
    try {
        fresh = std::make_shared<View>(*store_, scales_);
    } catch (...) {
        // What cannot be read now is not shown as it was: whoever asks next is told.
        const std::lock_guard guard{mutex_};
        view_.reset();
        throw;
    }
    const std::lock_guard guard{mutex_};
    view_ = std::move(fresh);
}

std::vector<const Methodology*> Workspace::methodologies() const {
    const std::lock_guard guard{mutex_};
    std::vector<const Methodology*> all;
    for (const Methodology& one : methodologies_) all.push_back(&one);
    for (const auto& [id, one] : own_newest_) all.push_back(one);
    std::ranges::stable_sort(all, {}, [](const Methodology* one) {
        return std::tie(one->pack.document.id, one->pack.document.version);
    });
    return all;
}

const Methodology* Workspace::methodology(const std::string& id) const {
    const std::lock_guard guard{mutex_};
    if (const auto own = own_newest_.find(id); own != own_newest_.end()) return own->second;
    const Methodology* latest = nullptr;
    for (const Methodology& one : methodologies_) {
        if (one.pack.document.id == id) latest = &one;
    }
    return latest;
}

void Workspace::put_own(Methodology methodology) {
    const std::lock_guard guard{mutex_};
    const Methodology& kept = own_.emplace_back(std::move(methodology));
    own_newest_[kept.pack.document.id] = &kept;
}

void Workspace::remove_own(const std::string& id) {
    const std::lock_guard guard{mutex_};
    own_newest_.erase(id);
}

}  // namespace opora::application
