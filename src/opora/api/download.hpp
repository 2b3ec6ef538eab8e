#pragma once

#include <filesystem>
#include <string>

#include "opora/api/http.hpp"

namespace opora::api {

constexpr std::string_view xlsx_type =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr std::string_view docx_type =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// A file that a browser saves and never shows. `name` may hold any letters (RFC 6266, 8187).
Response download(const std::filesystem::path& file, const std::string& name,
                  std::string_view content_type);

}  // namespace opora::api
