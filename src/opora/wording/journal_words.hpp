#pragma once

#include <string>
#include <string_view>

#include "opora/model/journal.hpp"

namespace opora::wording {

/// «Изменена учётная запись»; the code itself where the action has no words yet.
std::string_view action_title(std::string_view action);

/// «Роль»; the code itself where the field has no words yet.
std::string_view journal_field_title(std::string_view field);

/// «Роль: Наблюдатель → Куратор; Территория: a»; what was and what became in one line.
std::string journal_sentence(const std::vector<model::JournalChange>& changes);

/// A value as people read it: titles of roles, «да» and «нет», «—» for an empty one.
std::string journal_value(std::string_view field, std::string_view value);

}  // namespace opora::wording
