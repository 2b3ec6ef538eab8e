#include <pwd.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <sstream>

#include "opora/cli/run.hpp"
#include "opora/documents/list_json.hpp"
#include "opora/generation/demo.hpp"
#include "opora/main/list_documents.hpp"
#include "opora/main/local_store.hpp"
#include "opora/main/resources.hpp"
#include "opora/main/serve.hpp"
#include "opora/main/spreadsheet_reader.hpp"
#include "opora/main/territory_generation.hpp"
#include "opora/storage/backup.hpp"
#include "opora/storage/examination.hpp"

namespace {

using namespace opora;

std::string actor() {
    const passwd* user = ::getpwuid(::getuid());
    return std::string{"local:"} + (user != nullptr ? user->pw_name : "unknown");
}

base::Result<std::string> read_text(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    std::stringstream text;
    if (!file || !(text << file.rdbuf())) {
        return base::Unexpected{base::Error{
            .code = "file_unreadable",
            .message = "файл не прочитан: проверьте, есть ли он и открыт ли к нему доступ",
            .place = {.file = path.string()}}};
    }
    return text.str();
}

ports::BackupContents back_up(const std::filesystem::path& directory,
                              const std::filesystem::path& file) {
    return storage::back_up(storage::Directory::open(directory), file, OPORA_VERSION);
}

std::vector<ports::Check> examine(const std::filesystem::path& directory) {
    return storage::examine(storage::Directory::open(directory));
}

std::vector<application::ShippedText> shipped(std::string_view folder) {
    std::vector<application::ShippedText> texts;
    for (const main::Resource& one : main::resources()) {
        if (!one.name.starts_with(folder)) continue;
        texts.push_back({std::string{one.name.substr(folder.size())}, one.bytes});
    }
    return texts;
}

/// The adapters outlive what they hold.
void add_documents(application::Adapters& adapters) {
    adapters.write_documents = [&](const application::DocumentRequest& request) {
        return main::write_documents(adapters, request);
    };
    adapters.write_order = [&](const application::DocumentRequest& request) {
        return main::write_order(adapters, request);
    };
    adapters.write_workbook = [&](const application::DocumentRequest& request) {
        return main::write_workbook(adapters, request);
    };
    adapters.write_letter = [&](const application::DocumentRequest& request) {
        return main::write_letter(adapters, request);
    };
    adapters.write_contract = [&](const application::ContractRequest& request) {
        return main::write_contract(adapters, request);
    };
}

}  // namespace

int main(int argc, char** argv) {
    // A file at its size limit is a full disk like any other: an error of the write, no signal.
    std::signal(SIGXFSZ, SIG_IGN);
    const main::SpreadsheetReader reader{main::shipped_dictionary_texts()};
    application::Adapters adapters{.open_store = main::open_local_store,
                                   .back_up = back_up,
                                   .restore = storage::restore,
                                   .examine = examine,
                                   .open_journal = main::open_local_journal,
                                   .open_accounts = main::open_local_accounts,
                                   .open_methodologies = main::open_local_methodologies,
                                   .open_secrets = main::open_local_secrets,
                                   .files = &reader,
                                   .packs = shipped("methodology/packs/"),
                                   .scale_files = shipped("methodology/scales/"),
                                   .scales = reader.dictionaries().scales,
                                   .read_text = read_text,
                                   .generate = main::generate_territory,
                                   .write_demo_files =
                                       [&reader](const std::filesystem::path& directory) {
                                           return generation::write_demo_files(
                                               directory,
                                               reader.dictionaries().factors.questionnaires);
                                       },
                                   .list_json = documents::list_json,
                                   .actor = actor(),
                                   .version = OPORA_VERSION};
    adapters.scales_with = [&](const std::filesystem::path& folder) {
        return reader.scales_with(folder);
    };
    add_documents(adapters);
    adapters.serve = [&](const application::ServeRequest& request) {
        return main::serve(adapters, request);
    };
    adapters.factors = [&](const std::optional<std::filesystem::path>& directory) {
        return reader.factors(directory);
    };
    for (const main::Resource& one : main::resources()) {
        constexpr std::string_view folder = "methodology/";
        if (!one.name.starts_with(folder)) continue;
        const std::string_view name = one.name.substr(folder.size());
        if (name == "risk_factors.yaml" || name.starts_with("questionnaires/"))
            adapters.factor_texts[std::string{name}] = one.bytes;
    }
    for (const auto& subject : reader.dictionaries().subjects.all()) {
        adapters.subjects[subject.code] = subject.title;
    }
    for (const auto& fact : reader.dictionaries().facts) {
        adapters.facts.push_back({fact.code, fact.title, fact.part_of});
    }
    return cli::run(argc, argv, adapters);
}
