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
    base::Result<ports::ImportBatch> read(const ports::ReadRequest& request) const override;
    base::Result<base::Done> write_template(const std::string& kind,
                                            const std::filesystem::path& path) const override;
    void write_failed(const ports::FailedRows& failed,
                      const std::filesystem::path& path) const override;

    const intake::Dictionaries& dictionaries() const { return dictionaries_; }
    /// The shipped scales and those of a folder of the user's own, which come first.
    base::Result<std::vector<model::Scale>> scales_with(const std::filesystem::path& folder) const;

private:
    intake::DictionaryTexts texts_;
    intake::Dictionaries dictionaries_;
};

/// The dictionaries' texts among the program's resources.
intake::DictionaryTexts shipped_dictionary_texts();

}  // namespace opora::main
