#include <sqlite3.h>
#include <unicode/ucol.h>
#include <unicode/uiter.h>
#include <unicode/ustring.h>

#include <string_view>
#include <vector>

#include "opora/base/expects.hpp"
#include "opora/storage/sqlite_connection.hpp"

namespace opora::storage {

namespace {

constexpr const char* language = "ru";

/// UTF-16 of a UTF-8 text; ill-formed bytes become the replacement character.
std::vector<UChar> wide(std::string_view text) {
    std::vector<UChar> wide(text.size() + 1);
    std::int32_t length = 0;
    UErrorCode error = U_ZERO_ERROR;
    u_strFromUTF8WithSub(wide.data(), static_cast<std::int32_t>(wide.size()), &length, text.data(),
                         static_cast<std::int32_t>(text.size()), 0xFFFD, nullptr, &error);
    OPORA_EXPECTS(U_SUCCESS(error));
    wide.resize(static_cast<std::size_t>(length));
    return wide;
}

std::string narrow(const UChar* text, std::int32_t size) {
    constexpr std::size_t bytes_per_unit = 3;
    std::string narrow(static_cast<std::size_t>(size) * bytes_per_unit + 1, '\0');
    std::int32_t length = 0;
    UErrorCode error = U_ZERO_ERROR;
    u_strToUTF8WithSub(narrow.data(), static_cast<std::int32_t>(narrow.size()), &length, text, size,
                       0xFFFD, nullptr, &error);
    OPORA_EXPECTS(U_SUCCESS(error));
    narrow.resize(static_cast<std::size_t>(length));
    return narrow;
}

using ChangeCase = decltype(&u_strToLower);

template <ChangeCase change>
void change_case(sqlite3_context* context, int, sqlite3_value** arguments) {
    const auto* bytes = sqlite3_value_text(arguments[0]);
    if (bytes == nullptr) return;  // NULL stays NULL.
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(arguments[0]));
    const auto source = wide({static_cast<const char*>(static_cast<const void*>(bytes)), size});
    constexpr std::size_t growth_max = 3;  // The most that a letter grows by in Unicode.
    std::vector<UChar> target(source.size() * growth_max + 1);
    UErrorCode error = U_ZERO_ERROR;
    const std::int32_t length =
        change(target.data(), static_cast<std::int32_t>(target.size()), source.data(),
               static_cast<std::int32_t>(source.size()), language, &error);
    OPORA_EXPECTS(U_SUCCESS(error));
    const std::string text = narrow(target.data(), length);
    sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

int compare(void* collator, int left_size, const void* left, int right_size, const void* right) {
    UErrorCode error = U_ZERO_ERROR;
    const UCollationResult order =
        ucol_strcollUTF8(static_cast<const UCollator*>(collator), static_cast<const char*>(left),
                         left_size, static_cast<const char*>(right), right_size, &error);
    return static_cast<int>(order);
}

void close_collator(void* collator) { ucol_close(static_cast<UCollator*>(collator)); }

}  // namespace

void add_russian_text(sqlite3* database) {
    UErrorCode error = U_ZERO_ERROR;
    UCollator* collator = ucol_open(language, &error);
    OPORA_EXPECTS(U_SUCCESS(error));
    OPORA_EXPECTS(sqlite3_create_collation_v2(database, "russian", SQLITE_UTF8, collator, compare,
                                              close_collator) == SQLITE_OK);
    constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    const auto add = [&](const char* name, auto* function) {
        OPORA_EXPECTS(sqlite3_create_function_v2(database, name, 1, flags, nullptr, function,
                                                 nullptr, nullptr, nullptr) == SQLITE_OK);
    };
    add("lower", change_case<&u_strToLower>);
    add("upper", change_case<&u_strToUpper>);
}

}  // namespace opora::storage
