#include "opora/intake/dictionaries/synonyms.hpp"

#include <algorithm>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/dictionaries/yaml_file.hpp"

namespace opora::intake {

const std::vector<Synonyms::Meaning>& Synonyms::meanings(std::string_view heading) const {
    return meanings_of_key(heading_key(heading));
}

const std::vector<Synonyms::Meaning>& Synonyms::meanings_of_key(const std::string& key) const {
    static const std::vector<Meaning> none;
    const auto found = meanings_.find(key);
    return found != meanings_.end() ? found->second : none;
}

bool Synonyms::personal(std::string_view heading) const {
    return personal_key(heading_key(heading));
}

bool Synonyms::personal_key(const std::string& key) const {
    if (std::ranges::find(personal_headings_, key) != personal_headings_.end()) return true;
    const std::string words = " " + key;
    return std::ranges::any_of(personal_words_, [&](const std::string& beginning) {
        return words.find(" " + beginning) != std::string::npos;
    });
}

std::string_view Synonyms::value(std::string_view list, std::string_view word) const {
    const auto words = values_.find(std::string{list});
    if (words == values_.end()) return {};
    const auto found = words->second.find(heading_key(word));
    return found != words->second.end() ? std::string_view{found->second} : std::string_view{};
}

bool Synonyms::share(std::string_view indicator) const {
    return std::ranges::find(shares_, indicator) != shares_.end();
}

void Synonyms::add_heading(std::string_view column, std::string_view heading) {
    std::vector<Meaning>& known = meanings_[heading_key(heading)];
    if (std::ranges::find(known, column, &Meaning::column) != known.end()) return;
    known.push_back({std::string{column}, ++columns_[std::string{column}]});
}

base::Result<base::Done, base::Errors> Synonyms::add_file(const TextFile& text) {
    auto opened = YamlFile::open(text);
    if (!opened) return base::Unexpected{base::Errors{opened.error()}};
    YamlFile& file = *opened;
    const YAML::Node& root = file.root();
    if (!file.map(root, {"columns", "personal", "shares", "values"})) {
        return base::Unexpected{std::move(file.errors())};
    }
    if (const YAML::Node columns = root["columns"]; columns.IsDefined() && columns.IsMap()) {
        for (const auto& entry : columns) {
            const std::string column = entry.first.as<std::string>();
            for (const std::string& heading : file.texts(columns, column.c_str())) {
                add_heading(column, heading);
            }
        }
    } else if (columns.IsDefined()) {
        file.fail(columns, "Здесь должны быть столбцы и их заголовки.", "столбец: [заголовки]");
    }
    if (const YAML::Node personal = root["personal"];
        personal.IsDefined() && file.map(personal, {"words", "headings"})) {
        for (const std::string& word : file.texts(personal, "words")) {
            personal_words_.push_back(heading_key(word));
        }
        for (const std::string& heading : file.texts(personal, "headings")) {
            personal_headings_.push_back(heading_key(heading));
        }
    }
    for (std::string& indicator : file.texts(root, "shares"))
        shares_.push_back(std::move(indicator));
    if (const YAML::Node values = root["values"]; values.IsDefined() && values.IsMap()) {
        for (const auto& list : values) {
            const std::string name = list.first.as<std::string>();
            if (!list.second.IsMap()) {
                file.fail(list.second, "Здесь должны быть коды и слова.", "код: [слова]");
                continue;
            }
            for (const auto& entry : list.second) {
                const std::string code = entry.first.as<std::string>();
                values_[name].emplace(heading_key(code), code);
                for (const std::string& word : file.texts(list.second, code.c_str())) {
                    values_[name].insert_or_assign(heading_key(word), code);
                }
            }
        }
    }
    if (!file.errors().empty()) return base::Unexpected{std::move(file.errors())};
    return base::Done{};
}

}  // namespace opora::intake
