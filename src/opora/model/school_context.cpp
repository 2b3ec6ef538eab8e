#include "opora/model/school_context.hpp"

#include <array>

namespace opora::model {

namespace {

constexpr std::array methods{IndexMethod::equal, IndexMethod::expert, IndexMethod::component,
                             IndexMethod::regression};
constexpr std::array readings{IndexReading::four_shares, IndexReading::one_share};

}  // namespace

std::string_view code(IndexMethod method) {
    switch (method) {
        case IndexMethod::equal:
            return "equal";
        case IndexMethod::expert:
            return "expert";
        case IndexMethod::component:
            return "component";
        case IndexMethod::regression:
            return "regression";
    }
    return "";
}

std::string_view title(IndexMethod method) {
    switch (method) {
        case IndexMethod::equal:
            return "равные веса";
        case IndexMethod::expert:
            return "экспертные веса";
        case IndexMethod::component:
            return "первая главная компонента";
        case IndexMethod::regression:
            return "связь с результатами";
    }
    return "";
}

std::optional<IndexMethod> index_method(std::string_view text) {
    for (const IndexMethod method : methods) {
        if (code(method) == text) return method;
    }
    return std::nullopt;
}

std::string_view code(IndexReading reading) {
    return reading == IndexReading::four_shares ? "four" : "one";
}

std::string_view title(IndexReading reading) {
    return reading == IndexReading::four_shares ? "четыре доли" : "одна доля";
}

std::optional<IndexReading> index_reading(std::string_view text) {
    for (const IndexReading reading : readings) {
        if (code(reading) == text) return reading;
    }
    return std::nullopt;
}

std::string_view code(ResultGrouping grouping) {
    return grouping == ResultGrouping::cohort ? "cohort" : "procedure";
}

std::optional<ResultGrouping> result_grouping(std::string_view text) {
    for (const auto grouping : {ResultGrouping::cohort, ResultGrouping::procedure}) {
        if (code(grouping) == text) return grouping;
    }
    return std::nullopt;
}

std::string_view code(ContextBand band) {
    switch (band) {
        case ContextBand::unknown:
            return "unknown";
        case ContextBand::above:
            return "above";
        case ContextBand::expected:
            return "expected";
        case ContextBand::below:
            return "below";
    }
    return "";
}

std::string_view title(ContextBand band) {
    switch (band) {
        case ContextBand::unknown:
            return "нет оценки";
        case ContextBand::above:
            return "значимо выше ожидаемого";
        case ContextBand::expected:
            return "как ожидается";
        case ContextBand::below:
            return "значимо ниже ожидаемого";
    }
    return "";
}

}  // namespace opora::model
