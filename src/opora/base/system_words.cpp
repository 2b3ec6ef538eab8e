#include "opora/base/system_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace opora::base {

namespace {

using std::errc;

constexpr std::array<std::pair<errc, const char*>, 16> words{
    {{errc::no_such_file_or_directory, "такого файла или папки нет"},
     {errc::not_a_directory, "на этом пути файл, а нужна папка"},
     {errc::is_a_directory, "это папка, а нужен файл"},
     {errc::file_exists, "такой файл или такая папка уже есть"},
     {errc::directory_not_empty, "папка не пуста"},
     {errc::filename_too_long, "слишком длинное имя"},
     {errc::too_many_symbolic_link_levels, "ссылки на этом пути ведут по кругу"},
     {errc::permission_denied, "нет права доступа"},
     {errc::operation_not_permitted, "нет права доступа"},
     {errc::read_only_file_system, "диск открыт только для чтения"},
     {errc::no_space_on_device, "на диске не хватает места"},
     {errc::file_too_large, "файл больше, чем разрешено"},
     {errc::too_many_files_open, "открыто слишком много файлов"},
     {errc::text_file_busy, "файл занят другой программой"},
     {errc::invalid_argument, "действие с таким именем невозможно"},
     {errc::io_error, "диск не читается или не пишется"}}};

constexpr std::array wrong_paths{errc::no_such_file_or_directory,
                                 errc::not_a_directory,
                                 errc::is_a_directory,
                                 errc::file_exists,
                                 errc::directory_not_empty,
                                 errc::filename_too_long,
                                 errc::too_many_symbolic_link_levels,
                                 errc::invalid_argument};

}  // namespace

std::string system_words(const std::error_code& trouble) {
    const auto known =
        std::ranges::find_if(words, [&](const auto& one) { return trouble == one.first; });
    if (known != words.end()) return known->second;
    return fmt::format("ошибка системы {}", trouble.value());
}

bool is_wrong_path(const std::error_code& trouble) {
    return std::ranges::any_of(wrong_paths, [&](errc one) { return trouble == one; });
}

}  // namespace opora::base
