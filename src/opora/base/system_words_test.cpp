#include "opora/base/system_words.hpp"

#include <doctest/doctest.h>

#include <cerrno>

namespace opora::base {
namespace {

std::error_code number(int value) { return {value, std::generic_category()}; }

TEST_CASE("system words: the usual refusals are told in Russian, a rare one by its number") {
    CHECK(system_words(number(ENOENT)) == "такого файла или папки нет");
    CHECK(system_words(number(ENOTDIR)) == "на этом пути файл, а нужна папка");
    CHECK(system_words(number(EACCES)) == "нет права доступа");
    CHECK(system_words(number(ENOSPC)) == "на диске не хватает места");
    CHECK(system_words(number(EROFS)) == "диск открыт только для чтения");
    CHECK(system_words(number(EEXIST)) == "такой файл или такая папка уже есть");
    CHECK(system_words(number(EXDEV)) == "ошибка системы 18");
    CHECK(system_words({ENOENT, std::system_category()}) == "такого файла или папки нет");
}

TEST_CASE("system words: a path that leads nowhere is told from a disk that fails") {
    CHECK(is_wrong_path(number(ENOENT)));
    CHECK(is_wrong_path(number(ENOTDIR)));
    CHECK_FALSE(is_wrong_path(number(EACCES)));
    CHECK_FALSE(is_wrong_path(number(ENOSPC)));
    CHECK_FALSE(is_wrong_path(number(EIO)));
}

}  // namespace
}  // namespace opora::base
