#pragma once

#include "opora/intake/read_file.hpp"
#include "opora/ports/file_reader.hpp"
#include "support/source_folder.hpp"

namespace opora::testing {

/// Files as the program reads them, with the dictionaries of the source folder.
class DictionaryReader : public ports::FileReader {
public:
    std::vector<ports::FileKind> kinds() const override {
        std::vector<ports::FileKind> all;
        for (const intake::Kind& kind : intake::kinds(dictionaries()))
            all.push_back({kind.code, kind.title, kind.description, true, {}});
        return all;
    }
    base::Result<std::string> detect(const ports::ReadRequest& request) const override {
        if (request.kind) return *request.kind;
        return intake::detect_kind(request.path, dictionaries());
    }
    base::Result<ports::ImportBatch> read(const ports::ReadRequest& request) const override {
        return intake::read_file(request.path, {.dictionaries = &dictionaries(),
                                                .schools = request.known->schools,
                                                .territories = request.known->territories,
                                                .kind = request.kind,
                                                .year = {},
                                                .year_last = {2027}});
    }
    base::Result<base::Done> write_template(
        const std::string& kind, const std::filesystem::path& path,
        const std::optional<std::filesystem::path>&) const override {
        return intake::write_template(kind, path, dictionaries());
    }
    void write_failed(const ports::FailedRows& failed,
                      const std::filesystem::path& path) const override {
        intake::write_failed_rows(failed, path);
    }

private:
    static const intake::Dictionaries& dictionaries() {
        static const intake::Dictionaries loaded =
            intake::load_dictionaries(
                *intake::read_dictionary_texts(source_folder() / "methodology"))
                .value();
        return loaded;
    }
};

}  // namespace opora::testing
