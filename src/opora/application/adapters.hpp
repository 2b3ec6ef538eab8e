#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opora/model/context_facts.hpp"
#include "opora/model/identifier.hpp"
#include "opora/model/list_act.hpp"
#include "opora/model/listing.hpp"
#include "opora/model/risk_factor.hpp"
#include "opora/model/scale.hpp"
#include "opora/model/school_year.hpp"
#include "opora/ports/account_store.hpp"
#include "opora/ports/file_reader.hpp"
#include "opora/ports/journal.hpp"
#include "opora/ports/maintenance.hpp"
#include "opora/ports/methodology_store.hpp"
#include "opora/ports/secrets.hpp"
#include "opora/ports/store.hpp"
#include "opora/rules/pack.hpp"

namespace opora::application {

/// A methodology pack or a file of scales that the program ships.
struct ShippedText {
    std::string name;  ///< «federal-2025.yaml».
    std::string_view text;
};
using ShippedPack = ShippedText;

/// A synthetic territory to be written to a folder.
struct GenerateRequest {
    std::filesystem::path out;
    int schools = 0;
    model::SchoolYear first;
    model::SchoolYear last;
    std::optional<std::int64_t> protocols;  ///< Per year, approximately.
    std::uint64_t seed = 1;
    std::string layout = "csv";  ///< files, csv, parquet
    bool natural = false;        ///< Schools near the limit of «low» stay there.
    double distorted = 0;        ///< Share of schools with results made to look better.
};

/// Who issues a document; an empty text becomes a line to fill in by hand.
struct DocumentDetails {
    std::string authority;
    std::string authority_genitive;  ///< «комитета по образованию»: who approved the annex.
    std::string place;
    std::string date;
    std::string number;
    std::string signatory;
    std::string position;
    std::string title;                       ///< Of an order; empty: the usual one.
    std::string basis;                       ///< The same.
    std::vector<model::OrderClause> points;  ///< The same.
    std::string responsible;                 ///< Who helps the schools, in the dative.
    std::string control;                     ///< Whom control is laid upon, in the accusative.
    std::string executor;
    std::string closing;  ///< Last paragraph of a letter.
    std::string seal;     ///< Of a row of the journal; empty: its newest one.
};

/// A list, with the derivations of what it lists, to be written as documents.
struct DocumentRequest {
    const model::SchoolList* list = nullptr;
    const rules::Pack* pack = nullptr;
    std::filesystem::path
        directory;  ///< The working directory: templates of the user's own lie in DIR/templates.
    std::filesystem::path out;  ///< A folder for all documents, a file for one letter.
    DocumentDetails details;
};

/// A working directory to be opened in the browser.
struct ServeRequest {
    std::filesystem::path directory;
    std::string listen = "127.0.0.1";
    int port = 8080;                    ///< 0: any free one.
    std::filesystem::path certificate;  ///< PEM; empty: no TLS.
    std::filesystem::path key;
    std::vector<std::string> hosts;  ///< Names by which the server is opened.
    bool behind_proxy = false;
    bool log = false;  ///< A line for every request on stderr.
    /// Makes an account for every role and prints its password: for the demonstration district
    /// alone.
    bool demo_accounts = false;
};

struct ContractRequest;

/// The outside world as the use cases see it; made once in main.
struct Adapters {
    std::function<std::unique_ptr<ports::Store>(const std::filesystem::path&, ports::OpenMode)>
        open_store;
    /// Writes a working directory into one file, while others work; makes one of such a file.
    /// Throw StorageError.
    std::function<ports::BackupContents(const std::filesystem::path& directory,
                                        const std::filesystem::path& file)>
        back_up;
    std::function<ports::BackupContents(const std::filesystem::path& file,
                                        const std::filesystem::path& directory)>
        restore;
    /// Looks into a working directory and changes nothing.
    std::function<std::vector<ports::Check>(const std::filesystem::path&)> examine;
    std::function<std::unique_ptr<ports::Journal>(const std::filesystem::path&)> open_journal;
    std::function<std::unique_ptr<ports::AccountStore>(const std::filesystem::path&)> open_accounts;
    std::function<std::unique_ptr<ports::MethodologyStore>(const std::filesystem::path&)>
        open_methodologies;  ///< The office's own.
    std::function<std::unique_ptr<ports::Secrets>()> open_secrets;
    const ports::FileReader* files = nullptr;
    std::vector<ShippedPack> packs;
    std::vector<ShippedText> scale_files;
    std::vector<model::Scale> scales;  ///< What these files say.
    /// These and the user's own of a folder, which outrank them.
    std::function<base::Result<std::vector<model::Scale>>(const std::filesystem::path&)>
        scales_with;
    /// Reads a whole text file; an error that names it.
    std::function<base::Result<std::string>(const std::filesystem::path&)> read_text;
    /// Writes a synthetic territory with its planted truth; the text says what was written.
    std::function<base::Result<std::string>(const GenerateRequest&)> generate;
    /// Writes the files of the demonstration district into a folder; in the order of their import.
    std::function<std::vector<std::filesystem::path>(const std::filesystem::path&)>
        write_demo_files;
    /// Writes the draft order, a letter for every listed school and the workbook; the paths
    /// written.
    std::function<base::Result<std::vector<std::filesystem::path>>(const DocumentRequest&)>
        write_documents;
    /// Writes the order alone, to the file `out`.
    std::function<base::Result<base::Done>(const DocumentRequest&)> write_order;
    /// Writes the workbook of the list, to the file `out`.
    std::function<base::Result<base::Done>(const DocumentRequest&)> write_workbook;
    /// Writes the letter of the first listing.
    std::function<base::Result<base::Done>(const DocumentRequest&)> write_letter;
    /// Writes the draft of a contract between two schools.
    std::function<base::Result<base::Done>(const ContractRequest&)> write_contract;
    std::function<std::string(const model::SchoolList&)> list_json;  ///< With all derivations.
    /// Serves until it is told to stop.
    std::function<base::Result<base::Done>(const ServeRequest&)> serve;
    /// The factors and questionnaires that the program ships, or those that hold in a working
    /// directory, as they were read.
    std::function<base::Result<model::FactorCatalogue, base::Errors>(
        const std::optional<std::filesystem::path>&)>
        factors;
    /// Their shipped texts: «risk_factors.yaml», «questionnaires/pupils.yaml» …
    std::map<std::string, std::string_view> factor_texts;
    std::map<model::SubjectCode, std::string> subjects;  ///< Russian titles.
    std::vector<model::FactDefinition> facts;            ///< Of schools, all of them.
    std::string actor;                                   ///< «local:ivanova».
    std::string version;                                 ///< Of the program.
};

}  // namespace opora::application
