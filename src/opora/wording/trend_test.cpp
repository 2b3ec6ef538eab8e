#include "opora/wording/trend.hpp"

#include <doctest/doctest.h>

#include <optional>

namespace opora::wording {

namespace {

using model::Measurement;
using model::Unit;

/// Values in tenths of a percent from 2021 on; nothing for a year without a value.
YearValues tenths(const std::vector<std::optional<int>>& values) {
    YearValues series;
    model::SchoolYear year{2021};
    for (const auto& value : values) {
        series.emplace_back(year, value ? Measurement::of(*value, 1000, 1000)
                                        : Measurement::absent(model::Missing::not_held));
        year = year + 1;
    }
    return series;
}

}  // namespace

TEST_CASE("S4.2: a series that falls three years and then rises is not «falling every year»") {
    const YearValues quality = tenths({526, 473, 435, 438});
    CHECK(values_by_year(quality, Unit::share) == "2021–2024: 52,6; 47,3; 43,5; 43,8\u00a0%");
    CHECK(trend_sentence(quality, Unit::share) ==
          "За период ниже на 8,8\u00a0п.п., но не каждый год: в 2024 году рост на 0,3\u00a0п.п.");
}

TEST_CASE("what the numbers say of the direction") {
    struct Row {
        std::vector<std::optional<int>> values;
        const char* sentence;
    };
    const std::vector<Row> rows{
        {{}, ""},
        {{500}, ""},
        {{std::nullopt, std::nullopt}, ""},
        {{500, 500, 500}, "За период не изменилось."},
        {{500, 490, 480}, "Снижается каждый год, за период на 2,0\u00a0п.п."},
        {{480, 490, 500}, "Растёт каждый год, за период на 2,0\u00a0п.п."},
        {{480, std::nullopt, 500}, "За период выше на 2,0\u00a0п.п."},
        {{480, std::nullopt, 490, 500}, "За период выше на 2,0\u00a0п.п."},
        {{480, 500}, "За период выше на 2,0\u00a0п.п."},
        {{480, 480, 500},
         "За период выше на 2,0\u00a0п.п., но не каждый год: в 2022 году без изменений."},
        {{480, 500, 480},
         "За период не изменилось: в 2022 году рост на 2,0\u00a0п.п., в 2023 году снижение на "
         "2,0\u00a0п.п."},
    };
    for (const Row& row : rows) {
        CAPTURE(row.sentence);
        CHECK(trend_sentence(tenths(row.values), Unit::share) == row.sentence);
    }
}

TEST_CASE("a step is the difference of the printed numbers, so that the text agrees with itself") {
    // 49,95 and 50,04 are printed as 50,0: nobody sees a change.
    const YearValues equal{{{2021}, Measurement::of(4995, 10'000, 10'000)},
                           {{2022}, Measurement::of(5004, 10'000, 10'000)}};
    CHECK(values_by_year(equal, Unit::share) == "2021–2022: 50,0; 50,0\u00a0%");
    CHECK(trend_sentence(equal, Unit::share) == "За период не изменилось.");
    // 49,94 and 50,05: 49,9 and 50,1.
    const YearValues apart{{{2021}, Measurement::of(4994, 10'000, 10'000)},
                           {{2022}, Measurement::of(5005, 10'000, 10'000)}};
    CHECK(trend_sentence(apart, Unit::share) == "За период выше на 0,2\u00a0п.п.");
}

TEST_CASE("counts are whole, marks have two decimals, a missing year says why") {
    const YearValues people{{{2021}, Measurement::of(1441, 1, 20)},
                            {{2022}, Measurement::of(1440, 1, 20)}};
    CHECK(values_by_year(people, Unit::count) == "2021–2022: 1\u00a0441; 1\u00a0440");
    CHECK(trend_sentence(people, Unit::count) == "За период ниже на 1.");
    const YearValues marks{{{2021}, Measurement::of(311, 90, 90)},
                           {{2022}, Measurement::absent(model::Missing::not_held)},
                           {{2023}, Measurement::of(360, 90, 90)}};
    CHECK(values_by_year(marks, Unit::mark) == "2021–2023: 3,46; процедура не проводилась; 4,00");
    CHECK(trend_sentence(marks, Unit::mark) == "За период выше на 0,54.");
}

}  // namespace opora::wording
