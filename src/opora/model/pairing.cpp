#include "opora/model/pairing.hpp"

namespace opora::model {

std::string_view code(PairBar bar) {
    switch (bar) {
        case PairBar::none:
            return "none";
        case PairBar::leader_listed:
            return "leader_listed";
        case PairBar::leader_unjudged:
            return "leader_unjudged";
        case PairBar::leader_marked:
            return "leader_marked";
        case PairBar::leader_closed:
            return "leader_closed";
        case PairBar::no_result:
            return "no_result";
        case PairBar::leader_low:
            return "leader_low";
        case PairBar::other_kind:
            return "other_kind";
        case PairBar::not_comparable:
            return "not_comparable";
        case PairBar::outside_caliper:
            return "outside_caliper";
        case PairBar::not_higher:
            return "not_higher";
        case PairBar::other_place:
            return "other_place";
        case PairBar::too_far:
            return "too_far";
        case PairBar::way_unknown:
            return "way_unknown";
    }
    return "";
}

std::string_view title(PairBar bar) {
    switch (bar) {
        case PairBar::none:
            return "";
        case PairBar::leader_listed:
            return "школа-лидер сама в перечне";
        case PairBar::leader_unjudged:
            return "о школе-лидере методика не сделала вывода: данных недостаточно";
        case PairBar::leader_marked:
            return "у школы-лидера признаки необъективности";
        case PairBar::leader_closed:
            return "школа-лидер закрыта или закрывается";
        case PairBar::no_result:
            return "нет результатов года";
        case PairBar::leader_low:
            return "результаты школы-лидера ниже предела";
        case PairBar::other_kind:
            return "другие ступени или особый тип школы";
        case PairBar::not_comparable:
            return "условия известны не полностью";
        case PairBar::outside_caliper:
            return "условия слишком различаются";
        case PairBar::not_higher:
            return "разрыв результатов мал или не доказан";
        case PairBar::other_place:
            return "другой муниципалитет, чем задано";
        case PairBar::too_far:
            return "слишком далеко";
        case PairBar::way_unknown:
            return "расстояние неизвестно";
    }
    return "";
}

std::string_view code(PairState state) {
    switch (state) {
        case PairState::proposed:
            return "proposed";
        case PairState::pinned:
            return "pinned";
    }
    return "";
}

std::string_view title(PairState state) {
    switch (state) {
        case PairState::proposed:
            return "предложена";
        case PairState::pinned:
            return "закреплена";
    }
    return "";
}

std::string_view code(UnpairedReason reason) {
    switch (reason) {
        case UnpairedReason::no_result:
            return "no_result";
        case UnpairedReason::no_context:
            return "no_context";
        case UnpairedReason::no_leaders:
            return "no_leaders";
        case UnpairedReason::outside_caliper:
            return "outside_caliper";
        case UnpairedReason::none_higher:
            return "none_higher";
        case UnpairedReason::none_near:
            return "none_near";
        case UnpairedReason::banned:
            return "banned";
        case UnpairedReason::at_capacity:
            return "at_capacity";
    }
    return "";
}

std::string_view title(UnpairedReason reason) {
    switch (reason) {
        case UnpairedReason::no_result:
            return "нет своих результатов за год";
        case UnpairedReason::no_context:
            return "мало сведений о своих условиях";
        case UnpairedReason::no_leaders:
            return "ни одна школа не может быть лидером";
        case UnpairedReason::outside_caliper:
            return "нет школ в сходных условиях";
        case UnpairedReason::none_higher:
            return "в сходных условиях нет школ с намного более высокими результатами";
        case UnpairedReason::none_near:
            return "подходящие школы далеко или не в том муниципалитете";
        case UnpairedReason::banned:
            return "все подходящие школы исключены вручную";
        case UnpairedReason::at_capacity:
            return "у всех подходящих школ заняты места";
    }
    return "";
}

}  // namespace opora::model
