#pragma once

#include <string>
#include <string_view>

namespace opora::intake {

/// The text as it is compared with dictionaries: NFKC, lower case, ё as е, everything but letters
/// and digits as single spaces, none at the ends. «Кол-во  участников:» gives «кол во участников».
std::string normalised(std::string_view text);

/// `normalised`, with Cyrillic letters replaced by the Latin ones that look the same, so that a
/// heading typed on the wrong keyboard layout («Кoд OО») is still recognised. A key for comparing
/// only, not for showing.
std::string heading_key(std::string_view text);

/// Without spaces, tabs, line ends and no-break spaces at both ends.
std::string_view stripped(std::string_view text);

}  // namespace opora::intake
