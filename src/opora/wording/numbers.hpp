#pragma once

#include <string>
#include <string_view>

#include "opora/model/finding.hpp"
#include "opora/model/measurement.hpp"

namespace opora::wording {

/// A measured value for reading: «32,0 %», «3,85», «4 п.п.», «3 года». A missing value gives its
/// reason: «нет данных», «слишком мало результатов (4)».
std::string value_text(const model::Measurement& value, model::Unit unit);

/// The same with as many decimals as it takes not to look equal to a threshold that it is not equal
/// to: 29,97 % beside 30 %.
std::string value_text_beside(const model::Measurement& value, const model::Measurement& threshold,
                              model::Unit unit);

/// A threshold as a document writes it, without idle zeros: «30 %», «3,5 %», «2».
std::string threshold_text(const model::Measurement& threshold, model::Unit unit);

/// «30 % и более», «менее 40 %», «более 20», «50 % и менее», «ровно 4».
std::string threshold_words(std::string_view comparison, const model::Measurement& threshold,
                            model::Unit unit);

/// «8 из 25», «62,4 (участников: 25)»; for a missing value its reason.
std::string counts_text(const model::Measurement& value, model::Unit unit);

/// «17,2–51,6 %» of an interval in shares.
std::string interval_text(double low, double high);

/// «>=» seen from the other side is «<=».
std::string_view mirrored(std::string_view comparison);

}  // namespace opora::wording
