#include "opora/storage/list_freeze.hpp"

#include <algorithm>

#include "opora/storage/json_codes.hpp"
#include "opora/storage/register_records.hpp"

namespace opora::storage {

std::string encode_rows(ports::RegisterRows rows) {
    for (model::School& one : rows.schools) one.head.clear();
    for (model::Teacher& one : rows.teachers) {
        one.name.clear();
        one.birth_year.reset();
    }
    Json json = Json::object();
    for (const RegisterTable& table : register_tables()) {
        if (!table.bears_on_verdicts) continue;
        Json& records = json[std::string{table.name}] = Json::array();
        for (const Record& record : records_of(rows, table)) records.push_back(encode(record));
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

ports::RegisterRows decode_rows(std::string_view text) {
    return read_json(text, [](const Json& json) {
        ports::RegisterRows rows;
        for (const RegisterTable& table : register_tables()) {
            if (!json.contains(table.name)) continue;
            for (const Json& record : json.at(std::string{table.name})) {
                add_record(rows, table, decode(record.get<std::string>()));
            }
        }
        return rows;
    });
}

}  // namespace opora::storage
