#include "opora/intake/dictionaries/dictionaries.hpp"

#include "opora/intake/dictionaries/scale_files.hpp"

namespace opora::intake {

base::Result<Dictionaries, base::Errors> load_dictionaries(const DictionaryTexts& texts) {
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
    take(load_subjects(texts.subjects), dictionaries.subjects);
    take(load_school_facts(texts.facts), dictionaries.facts);
    take(dictionaries.synonyms.add_file(texts.synonyms), done);
    if (texts.own_synonyms) take(dictionaries.synonyms.add_file(*texts.own_synonyms), done);
    if (errors.empty()) {
        take(load_own_scales(texts.own_scales, dictionaries.subjects), dictionaries.scales);
        std::vector<model::Scale> shipped;
        take(load_scales(texts.scales, dictionaries.subjects), shipped);
        dictionaries.scales.insert(dictionaries.scales.end(), shipped.begin(), shipped.end());
        take(load_factors(texts.factors, dictionaries.facts), dictionaries.factors);
    }
    if (!errors.empty()) return base::Unexpected{std::move(errors)};

    for (const SchoolFactEntry& fact : dictionaries.facts) {
        dictionaries.synonyms.add_heading(fact.code, fact.title);
        for (const std::string& name : fact.names)
            dictionaries.synonyms.add_heading(fact.code, name);
    }
    return dictionaries;
}

base::Result<DictionaryTexts, base::Errors> read_dictionary_texts(
    const std::filesystem::path& methodology,
    const std::optional<std::filesystem::path>& own_synonyms) {
    base::Errors errors;
    const auto read = [&errors](const std::filesystem::path& path) {
        auto file = read_text_file(path);
        if (!file) errors.push_back(file.error());
        return file ? std::move(*file) : TextFile{};
    };
    DictionaryTexts texts{.subjects = read(methodology / "subjects.yaml"),
                          .facts = read(methodology / "school_facts.yaml"),
                          .synonyms = read(methodology / "synonyms.yaml")};
    if (own_synonyms) texts.own_synonyms = read(*own_synonyms);
    texts.factors.catalogue = read(methodology / "risk_factors.yaml");
    const auto read_all = [&](const char* folder) {
        auto files = read_yaml_folder(methodology / folder);
        if (!files) errors.insert(errors.end(), files.error().begin(), files.error().end());
        return files ? std::move(*files) : std::vector<TextFile>{};
    };
    texts.scales = read_all("scales");
    texts.factors.questionnaires = read_all("questionnaires");
    if (!errors.empty()) return base::Unexpected{std::move(errors)};
    return texts;
}

}  // namespace opora::intake
