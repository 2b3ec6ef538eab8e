#pragma once

#include <cstdint>
#include <string>

namespace opora::generation {

/// The parts of an invented place: «Ручейковская», «Ручейковский», «Ручейково».
struct PlaceName {
    std::string feminine;    ///< Adjective of a school: «Ручейковская».
    std::string masculine;   ///< Adjective of a district: «Ручейковский».
    std::string settlement;  ///< «Ручейково».
};

/// The invented place of a number. Built from two invented halves, so that neighbours differ; after
/// all pairs are used the names repeat, and a school's number tells them apart.
PlaceName place_name(std::uint64_t seed, std::int64_t number);

/// «Ручейковский район (вымышленный)» of a municipality, numbered from 0.
std::string municipality_name(std::uint64_t seed, std::int32_t municipality);

/// «Вымышленная область № 3», numbered from 0.
std::string region_name(std::int32_t region);

/// An invented name of a member of staff: «Вымышленная Анна Ивановна (7)»; nobody is called so.
std::string staff_name(std::int64_t number);

}  // namespace opora::generation
