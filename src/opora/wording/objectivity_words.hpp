#pragma once

#include <string>

#include "opora/model/objectivity_sign.hpp"

namespace opora::wording {

/// What a sign found, as one neutral sentence: «18 работ на границе отметки и на балл выше при
/// ожидаемых 9,3 …». For a result in which it was not looked for, the reason.
std::string objectivity_sentence(const model::ObjectivityRow& row);

/// The standing phrase under every marked result.
constexpr std::string_view objectivity_caution =
    "возможный маркер, требует дополнительного анализа";

}  // namespace opora::wording
