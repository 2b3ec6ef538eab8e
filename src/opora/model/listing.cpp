#include "opora/model/listing.hpp"

namespace opora::model {

std::string_view code(Verdict verdict) {
    switch (verdict) {
        case Verdict::listed:
            return "listed";
        case Verdict::watch:
            return "watch";
        case Verdict::not_listed:
            return "not_listed";
        case Verdict::unknown:
            return "unknown";
        case Verdict::excluded:
            return "excluded";
    }
    return "unknown";
}

std::string_view title(Verdict verdict) {
    switch (verdict) {
        case Verdict::listed:
            return "включена в перечень";
        case Verdict::watch:
            return "под наблюдением";
        case Verdict::not_listed:
            return "не включена";
        case Verdict::unknown:
            return "недостаточно данных";
        case Verdict::excluded:
            return "не рассматривается";
    }
    return "";
}

std::string_view code(Outcome outcome) {
    switch (outcome) {
        case Outcome::met:
            return "met";
        case Outcome::not_met:
            return "not_met";
        case Outcome::unknown:
            return "unknown";
        case Outcome::not_applicable:
            return "not_applicable";
    }
    return "unknown";
}

std::string_view code(Reliability reliability) {
    switch (reliability) {
        case Reliability::none:
            return "none";
        case Reliability::sure:
            return "sure";
        case Reliability::unsure:
            return "unsure";
        case Reliability::borderline:
            return "borderline";
        case Reliability::no_data:
            return "no_data";
    }
    return "none";
}

std::string_view code(PriorSource source) {
    switch (source) {
        case PriorSource::territory:
            return "territory";
        case PriorSource::imported:
            return "imported";
        case PriorSource::few_schools:
            return "few_schools";
    }
    return "territory";
}

Reliability reliability(Verdict verdict, std::optional<double> probability) {
    if (verdict == Verdict::unknown) return Reliability::no_data;
    if (!probability || verdict == Verdict::excluded) return Reliability::none;
    if (verdict == Verdict::listed) {
        return *probability >= sure_from ? Reliability::sure : Reliability::unsure;
    }
    return *probability >= borderline_from ? Reliability::borderline : Reliability::none;
}

}  // namespace opora::model
