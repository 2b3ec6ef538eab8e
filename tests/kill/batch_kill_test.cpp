#include <doctest/doctest.h>
#include <fmt/format.h>

#include <limits>
#include <map>

#include "contract/register_store_contract.hpp"
#include "opora/application/importing.hpp"
#include "opora/main/local_store.hpp"
#include "support/kill_rounds.hpp"
#include "support/temporary_folder.hpp"

using namespace opora;

namespace {

constexpr std::int64_t files_per_batch = 3;
constexpr int rounds = 20;

/// Imports batches of files that belong together, as the server does: marked, file by file, done.
void import_batches(const std::filesystem::path& root, int batches) {
    const auto store = main::open_local_store(root, ports::OpenMode::create);
    const auto before = static_cast<int>(store->register_store().imports().size());
    for (int number = 0; number < batches; ++number) {
        const std::string batch = fmt::format("batch {}-{}", before, number);
        application::open_batch(*store, batch, "test");
        for (std::int64_t file = 0; file < files_per_batch; ++file) {
            auto receipt = contract::sample_receipt("schools");
            receipt.batch = batch;
            const auto name = fmt::format("{}, файл {}", batch, file);
            store->register_store().import(
                contract::schools_only(
                    {contract::sample_school(std::to_string(1'000 + file).c_str(), name.c_str())}),
                false, receipt);
        }
        application::close_batch(*store, "test");
    }
}

/// How many imports of each batch are in force.
std::map<std::string, std::int64_t> in_force(ports::Store& store) {
    std::map<std::string, std::int64_t> counts;
    for (const ports::ImportReceipt& one : store.register_store().imports())
        if (!one.undone) ++counts[one.batch];
    return counts;
}

/// Every batch is there with all its files, the rows are those of the last; how many batches.
std::int64_t check_whole(const std::filesystem::path& root) {
    const auto store = main::open_local_store(root, ports::OpenMode::create);
    const auto counts = in_force(*store);
    for (const auto& [batch, count] : counts) CHECK(count == files_per_batch);
    std::string last;
    for (const auto& one : store->register_store().imports())
        if (!one.undone) last = one.batch;
    for (const model::School& school : store->register_store().rows().schools)
        CHECK(school.name.starts_with(last + ","));
    return static_cast<std::int64_t>(counts.size());
}

}  // namespace

TEST_CASE("a process killed among files that belong together leaves all of them or none") {
    const testing::TemporaryFolder folder;
    const auto key = folder.path() / "audit.key";
    ::setenv("OPORA_KEY_FILE", key.c_str(), 1);
    const auto root = folder.path() / "data";
    const auto longest =
        2 * testing::usual_time([&] { import_batches(folder.path() / "trial", 2); });
    const std::int64_t whole = testing::kill_rounds(
        rounds, longest, [&] { import_batches(root, std::numeric_limits<int>::max()); },
        [&] { return check_whole(root); });
    CHECK_MESSAGE(whole > 0, "no batch ever ended: the delays are too short for this machine");
}
