#include "opora/wording/list_words.hpp"

#include <fmt/format.h>

namespace opora::wording {

namespace {

struct Words {
    const SchoolNames& school;

    std::string operator()(const model::Drafted& one) const {
        return fmt::format("методика {}, {} учебный год", one.methodology.value,
                           model::title(one.year));
    }
    std::string operator()(const model::Renewed& one) const { return one.reason; }
    std::string operator()(const model::Published& one) const {
        return fmt::format("возражения принимаются по {}", model::title(one.appeals_until));
    }
    std::string operator()(const model::Acknowledged& one) const { return school(one.school); }
    std::string operator()(const model::Appealed& one) const {
        return fmt::format("№ {}, {}", one.appeal, school(one.school));
    }
    std::string operator()(const model::Attached& one) const {
        return fmt::format("№ {}: {}", one.appeal, one.file.name);
    }
    std::string operator()(const model::Decided& one) const {
        return fmt::format("№ {}: {}. {}", one.appeal, one.granted ? "удовлетворено" : "отказано",
                           one.reason);
    }
    std::string operator()(const model::Approved& one) const {
        std::string text =
            fmt::format("приказ № {} от {}", one.order.number, model::title(one.order.date));
        if (!one.early_reason.empty()) text += ", до конца срока возражений: " + one.early_reason;
        return text;
    }
    std::string operator()(const model::Replaced& one) const {
        return fmt::format("перечень № {}", one.by.value);
    }
    std::string operator()(const model::Discarded& one) const { return one.reason; }
    std::string operator()(const model::Withdrawn& one) const {
        return fmt::format("№ {}{}{}", one.appeal, one.reason.empty() ? "" : ": ", one.reason);
    }
};

}  // namespace

std::string deed_words(const model::ListDeed& deed, const SchoolNames& school) {
    return std::visit(Words{school}, deed);
}

}  // namespace opora::wording
