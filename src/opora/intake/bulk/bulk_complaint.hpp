#pragma once

#include <string>
#include <string_view>

#include "opora/intake/bulk/bulk_header.hpp"

namespace opora::intake {

/// What is said of a cell that cannot be taken.
struct BulkComplaint {
    std::string_view code;
    std::string_view message;  ///< Russian.
    std::string_view expected;
};

/// What is said of a zero byte, wherever it stands.
constexpr BulkComplaint nul_byte{
    "nul_byte", "в строке есть нулевые байты: файл повреждён; получите или сохраните его заново",
    ""};

/// What is said of a name in place of a participant's code.
constexpr BulkComplaint name_for_code{
    "participant_name",
    "вместо кода участника записано имя: Опора имён не хранит; замените имена кодами",
    "код с цифрами"};

/// The complaint about a cell of a column or, from `bulk_columns` on, of a task.
BulkComplaint complaint_about(std::size_t slot);

/// What of a cell may be told: a short readable text of the columns up to `type`, never of one that
/// could name a person.
std::string shown_value(std::size_t slot, std::string_view text);

}  // namespace opora::intake
