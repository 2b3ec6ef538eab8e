#pragma once

#include <span>

#include "opora/indicators/evidence.hpp"
#include "opora/model/scale.hpp"
#include "opora/objectivity/detail_table.hpp"
#include "opora/objectivity/row.hpp"

namespace opora::objectivity {

/// Whom a school is compared with: ordinary schools (no gymnasiums, no lyceums) of its region, or
/// of its cluster.
enum class Reference : std::uint8_t { region, cluster };

/// All that signs are looked for in.
struct Material {
    const indicators::Evidence& evidence;
    const DetailTable& details;
    std::span<const model::Scale> scales;  ///< Official ones.
    model::SchoolYear year;
    Reference reference = Reference::region;
};

/// The number of a school's group of reference; groups of one kind are counted from 0.
inline std::uint32_t group_of(const Material& material, SchoolNumber school) {
    return material.reference == Reference::cluster
               ? material.evidence.cluster(school)
               : material.evidence.territory(school, indicators::Scope::region);
}

/// Whether a procedure is the ВПР of a year in its main period.
inline bool is_vpr(const model::Procedure& procedure, model::SchoolYear year) {
    return procedure.type == model::ProcedureType::vpr && procedure.year == year &&
           procedure.period == model::Period::main;
}

inline bool is_special(const model::School& school) {
    return school.type == model::SchoolType::gymnasium || school.type == model::SchoolType::lyceum;
}

/// Participants below which a mean is not compared (ФИОКО 2026, direction 7).
constexpr std::int32_t participants_min = 10;
/// Schools below which nothing is said about how schools differ.
constexpr std::int64_t schools_min = 10;

}  // namespace opora::objectivity
