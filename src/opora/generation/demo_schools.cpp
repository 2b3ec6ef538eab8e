#include <fmt/format.h>

#include <array>
#include <string_view>

#include "opora/generation/demo_parts.hpp"
#include "opora/generation/names.hpp"

namespace opora::generation {
namespace {

using model::SchoolType;
using model::SettlementType;

constexpr std::string_view region_id = "r01";
constexpr std::string_view district_id = "m01";

struct DemoLine {
    int number;
    std::string_view name;
    std::string_view settlement_name;
    SchoolType type;
    SettlementType settlement;
    int grade_high;
    int distance_km;
    SchoolKind kind;
    double parallel;
    double context;
    double effect;
    double stays_after_nine;
};

// clang-format off
constexpr std::array<DemoLine, 20> lines{{
    {101, "Звонкоросинковская СОШ № 1", "пгт Звонкоросинково",
     SchoolType::secondary, SettlementType::town, 11, 0, SchoolKind::plain, 58, 0.8, 0.25, 0.62},
    {102, "Звонкоросинковская СОШ № 2", "пгт Звонкоросинково",
     SchoolType::secondary, SettlementType::town, 11, 2, SchoolKind::plain, 47, 0.3, 0.10, 0.55},
    {103, "Звонкоросинковская гимназия", "пгт Звонкоросинково",
     SchoolType::gymnasium, SettlementType::town, 11, 1, SchoolKind::plain, 40, 1.4, 0.45, 0.80},
    {104, "Тихобережковская СОШ", "с. Тихобережково",
     SchoolType::secondary, SettlementType::village, 11, 18, SchoolKind::low, 24, -0.4, -0.85, 0.42},
    {105, "Светлополянковская СОШ", "с. Светлополянково",
     SchoolType::secondary, SettlementType::village, 11, 25, SchoolKind::plain, 22, 0.1, 0.05, 0.58},
    {106, "Медоволужайковская ООШ", "д. Медоволужайково",
     SchoolType::basic, SettlementType::village, 9, 31, SchoolKind::low, 14, -1.1, -0.95, 0},
    {107, "Ручейковская СОШ", "с. Ручейки",
     SchoolType::secondary, SettlementType::village, 9, 14, SchoolKind::low, 23, -0.5, -0.20, 0},
    {108, "Журавлеветерковская СОШ", "с. Журавлеветерково",
     SchoolType::secondary, SettlementType::village, 11, 37, SchoolKind::resilient, 20, -1.6, 0.60, 0.57},
    {109, "Роснососенковская СОШ", "с. Роснососенково",
     SchoolType::secondary, SettlementType::village, 11, 40, SchoolKind::low, 19, -1.3, -1.05, 0.38},
    {110, "Мятноберёзковская СОШ", "с. Мятноберёзково",
     SchoolType::secondary, SettlementType::village, 11, 22, SchoolKind::plain, 16, -0.2, -0.05, 0.52},
    {111, "Клюквокамушковская ООШ", "д. Клюквокамушково",
     SchoolType::basic, SettlementType::village, 9, 46, SchoolKind::low, 13, -0.9, -0.90, 0},
    {112, "Лунноснежинковская СОШ", "с. Лунноснежинково",
     SchoolType::secondary, SettlementType::village, 11, 12, SchoolKind::inflated, 54, -0.1, -0.10, 0.60},
    {113, "Пушистооблачковская ООШ", "д. Пушистооблачково",
     SchoolType::basic, SettlementType::village, 9, 52, SchoolKind::small, 8, -0.5, 0.05, 0},
    {114, "Златоколосинковская СОШ", "с. Златоколосинково",
     SchoolType::secondary, SettlementType::village, 11, 28, SchoolKind::plain, 21, 0.4, 0.15, 0.66},
    {115, "Крутозорьковская СОШ", "с. Крутозорьково",
     SchoolType::secondary, SettlementType::village, 11, 33, SchoolKind::low, 20, -0.9, -0.90, 0.45},
    {116, "Радужнолисточковская ООШ", "д. Радужнолисточково",
     SchoolType::basic, SettlementType::village, 9, 61, SchoolKind::small, 6, -0.8, 0.00, 0},
    {117, "Моховотропинковская СОШ", "с. Моховотропинково",
     SchoolType::secondary, SettlementType::village, 11, 44, SchoolKind::low, 17, -0.7, -0.85, 0.36},
    {118, "Пчелоискорковская ООШ", "д. Пчелоискорково",
     SchoolType::basic, SettlementType::village, 9, 57, SchoolKind::small, 7, -0.3, 0.10, 0},
    {119, "Снежнородничковская СОШ", "с. Снежнородничково",
     SchoolType::secondary, SettlementType::village, 11, 26, SchoolKind::plain, 15, 0.0, 0.00, 0.47},
    {120, "Дальнепёрышковская НОШ", "д. Дальнепёрышково",
     SchoolType::primary, SettlementType::village, 4, 69, SchoolKind::small, 6, -0.6, 0.05, 0},
}};
// clang-format on

SchoolProfile profile_of(const DemoLine& line) {
    SchoolProfile profile;
    profile.number = line.number;
    profile.kind = line.kind;
    profile.parallel = line.parallel;
    profile.context = line.context;
    profile.effect = line.effect;
    profile.stays_after_nine = line.stays_after_nine;
    profile.holds_everything = true;
    model::School& school = profile.school;
    school.id.value = fmt::format("edu{:06}", line.number);
    school.name = line.name;
    school.territory.value = district_id;
    school.type = line.type;
    school.login = school.id.value;
    school.rcoi_code = fmt::format("99{:04}", line.number);
    school.address = fmt::format("{} (вымышленное место)", line.settlement_name);
    school.head = staff_name(line.number);
    school.settlement = line.settlement;
    school.distance_km = line.distance_km;
    school.grade_low = 1;
    school.grade_high = line.grade_high;
    return profile;
}

}  // namespace

TerritorySpec demo_spec() {
    return {.schools = static_cast<std::int32_t>(lines.size()),
            .first = demo_first_year,
            .last = demo_last_year,
            .seed = 20'24,
            .annual_marks = true};
}

std::vector<model::Territory> demo_territories() {
    return {
        {{std::string{region_id}}, model::TerritoryLevel::region, "Вымышленная область", {}, {}},
        {{std::string{district_id}},
         model::TerritoryLevel::municipality,
         "Ручейковский район (вымышленный)",
         {std::string{region_id}},
         {}}};
}

std::vector<SchoolProfile> demo_profiles() {
    std::vector<SchoolProfile> profiles;
    for (const DemoLine& line : lines) profiles.push_back(profile_of(line));
    // The school of the documentation's example: 25 pupils in grade 5 and 19 in grade 9 of 2024.
    SchoolProfile& example = profiles[6];
    example.cohort_sizes = {{2024 - 5, 25}, {2024 - 9, 19}};
    return profiles;
}

}  // namespace opora::generation
