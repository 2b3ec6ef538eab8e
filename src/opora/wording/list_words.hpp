#pragma once

#include <functional>
#include <string>

#include "opora/model/list_act.hpp"

namespace opora::wording {

/// How a school is called where a deed names it: its name, or its code.
using SchoolNames = std::function<std::string(const model::SchoolId&)>;

/// What a deed says beyond its title: «№ 1: удовлетворено. Протокол исправлен».
std::string deed_words(const model::ListDeed& deed, const SchoolNames& school);

}  // namespace opora::wording
