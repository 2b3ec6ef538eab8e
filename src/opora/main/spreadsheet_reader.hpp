#pragma once

#include "opora/intake/dictionaries/dictionaries.hpp"
#include "opora/ports/file_reader.hpp"

namespace opora::main {

/// Files as the intake layer understands them, with the dictionaries that travel inside the
/// program.
class SpreadsheetReader : public ports::FileReader {
public:
    explicit SpreadsheetReader(intake::DictionaryTexts texts);

    std::vector<ports::FileKind> kinds() const override;
    base::Result<std::string> detect(const ports::ReadRequest& request) const override;
    base::Result<ports::ImportBatch> read(const ports::ReadRequest& request) const override;
    base::Result<base::Done> write_template(
        const std::string& kind, const std::filesystem::path& path,
        const std::optional<std::filesystem::path>& directory) const override;
    void write_failed(const ports::FailedRows& failed,
                      const std::filesystem::path& path) const override;

    const intake::Dictionaries& dictionaries() const { return dictionaries_; }
    /// The shipped scales and those of a folder of the user's own, which come first.
    base::Result<std::vector<model::Scale>> scales_with(const std::filesystem::path& folder) const;

    /// The factors and questionnaires, with the working directory's own in place of shipped ones.
    base::Result<model::FactorCatalogue, base::Errors> factors(
        const std::optional<std::filesystem::path>& directory) const;

private:
    /// The dictionaries with what the user has of his own; nothing where he has nothing.
    base::Result<std::optional<intake::Dictionaries>> own_dictionaries(
        const ports::ReadRequest& request) const;

    intake::DictionaryTexts texts_;
    intake::Dictionaries dictionaries_;
};

/// The dictionaries' texts among the program's resources.
intake::DictionaryTexts shipped_dictionary_texts();

}  // namespace opora::main
