// Any text as a user's own dictionary: scales, a questionnaire, synonyms. Mistakes come with their
// file and line; what is read keeps its promises.

#include <cstdint>
#include <vector>

#include "fuzz/fuzz_file.hpp"
#include "opora/base/expects.hpp"
#include "opora/intake/dictionaries/questionnaire_files.hpp"
#include "opora/intake/dictionaries/scale_files.hpp"
#include "opora/intake/dictionaries/subjects.hpp"
#include "opora/intake/dictionaries/synonyms.hpp"

using namespace opora;

namespace {

const intake::Subjects& subjects() {
    static const intake::Subjects known{
        {{.code = {"russian"}, .title = "Русский язык"},
         {.code = {"mathematics"}, .title = "Математика", .abbreviations = {"МА"}}}};
    return known;
}

void check(const base::Errors& errors) {
    OPORA_EXPECTS(!errors.empty());
    for (const base::Error& error : errors) OPORA_EXPECTS(error.place.file == "own.yaml");
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): so libFuzzer calls it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const intake::TextFile file{"own.yaml", std::string{testing::fuzz_text(bytes, size)}};
    const std::vector<intake::TextFile> files{file};
    if (const auto scales = intake::load_scales(files, subjects()); !scales) check(scales.error());
    if (const auto own = intake::load_own_scales(files, subjects()); !own) check(own.error());
    if (const auto read = intake::load_questionnaires(files); !read) {
        check(read.error());
    } else {
        for (const auto& one : *read) OPORA_EXPECTS(one.items.size() <= intake::questions_max);
    }
    intake::Synonyms synonyms;
    if (const auto added = synonyms.add_file(file); !added) check(added.error());
    return 0;
}
