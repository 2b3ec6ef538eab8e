#pragma once

#include <string>
#include <vector>

#include "opora/application/adapters.hpp"
#include "opora/rules/pack.hpp"

namespace opora::application {

/// A methodology together with the text it was read from.
struct Methodology {
    rules::Pack pack;
    std::string text;
    std::string file;       ///< Name of the file, without its folder.
    std::int64_t edit = 0;  ///< Of the office's own: which saving of it; 0: the program's.
};

/// The methodologies of the program, sorted by id and version. Errors of any of them are errors of
/// the program's build, and are all given.
base::Result<std::vector<Methodology>, base::Errors> shipped_methodologies(
    const Adapters& adapters);

/// Reads a text; errors with their lines.
base::Result<Methodology, base::Errors> read_methodology(std::string text, std::string file);

/// A methodology by its id (the latest version) or by the path of a YAML file. With a working
/// directory also by the id of one of the office's own, as it was saved last.
base::Result<Methodology, base::Errors> find_methodology(
    const Adapters& adapters, const std::string& id_or_file,
    const std::filesystem::path& directory = {});

/// The methodology with other values of its parameters, each «name=value».
base::Result<Methodology, base::Errors> with_parameters(Methodology methodology,
                                                        const std::vector<std::string>& settings);

}  // namespace opora::application
