#include "opora/cli/territory.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace opora::cli {
namespace {

model::Territory territory(const char* id, const char* name) {
    return {.id = {id}, .name = name, .parent = {}, .code = {}};
}

TEST_CASE("a territory of the register, or none, is accepted") {
    const std::vector known{territory("1", "Первый район")};
    CHECK(expect_territory(std::nullopt, known).has_value());
    CHECK(expect_territory("1", known).has_value());
}

TEST_CASE("a misspelt territory is refused with those there are, the one meant by name first") {
    const std::vector known{territory("1", "А"), territory("2", "Б"), territory("3", "В"),
                            territory("4", "Г"), territory("5", "Д"), territory("6", "Лесной")};
    const auto refused = expect_territory("Лесной", known);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == "territory_unknown");
    CHECK(refused.error().found == "Лесной");
    CHECK(refused.error().expected == "6 (Лесной), 1 (А), 2 (Б), 3 (В), 4 (Г) и ещё 1");
}

TEST_CASE("without territories in the register the refusal says so") {
    CHECK(expect_territory("1", std::span<const model::Territory>{}).error().expected ==
          "в реестре территорий нет");
}

}  // namespace
}  // namespace opora::cli
