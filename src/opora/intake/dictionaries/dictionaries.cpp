#include "opora/intake/dictionaries/dictionaries.hpp"

#include "opora/intake/dictionaries/scale_files.hpp"

namespace opora::intake {

base::Result<Dictionaries, base::Errors> load_dictionaries(
    const std::filesystem::path& methodology,
    const std::optional<std::filesystem::path>& own_synonyms) {
    base::Errors errors;
    const auto take = [&errors](auto result, auto& into) {
        if (result) {
            into = std::move(*result);
        } else {
            errors.insert(errors.end(), result.error().begin(), result.error().end());
        }
    };

    Dictionaries dictionaries;
    base::Done done;
    take(load_subjects(methodology / "subjects.yaml"), dictionaries.subjects);
    take(load_school_facts(methodology / "school_facts.yaml"), dictionaries.facts);
    take(dictionaries.synonyms.add_file(methodology / "synonyms.yaml"), done);
    if (own_synonyms) take(dictionaries.synonyms.add_file(*own_synonyms), done);
    if (errors.empty()) {
        take(load_scales(methodology / "scales", dictionaries.subjects), dictionaries.scales);
    }
    if (!errors.empty()) return base::Unexpected{std::move(errors)};

    for (const SchoolFactEntry& fact : dictionaries.facts) {
        dictionaries.synonyms.add_heading(fact.code, fact.title);
        for (const std::string& name : fact.names)
            dictionaries.synonyms.add_heading(fact.code, name);
    }
    return dictionaries;
}

}  // namespace opora::intake
