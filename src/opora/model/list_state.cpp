#include "opora/model/list_state.hpp"

#include <array>

namespace opora::model {

namespace {

struct Name {
    std::string_view code;
    std::string_view title;
};

/// In the order of the alternatives of ListDeed.
constexpr std::array<Name, std::variant_size_v<ListDeed>> deeds{{
    {"drafted", "Составлен проект"},
    {"renewed", "Пересчитан по новым данным"},
    {"published", "Опубликован предварительный перечень"},
    {"acknowledged", "Школа ознакомлена"},
    {"appealed", "Подано возражение"},
    {"attached", "К возражению приложен файл"},
    {"decided", "Принято решение по возражению"},
    {"approved", "Утверждён приказом"},
    {"replaced", "Заменён новым перечнем"},
    {"discarded", "Проект удалён"},
    {"withdrawn", "Возражение отозвано"},
}};

}  // namespace

std::string_view code(const ListDeed& deed) { return deeds[deed.index()].code; }

std::string_view title(const ListDeed& deed) { return deeds[deed.index()].title; }

std::string_view code(ListStage stage) {
    switch (stage) {
        case ListStage::draft:
            return "draft";
        case ListStage::preliminary:
            return "preliminary";
        case ListStage::decided:
            return "decided";
        case ListStage::approved:
            return "approved";
        case ListStage::replaced:
            return "replaced";
        case ListStage::discarded:
            return "discarded";
    }
    return "draft";
}

std::string_view title(ListStage stage) {
    switch (stage) {
        case ListStage::draft:
            return "Проект";
        case ListStage::preliminary:
            return "Предварительный";
        case ListStage::decided:
            return "Возражения рассмотрены";
        case ListStage::approved:
            return "Утверждён";
        case ListStage::replaced:
            return "Заменён";
        case ListStage::discarded:
            return "Удалён";
    }
    return "";
}

}  // namespace opora::model
