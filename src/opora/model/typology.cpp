#include "opora/model/typology.hpp"

namespace opora::model {

std::string_view code(SchoolGroup group) {
    switch (group) {
        case SchoolGroup::struggling:
            return "struggling";
        case SchoolGroup::ineffective:
            return "ineffective";
        case SchoolGroup::resilient:
            return "resilient";
        case SchoolGroup::leading:
            return "leading";
        case SchoolGroup::ordinary:
            return "ordinary";
        case SchoolGroup::unknown:
            return "unknown";
    }
    return "";
}

std::string_view title(SchoolGroup group) {
    switch (group) {
        case SchoolGroup::struggling:
            return "борющаяся";
        case SchoolGroup::ineffective:
            return "неэффективная";
        case SchoolGroup::resilient:
            return "резильентная";
        case SchoolGroup::leading:
            return "лидер";
        case SchoolGroup::ordinary:
            return "обычная";
        case SchoolGroup::unknown:
            return "не определён";
    }
    return "";
}

std::string_view code(Resilience resilience) {
    switch (resilience) {
        case Resilience::yes:
            return "yes";
        case Resilience::no:
            return "no";
        case Resilience::unknown:
            return "unknown";
    }
    return "";
}

std::string_view title(Resilience resilience) {
    switch (resilience) {
        case Resilience::yes:
            return "да";
        case Resilience::no:
            return "нет";
        case Resilience::unknown:
            return "неизвестно";
    }
    return "";
}

}  // namespace opora::model
