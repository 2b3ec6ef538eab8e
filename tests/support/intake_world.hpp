#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "opora/base/workbook_writer.hpp"
#include "opora/intake/read_file.hpp"
#include "support/source_folder.hpp"
#include "support/temporary_folder.hpp"

namespace opora::testing {

using Lines = std::vector<std::vector<std::string>>;

struct SheetText {
    std::string name;
    Lines lines;
};

/// A register of a few fictional schools, the shipped dictionaries, and a folder for files that a
/// test writes.
class IntakeWorld {
public:
    IntakeWorld() {
        schools_ = {{.id = {"edu000107"},
                     .name = "Ручейковская СОШ",
                     .territory = {"ruch"},
                     .login = "edu000107",
                     .rcoi_code = "0120107"},
                    {.id = {"108"},
                     .name = "Заозёрная ООШ",
                     .territory = {"ruch"},
                     .login = "edu000108",
                     .rcoi_code = "0120108"}};
        territories_ = {
            {.id = {"obl"}, .level = model::TerritoryLevel::region, .name = "Озёрная область"},
            {.id = {"ruch"}, .name = "Ручейковский район", .parent = {"obl"}}};
        context.dictionaries = &dictionaries();
        context.schools = schools_;
        context.territories = territories_;
        context.year_last = {2027};
    }

    static const intake::Dictionaries& dictionaries() {
        static const intake::Dictionaries loaded =
            intake::load_dictionaries(
                *intake::read_dictionary_texts(opora::testing::source_folder() / "methodology"))
                .value();
        return loaded;
    }

    std::filesystem::path xlsx(const std::vector<SheetText>& sheets,
                               const std::string& name = "file.xlsx") const {
        const auto path = folder_.path() / name;
        base::WorkbookWriter writer{path};
        for (const SheetText& sheet : sheets) {
            writer.sheet(sheet.name);
            for (std::size_t row = 0; row < sheet.lines.size(); ++row) {
                for (std::size_t cell = 0; cell < sheet.lines[row].size(); ++cell) {
                    const std::string& text = sheet.lines[row][cell];
                    if (!text.empty())
                        writer.text(static_cast<std::int64_t>(row), static_cast<int>(cell), text);
                }
            }
        }
        writer.close();
        return path;
    }

    std::filesystem::path text(const std::string& content,
                               const std::string& name = "file.csv") const {
        const auto path = folder_.path() / name;
        std::ofstream{path, std::ios::binary} << content;
        return path;
    }

    std::filesystem::path folder() const { return folder_.path(); }

    ports::ImportBatch read(const std::filesystem::path& path) const {
        auto batch = intake::read_file(path, context);
        if (!batch) FAIL(base::describe(batch.error()));
        return std::move(*batch);
    }

    intake::ReadContext context;

private:
    TemporaryFolder folder_;
    std::vector<model::School> schools_;
    std::vector<model::Territory> territories_;
};

/// Codes of errors or warnings, sorted, one a message.
inline std::vector<std::string> codes(const base::Errors& errors) {
    std::vector<std::string> list;
    for (const base::Error& error : errors) list.push_back(error.code);
    std::ranges::sort(list);
    return list;
}

using Codes = std::vector<std::string>;

/// Every text that a batch shows to people.
inline std::string all_messages(const ports::ImportBatch& batch) {
    std::string text;
    for (const auto* list : {&batch.errors, &batch.warnings}) {
        for (const base::Error& error : *list) text += base::describe(error) + "\n";
    }
    for (const auto& row : batch.failed.rows) {
        text += row.reason + "\n";
        for (const auto& cell : row.cells) text += cell + ";";
    }
    return text;
}

}  // namespace opora::testing
