#include "opora/model/measurement.hpp"

namespace opora::model {

std::string_view code(Unit unit) {
    switch (unit) {
        case Unit::share:
            return "share";
        case Unit::points:
            return "points";
        case Unit::score:
            return "score";
        case Unit::mark:
            return "mark";
        case Unit::count:
            return "count";
        case Unit::years:
            return "years";
        case Unit::number:
            return "number";
    }
    return "number";
}

std::string_view title(Missing missing) {
    switch (missing) {
        case Missing::none:
            return "есть значение";
        case Missing::not_held:
            return "процедура не проводилась";
        case Missing::not_applicable:
            return "не относится к школе";
        case Missing::too_few_results:
            return "слишком мало результатов";
        case Missing::no_data:
            return "нет данных";
        case Missing::no_scale:
            return "нет шкалы или минимального балла";
        case Missing::no_reference:
            return "нет значения для сравнения";
        case Missing::marked:
            return "результат с признаками необъективности, не учитывается";
    }
    return "";
}

}  // namespace opora::model
