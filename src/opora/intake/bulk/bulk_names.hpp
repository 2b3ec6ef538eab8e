#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "opora/intake/bulk/bulk_context.hpp"
#include "opora/model/procedure.hpp"

namespace opora::intake {

/// The schools, subjects, classes and procedures of one file, numbered as the threads meet them;
/// the numbers of the result are given anew in the order of the rows. Readers keep what they asked,
/// so that the lock is seldom taken.
class BulkNames {
public:
    struct NumberedProcedure {
        std::uint32_t number = 0;
        std::optional<std::int32_t> minimum_score;
    };

    explicit BulkNames(const BulkContext& context) : context_{context} {}

    std::optional<std::uint32_t> school(std::string_view text);
    std::optional<std::uint32_t> subject(std::string_view text);
    /// Nothing when the text is no UTF-8, or one class too many.
    std::optional<std::uint32_t> class_name(std::string_view text);
    /// `procedure.subject` is taken from the number.
    NumberedProcedure procedure(std::uint32_t subject, model::Procedure procedure);

    /// Only after the threads have ended.
    const std::vector<std::string>& schools() const { return schools_.texts; }
    const std::vector<std::string>& classes() const { return classes_.texts; }
    const std::vector<model::Procedure>& procedures() const { return procedures_; }
    const std::set<std::string>& unknown_subjects() const { return unknown_subjects_; }

private:
    struct Numbered {
        std::vector<std::string> texts;
        std::map<std::string, std::uint32_t, std::less<>> numbers;

        std::uint32_t number(const std::string& text);
    };

    const BulkContext& context_;
    std::mutex mutex_;
    Numbered schools_;
    Numbered subjects_;
    Numbered classes_;
    std::vector<model::Procedure> procedures_;
    std::map<model::Procedure, std::uint32_t> procedure_numbers_;
    std::set<std::string> unknown_subjects_;
};

/// The text without spaces at its ends.
std::string_view trimmed(std::string_view text);

}  // namespace opora::intake
