#include "opora/intake/kinds/territory_index.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace opora;
using namespace opora::intake;

TEST_CASE("names of territories are compared without the words that only some write") {
    struct Row {
        const char* left;
        const char* right;
        bool same;
    };
    for (const Row& row :
         std::vector<Row>{{"Ручейков", "г. Ручейков", true},
                          {"Ручейков", "город  Ручейков", true},
                          {"Ручейков", "г.о. Ручейков", true},
                          {"Ручейков", "Городской округ «Город Ручейков»", true},
                          {"Ручейковский район", "Ручейковский муниципальный район", true},
                          {"Ручейковский район", "Ручейковский р-н", true},
                          {"Ручейковский район", "МО «Район Ручейковский»", true},
                          {"Озёрная область", " ОЗЕРНАЯ  обл.", true},
                          {"Республика Лесная", "Лесная Республика", true},
                          {"Ручейков", "Ручейковский район", false},
                          {"Ручейковский округ", "Ручейковский район", false},
                          {"Город", "Городской округ", false}}) {
        CAPTURE(row.left);
        CAPTURE(row.right);
        CHECK((territory_key(row.left) == territory_key(row.right)) == row.same);
    }
}

TEST_CASE("an exact name is found before a similar one, and two similar ones are none") {
    const std::vector<model::Territory> territories{{.id = {"city"}, .name = "Город Ручейков"},
                                                    {.id = {"bare"}, .name = "Ручейков"},
                                                    {.id = {"lake"}, .name = "г. Озёрск"}};
    const TerritoryIndex index{territories};
    CHECK(index.find("Ручейков") == model::TerritoryId{"bare"});
    CHECK(index.find("город ручейков") == model::TerritoryId{"city"});
    CHECK_FALSE(index.find("г. Ручейков"));
    CHECK(index.find("ОЗЕРСК") == model::TerritoryId{"lake"});
    CHECK_FALSE(index.find("Заречный"));
}
