#pragma once

#include <string>
#include <system_error>

namespace opora::base {

/// What the operating system refused, in Russian and without a full stop: «такого файла или папки
/// нет»; for a rare trouble its number.
std::string system_words(const std::error_code& trouble);

/// Whether a path is to blame and not the disk: it leads nowhere, through a file as if it were a
/// folder, or to what is already there.
bool is_wrong_path(const std::error_code& trouble);

}  // namespace opora::base
