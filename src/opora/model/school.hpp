#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "opora/base/fraction.hpp"
#include "opora/model/identifier.hpp"
#include "opora/model/school_year.hpp"

namespace opora::model {

enum class SchoolType : std::uint8_t {
    primary,    ///< НОШ
    basic,      ///< ООШ
    secondary,  ///< СОШ
    gymnasium,
    lyceum,
    evening,
    correctional,
    boarding,
};

enum class SettlementType : std::uint8_t { unknown, city, town, village };

/// A school as the register knows it.
struct School {
    SchoolId id;
    std::string name;
    TerritoryId territory;
    SchoolType type = SchoolType::secondary;
    std::string login;      ///< «edu000107»; a second key of ВПР files.
    std::string rcoi_code;  ///< Код ОО of exam lists; a second key of ОГЭ/ЕГЭ files.
    std::string inn;
    std::string address;  ///< Settlement name.
    std::string head;     ///< Name of the head, staff register only; shown in letters.
    SettlementType settlement = SettlementType::unknown;
    std::optional<std::int32_t> distance_km;  ///< To the district centre.
    std::optional<std::int32_t> grade_low;    ///< Lowest grade taught.
    std::optional<std::int32_t> grade_high;   ///< Highest grade taught.
    std::optional<SchoolYear> opened;         ///< First school year of results that count.
    std::optional<SchoolYear> closed;         ///< Last school year.
    SchoolId successor;                       ///< Empty unless merged or renamed.

    friend bool operator==(const School&, const School&) = default;
};

/// The grades a school teaches: its own entry, else what its type implies (НОШ 1-4, ООШ 1-9, others
/// 1-11).
int grade_low(const School& school);
int grade_high(const School& school);

}  // namespace opora::model
