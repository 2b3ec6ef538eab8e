#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/intake/dictionaries/text_file.hpp"

namespace opora::intake {

/// methodology/synonyms.yaml and the user's own file of the same shape.
class Synonyms {
public:
    /// What a heading may mean: a column, and how well the heading fits it (0 is best).
    struct Meaning {
        std::string column;
        std::size_t rank = 0;
    };

    /// Columns that a heading may stand for; empty for one that nobody knows.
    const std::vector<Meaning>& meanings(std::string_view heading) const;

    const std::vector<Meaning>& meanings_of_key(const std::string& heading_key) const;

    /// Whether a heading announces names or documents of pupils.
    bool personal(std::string_view heading) const;
    bool personal_key(const std::string& heading_key) const;

    /// The code of a word in a list of values (`school_type`: «СОШ» is `secondary`); empty if there
    /// is none.
    std::string_view value(std::string_view list, std::string_view word) const;

    /// Whether an indicator is a share, so that 47,3 means 47,3 %.
    bool share(std::string_view indicator) const;

    void add_heading(std::string_view column, std::string_view heading);
    /// Reads a file into what is there.
    base::Result<base::Done, base::Errors> add_file(const TextFile& file);

private:
    std::unordered_map<std::string, std::vector<Meaning>> meanings_;
    std::unordered_map<std::string, std::size_t>
        columns_;  ///< Headings that each column has so far.
    std::vector<std::string> personal_words_;
    std::vector<std::string> personal_headings_;
    std::unordered_map<std::string, std::unordered_map<std::string, std::string>> values_;
    std::vector<std::string> shares_;
};

}  // namespace opora::intake
