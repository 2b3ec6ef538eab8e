// A process that is killed in the middle of a decision or an approval: every list is whole.
#include <doctest/doctest.h>

#include <limits>

#include "contract/list_store_contract.hpp"
#include "opora/lifecycle/list_life.hpp"
#include "opora/storage/sqlite_lists.hpp"
#include "support/kill_rounds.hpp"
#include "support/temporary_folder.hpp"

using namespace opora;

namespace {

constexpr int rounds = 25;

/// The deeds of a list in their order, up to its approval.
std::vector<model::ListDeed> deeds_of_a_life(const storage::SqliteLists& lists) {
    const model::Date day = *model::date_of("2099-01-01");
    return {model::Drafted{lists.hash_of(contract::sample_content()),
                           "снимок",
                           {"federal-2025"},
                           "1",
                           {2024},
                           {"a"}},
            model::Published{day},
            model::Acknowledged{{"1"}},
            model::Appealed{1, {"1"}, {}, std::string(5'000, 'x')},
            model::Decided{1, true, "Ошибка", model::Verdict::listed, model::Verdict::watch},
            model::Approved{{.number = "1", .date = day}, "все ознакомлены"}};
}

model::ListState state_of(const storage::SqliteLists& lists, const model::ListId& list) {
    const auto state = lifecycle::replay(list, lists.acts(list));
    REQUIRE(state);
    return *state;
}

/// Continues the newest list, or begins one, until it is told to stop; an approval replaces the
/// list before it in the same transaction.
void live(const std::filesystem::path& root, const storage::RegisterOptions& options, int acts) {
    storage::SqliteLists lists{storage::Directory::open(root), options};
    const auto deeds = deeds_of_a_life(lists);
    const model::ListContent content = contract::sample_content();
    const ports::FrozenData data = contract::sample_data();
    for (int act = 0; act < acts; ++act) {
        const auto all = lists.lists();
        std::optional<model::ListId> current;
        std::size_t done = 0;
        if (!all.empty()) done = lists.acts(all.back()).size();
        if (!all.empty() && done < deeds.size()) current = all.back();
        if (!current) done = 0;
        std::vector<ports::ListEntry> entries{
            {current, static_cast<std::int64_t>(done), deeds[done], "local:test"}};
        if (std::holds_alternative<model::Approved>(deeds[done]) && all.size() > 1) {
            const model::ListId& before = all[all.size() - 2];
            entries.push_back({before, std::ssize(lists.acts(before)), model::Replaced{all.back()},
                               "local:test"});
        }
        const std::optional<ports::Freeze> freeze =
            current ? std::nullopt : std::optional{ports::Freeze{&content, &data}};
        if (!lists.append(entries, freeze)) ::_exit(1);
    }
}

/// Every list is whole, and the chain of replacements has no gap. Gives the number of acts.
std::int64_t check_whole(const std::filesystem::path& root,
                         const storage::RegisterOptions& options) {
    const storage::SqliteLists lists{storage::Directory::open(root), options};
    CHECK(lists.check_journal(std::nullopt));
    std::int64_t acts = 0;
    const auto all = lists.lists();
    for (std::size_t i = 0; i < all.size(); ++i) {
        CHECK(lists.check_chain(all[i]).empty());
        const model::ListState state = state_of(lists, all[i]);
        CHECK(lists.content(state.versions.back().content) != nullptr);
        acts += state.acts;
        // In force is exactly the newest approved one.
        const bool next_approved =
            i + 1 < all.size() && state_of(lists, all[i + 1]).order.has_value();
        CHECK((state.stage == model::ListStage::replaced) == next_approved);
    }
    return acts;
}

}  // namespace

TEST_CASE("a process killed at any moment of a decision leaves every list whole") {
    const testing::TemporaryFolder folder;
    const storage::RegisterOptions options{.key_file = folder.path() / "audit.key", .clock = {}};
    const auto root = folder.path() / "data";
    { const storage::SqliteRegister newest{storage::Directory::create(root), options}; }
    const auto longest = testing::usual_time([&] { live(root, options, 14); });
    const std::int64_t before = check_whole(root, options);
    const std::int64_t last = testing::kill_rounds(
        rounds, longest, [&] { live(root, options, std::numeric_limits<int>::max()); },
        [&] { return check_whole(root, options); });
    CHECK_MESSAGE(last > before, "no act ever ended: the delays are too short for this machine");
}
