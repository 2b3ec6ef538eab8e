#include "opora/documents/list_json.hpp"

#include <doctest/doctest.h>

#include "support/golden.hpp"
#include "support/sample_listings.hpp"

namespace opora::documents {

TEST_CASE("an explanation as JSON keeps exact shares and says why a value is missing") {
    const auto list = testing::sample_list();
    testing::check_golden("documents/explanation.json",
                          explanation_json(list.listings[0], wording::heading_of(list)));
}

TEST_CASE("a list as JSON holds every school with its outcome, unknown probability as null") {
    model::SchoolList list = testing::sample_list();
    list.listings.front().findings.clear();
    testing::check_golden("documents/list.json", list_json(list));
}

}  // namespace opora::documents
