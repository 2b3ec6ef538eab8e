#include "opora/model/listing.hpp"

#include <doctest/doctest.h>

namespace opora::model {

TEST_CASE("both limits of reliability belong to the class above") {
    struct Row {
        Verdict verdict;
        std::optional<double> probability;
        Reliability reliability;
    };
    for (const Row& row : {
             Row{Verdict::listed, 1.0, Reliability::sure},
             Row{Verdict::listed, 0.8, Reliability::sure},
             Row{Verdict::listed, 0.7999, Reliability::unsure},
             Row{Verdict::listed, 0.0, Reliability::unsure},
             Row{Verdict::listed, std::nullopt, Reliability::none},
             Row{Verdict::not_listed, 0.2, Reliability::borderline},
             Row{Verdict::not_listed, 0.1999, Reliability::none},
             Row{Verdict::watch, 0.2, Reliability::borderline},
             Row{Verdict::watch, 0.1999, Reliability::none},
             Row{Verdict::not_listed, std::nullopt, Reliability::none},
             Row{Verdict::unknown, std::nullopt, Reliability::no_data},
             Row{Verdict::excluded, std::nullopt, Reliability::none},
         }) {
        CAPTURE(code(row.verdict));
        CHECK(reliability(row.verdict, row.probability) == row.reliability);
    }
}

}  // namespace opora::model
