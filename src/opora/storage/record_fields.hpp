#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "opora/base/expects.hpp"
#include "opora/base/fraction.hpp"
#include "opora/model/procedure.hpp"
#include "opora/ports/storage_error.hpp"
#include "opora/storage/sqlite_connection.hpp"

namespace opora::storage {

[[noreturn]] inline void fail_corrupt_value(std::string_view what) {
    throw ports::StorageError{
        "corrupt",
        fmt::format(
            "База данных повреждена: непонятное значение «{}». Восстановите папку данных из "
            "резервной копии.",
            what.substr(0, 100))};
}

/// Puts the fields of a row into a record.
class RecordWriter {
public:
    RecordWriter& text(const std::string& text) { return add(text); }
    RecordWriter& number(std::int64_t number) { return add(number); }
    template <class Number>
    RecordWriter& perhaps(const std::optional<Number>& number) {
        return number ? add(std::int64_t{*number}) : add(std::monostate{});
    }
    RecordWriter& perhaps(const std::optional<model::SchoolYear>& year) {
        return year ? add(std::int64_t{year->ending}) : add(std::monostate{});
    }
    RecordWriter& fraction(const base::Fraction& fraction) {
        return number(fraction.numerator).number(fraction.denominator);
    }
    RecordWriter& perhaps(const std::optional<base::Fraction>& value) {
        return value ? fraction(*value) : add(std::monostate{}).add(std::monostate{});
    }
    template <class Enum, std::size_t size>
    RecordWriter& code(Enum value, const std::array<std::string_view, size>& codes) {
        return add(std::string{codes[static_cast<std::size_t>(value)]});
    }
    RecordWriter& procedure(const model::Procedure& procedure) {
        return number(procedure.year.ending)
            .add(std::string{model::code(procedure.type)})
            .text(procedure.subject.value)
            .number(procedure.programme_grade)
            .number(procedure.grade)
            .add(std::string{model::code(procedure.period)});
    }
    Record record() { return std::move(record_); }

private:
    RecordWriter& add(Value value) {
        record_.push_back(std::move(value));
        return *this;
    }

    Record record_;
};

/// Takes the fields of a row out of a record, in the same order.
class RecordReader {
public:
    explicit RecordReader(const Record& record) : record_{record} {}

    std::string text() {
        const auto* text = std::get_if<std::string>(&next());
        if (text == nullptr) fail_corrupt_value("не текст");
        return *text;
    }
    std::int64_t number() {
        const auto* number = std::get_if<std::int64_t>(&next());
        if (number == nullptr) fail_corrupt_value("не число");
        return *number;
    }
    std::int32_t small() {
        const std::int64_t wide = number();
        if (wide < INT32_MIN || wide > INT32_MAX) fail_corrupt_value(std::to_string(wide));
        return static_cast<std::int32_t>(wide);
    }
    std::optional<std::int64_t> perhaps() {
        if (skip_nothing()) return std::nullopt;
        return number();
    }
    std::optional<std::int32_t> perhaps_small() {
        if (skip_nothing()) return std::nullopt;
        return small();
    }
    std::optional<model::SchoolYear> perhaps_year() {
        const auto year = perhaps_small();
        return year ? std::optional{model::SchoolYear{*year}} : std::nullopt;
    }
    base::Fraction fraction() {
        const std::int64_t numerator = number();
        const std::int64_t denominator = number();
        if (denominator <= 0) fail_corrupt_value(std::to_string(denominator));
        return {numerator, denominator};
    }
    std::optional<base::Fraction> perhaps_fraction() {
        if (!skip_nothing()) return fraction();
        skip_nothing();
        return std::nullopt;
    }
    template <class Enum, std::size_t size>
    Enum code(const std::array<std::string_view, size>& codes) {
        const std::string name = text();
        const auto found = std::ranges::find(codes, name);
        if (found == codes.end()) fail_corrupt_value(name);
        return static_cast<Enum>(found - codes.begin());
    }
    model::Procedure procedure() {
        model::Procedure procedure;
        procedure.year = {small()};
        const std::string type = text();
        procedure.subject = {text()};
        procedure.programme_grade = small();
        procedure.grade = small();
        const std::string period = text();
        const auto known_type = model::procedure_type(type);
        const auto known_period = model::period(period);
        if (!known_type || !known_period) fail_corrupt_value(type + "/" + period);
        procedure.type = *known_type;
        procedure.period = *known_period;
        return procedure;
    }

private:
    const Value& next() {
        OPORA_EXPECTS(place_ < record_.size());
        return record_[place_++];
    }
    /// Whether the next value is nothing, which is then passed.
    bool skip_nothing() {
        OPORA_EXPECTS(place_ < record_.size());
        if (!std::holds_alternative<std::monostate>(record_[place_])) return false;
        ++place_;
        return true;
    }

    const Record& record_;
    std::size_t place_ = 0;
};

}  // namespace opora::storage
