#include "opora/generation/names.hpp"

#include <array>
#include <string_view>

#include "opora/generation/random.hpp"

namespace opora::generation {
namespace {

constexpr std::array<std::string_view, 24> first_halves{
    "Тихо",  "Светло", "Шелесто", "Звонко", "Беломохо", "Синелисто", "Медово",  "Ярко",
    "Тёпло", "Дальне", "Росно",   "Круто",  "Мохово",   "Лисье",     "Пчело",   "Журавле",
    "Лунно", "Снежно", "Злато",   "Клюкво", "Громко",   "Пушисто",   "Радужно", "Мятно"};
constexpr std::array<std::string_view, 20> second_halves{
    "ручейк",  "бережк",  "росинк", "полянк",  "тропинк", "ветерк", "колосинк",
    "листочк", "родничк", "лужайк", "сосенк",  "камушк",  "облачк", "зорьк",
    "снежинк", "берёзк",  "искорк", "капельк", "травинк", "пёрышк"};
constexpr std::array<std::string_view, 8> given_names{"Анна", "Ольга", "Мария", "Нина",
                                                      "Вера", "Ирина", "Елена", "Дарья"};
constexpr std::array<std::string_view, 6> patronymics{"Ивановна",   "Петровна", "Сергеевна",
                                                      "Николаевна", "Павловна", "Олеговна"};

}  // namespace

PlaceName place_name(std::uint64_t seed, std::int64_t number) {
    constexpr auto pairs = static_cast<std::int64_t>(first_halves.size() * second_halves.size());
    Random random{{seed, 0x6E616D65}};
    // A step that has no divisor in common with the number of pairs visits all of them before one
    // repeats.
    constexpr std::int64_t step = 157;
    const std::int64_t pair = (random.below(pairs) + number * step) % pairs;
    const auto rows = static_cast<std::int64_t>(second_halves.size());
    std::string stem{first_halves[static_cast<std::size_t>(pair / rows)]};
    stem += second_halves[static_cast<std::size_t>(pair % rows)];
    return {stem + "овская", stem + "овский", stem + "ово"};
}

std::string municipality_name(std::uint64_t seed, std::int32_t municipality) {
    // Far from the numbers of schools, so that a district rarely bears the name of its first
    // school.
    return place_name(seed, 1'000'003 + municipality).masculine + " район (вымышленный)";
}

std::string region_name(std::int32_t region) {
    return "Вымышленная область № " + std::to_string(region + 1);
}

std::string staff_name(std::int64_t number) {
    const auto at = static_cast<std::size_t>(number);
    std::string name{"Вымышленная "};
    name += given_names[at % given_names.size()];
    name += ' ';
    name += patronymics[at / given_names.size() % patronymics.size()];
    return name + " (" + std::to_string(number) + ")";
}

}  // namespace opora::generation
