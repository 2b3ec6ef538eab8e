#include "opora/application/methodologies.hpp"

#include <algorithm>
#include <tuple>

namespace opora::application {

namespace {

bool looks_like_file(const std::string& name) {
    return name.find('/') != std::string::npos || name.ends_with(".yaml") || name.ends_with(".yml");
}

}  // namespace

base::Result<Methodology, base::Errors> read_methodology(std::string text, std::string file) {
    rules::Pack pack = OPORA_TRY(rules::parse_pack(text, file));
    return Methodology{std::move(pack), std::move(text), std::move(file)};
}

base::Result<std::vector<Methodology>, base::Errors> shipped_methodologies(
    const Adapters& adapters) {
    std::vector<Methodology> all;
    base::Errors errors;
    for (const ShippedPack& shipped : adapters.packs) {
        auto one = read_methodology(std::string{shipped.text}, shipped.name);
        if (one) {
            all.push_back(std::move(*one));
        } else {
            errors.insert(errors.end(), one.error().begin(), one.error().end());
        }
    }
    if (!errors.empty()) return base::Unexpected{std::move(errors)};
    std::ranges::sort(all, {}, [](const Methodology& one) {
        return std::tie(one.pack.document.id, one.pack.document.version);
    });
    return all;
}

base::Result<Methodology, base::Errors> find_methodology(const Adapters& adapters,
                                                         const std::string& id_or_file,
                                                         const std::filesystem::path& directory) {
    if (looks_like_file(id_or_file)) {
        auto text = adapters.read_text(id_or_file);
        if (!text) return base::Unexpected{base::Errors{text.error()}};
        return read_methodology(std::move(*text),
                                std::filesystem::path{id_or_file}.filename().string());
    }
    auto all = OPORA_TRY(shipped_methodologies(adapters));
    std::string known;
    std::optional<Methodology> found;
    for (Methodology& one : all) {
        if (!known.empty()) known += ", ";
        known += one.pack.document.id;
        if (one.pack.document.id == id_or_file) found = std::move(one);  // The last is the latest.
    }
    if (found) return std::move(*found);
    if (!directory.empty()) {
        for (ports::SavedMethodology& own : adapters.open_methodologies(directory)->all()) {
            if (own.id != id_or_file) {
                known += ", " + own.id;
                continue;
            }
            auto read = OPORA_TRY(read_methodology(std::move(own.text), own.id + ".yaml"));
            read.edit = own.edit;
            return read;
        }
    }
    return base::Unexpected{
        base::Errors{{.code = "methodology_unknown",
                      .message = "нет такой методики; свою методику укажите путём к файлу .yaml",
                      .expected = known,
                      .found = id_or_file}}};
}

base::Result<Methodology, base::Errors> with_parameters(Methodology methodology,
                                                        const std::vector<std::string>& settings) {
    for (const std::string& setting : settings) {
        const auto equals = setting.find('=');
        if (equals == std::string::npos) {
            return base::Unexpected{base::Errors{{.code = "setting_wrong",
                                                  .message = "не понято изменение параметра",
                                                  .expected = "ПАРАМЕТР=ЗНАЧЕНИЕ",
                                                  .found = setting}}};
        }
        auto changed = rules::with_parameter(methodology.pack, setting.substr(0, equals),
                                             setting.substr(equals + 1));
        if (!changed) return base::Unexpected{base::Errors{changed.error()}};
        methodology.pack = std::move(*changed);
    }
    return methodology;
}

}  // namespace opora::application
