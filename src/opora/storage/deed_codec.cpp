#include <array>

#include "opora/storage/json_codes.hpp"
#include "opora/storage/list_codec.hpp"

namespace opora::storage {

namespace {

// A pair of functions for every deed: its details, and the deed of them.

Json details(const model::Drafted& deed) {
    return {{"content", deed.content},
            {"snapshot", deed.snapshot},
            {"methodology", deed.methodology.value},
            {"version", deed.version},
            {"year", deed.year.ending},
            {"territory", deed.territory.value}};
}
void read(const Json& json, model::Drafted& deed) {
    deed = {.content = json.at("content"),
            .snapshot = json.at("snapshot"),
            .methodology = {json.at("methodology")},
            .version = json.at("version"),
            .year = {json.at("year")},
            .territory = {json.at("territory")}};
}

Json details(const model::Renewed& deed) {
    return {{"content", deed.content}, {"snapshot", deed.snapshot}, {"reason", deed.reason}};
}
void read(const Json& json, model::Renewed& deed) {
    deed = {json.at("content"), json.at("snapshot"), json.at("reason")};
}

model::Date read_date(const Json& json) {
    const std::string text = json.get<std::string>();
    const auto date = model::date_of(text);
    if (!date) fail_corrupt_value(text);
    return *date;
}

Json details(const model::Published& deed) {
    return {{"appeals_until", model::iso(deed.appeals_until)}};
}
void read(const Json& json, model::Published& deed) {
    deed.appeals_until = read_date(json.at("appeals_until"));
}

Json details(const model::Acknowledged& deed) { return {{"school", deed.school.value}}; }
void read(const Json& json, model::Acknowledged& deed) { deed.school = {json.at("school")}; }

Json details(const model::Appealed& deed) {
    return {{"appeal", deed.appeal},
            {"school", deed.school.value},
            {"teacher", deed.teacher.value},
            {"text", deed.text}};
}
void read(const Json& json, model::Appealed& deed) {
    deed = {json.at("appeal"), {json.at("school")}, {json.at("teacher")}, json.at("text")};
}

Json details(const model::Attached& deed) {
    return {{"appeal", deed.appeal},
            {"name", deed.file.name},
            {"sha256", deed.file.sha256},
            {"bytes", deed.file.bytes}};
}
void read(const Json& json, model::Attached& deed) {
    deed = {json.at("appeal"), {json.at("name"), json.at("sha256"), json.at("bytes")}};
}

Json details(const model::Decided& deed) {
    return {{"appeal", deed.appeal},
            {"granted", deed.granted},
            {"reason", deed.reason},
            {"before", word(deed.before, verdict_words)},
            {"after", word(deed.after, verdict_words)}};
}
void read(const Json& json, model::Decided& deed) {
    deed = {.appeal = json.at("appeal"),
            .granted = json.at("granted"),
            .reason = json.at("reason"),
            .before = read_word<model::Verdict>(json.at("before"), verdict_words),
            .after = read_word<model::Verdict>(json.at("after"), verdict_words)};
}

Json details(const model::Approved& deed) {
    const model::OrderRecord& order = deed.order;
    Json points = Json::array();
    for (const model::OrderClause& point : order.points) {
        points.push_back({{"text", point.text}, {"subpoints", point.subpoints}});
    }
    return {{"early_reason", deed.early_reason},
            {"number", order.number},
            {"date", model::iso(order.date)},
            {"place", order.place},
            {"authority", order.authority},
            {"authority_genitive", order.authority_genitive},
            {"title", order.title},
            {"basis", order.basis},
            {"points", points},
            {"responsible", order.responsible},
            {"control", order.control},
            {"executor", order.executor},
            {"position", order.position},
            {"signatory", order.signatory}};
}
void read(const Json& json, model::Approved& deed) {
    deed.early_reason = json.at("early_reason");
    deed.order = {.number = json.at("number"),
                  .date = read_date(json.at("date")),
                  .place = json.at("place"),
                  .authority = json.at("authority"),
                  .authority_genitive = json.at("authority_genitive"),
                  .title = json.at("title"),
                  .basis = json.at("basis"),
                  .points = {},
                  .responsible = json.at("responsible"),
                  .control = json.at("control"),
                  .executor = json.at("executor"),
                  .position = json.at("position"),
                  .signatory = json.at("signatory")};
    for (const Json& point : json.at("points")) {
        deed.order.points.push_back({point.at("text"), point.at("subpoints")});
    }
}

Json details(const model::Replaced& deed) { return {{"by", deed.by.value}}; }
void read(const Json& json, model::Replaced& deed) { deed.by = {json.at("by")}; }

Json details(const model::Discarded& deed) { return {{"reason", deed.reason}}; }
void read(const Json& json, model::Discarded& deed) { deed.reason = json.at("reason"); }

Json details(const model::Withdrawn& deed) {
    return {{"appeal", deed.appeal}, {"reason", deed.reason}};
}
void read(const Json& json, model::Withdrawn& deed) {
    deed = {json.at("appeal"), json.at("reason")};
}

/// The first alternative of ListDeed whose code it is.
template <std::size_t number = 0>
model::ListDeed read_deed(std::string_view code, const Json& json) {
    if constexpr (number == std::variant_size_v<model::ListDeed>) {
        fail_corrupt_value(code);
    } else {
        std::variant_alternative_t<number, model::ListDeed> deed;
        if (model::code(model::ListDeed{deed}) != code) return read_deed<number + 1>(code, json);
        read(json, deed);
        return deed;
    }
}

}  // namespace

std::string encode_deed(const model::ListDeed& deed) {
    return std::visit([](const auto& one) { return details(one); }, deed)
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

model::ListDeed decode_deed(std::string_view code, std::string_view text) {
    return read_json(text, [&](const Json& json) { return read_deed(code, json); });
}

}  // namespace opora::storage
