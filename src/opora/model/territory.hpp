#pragma once

#include <cstdint>
#include <string>

#include "opora/model/identifier.hpp"

namespace opora::model {

enum class TerritoryLevel : std::uint8_t { country, region, municipality };

struct Territory {
    TerritoryId id;
    TerritoryLevel level = TerritoryLevel::municipality;
    std::string name;
    TerritoryId parent;  ///< Empty at the top.
    std::string code;    ///< ОКТМО or the regional code; may be empty.

    friend bool operator==(const Territory&, const Territory&) = default;
};

}  // namespace opora::model
