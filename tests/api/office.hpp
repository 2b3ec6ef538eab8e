#pragma once

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <utility>

#include "api/description.hpp"
#include "api/dictionary_reader.hpp"
#include "opora/api/router.hpp"
#include "opora/application/pair_contract.hpp"
#include "opora/main/local_store.hpp"
#include "opora/storage/answer_folder.hpp"
#include "opora/storage/methodology_folder.hpp"
#include "opora/storage/sqlite_accounts.hpp"
#include "opora/storage/sqlite_journal.hpp"
#include "support/source_folder.hpp"
#include "support/temporary_folder.hpp"

namespace opora::testing {

using Json = nlohmann::json;

/// Hashes that cost nothing.
class QuickSecrets : public ports::Secrets {
public:
    std::string token() override { return "token" + std::to_string(++count_); }
    std::string digest(const std::string& token) const override { return "digest of " + token; }
    std::string hash_password(const std::string& password) override {
        return "hash of " + password;
    }
    bool matches(const std::string& password, const std::string& hash) override {
        return hash == "hash of " + password;
    }
    std::string seal(const std::string& text) override { return "sealed " + text; }
    std::optional<std::string> unseal(const std::string& sealed) override {
        return sealed.starts_with("sealed ") ? std::optional{sealed.substr(7)} : std::nullopt;
    }

private:
    int count_ = 0;
};

/// A region of two districts with three schools behind a router, and a session for every role: what
/// a request of each of them is answered with.
class Office {
public:
    Office();

    /// Nobody's request when `login` is empty.
    api::Response ask(const std::string& login, std::string method, std::string path,
                      const Json& body = nullptr, std::vector<api::Field> headers = {});
    Json json(const api::Response& response) { return Json::parse(response.body); }

    static std::string login_of(model::Role role) { return std::string{code(role)}; }
    ports::AccountStore& accounts() { return *accounts_; }
    application::Workspace& workspace() { return *workspace_; }
    application::Jobs& jobs() { return *jobs_; }
    application::ImportDesk& imports() { return *imports_; }
    const std::filesystem::path& folder() const { return folder_.path(); }
    void pass(ports::Seconds seconds) { now_ += seconds; }
    ports::Seconds now() const { return now_; }
    /// Sends a text as a file.
    api::Response send(const std::string& login, std::string path, const std::string& content,
                       std::vector<api::Field> headers = {});
    /// Everything that lives in memory alone begins anew; sessions are kept in the store.
    void restart();
    const application::Adapters& adapters() const { return adapters_; }
    storage::AnswerFolder& answers() { return *answers_; }
    static constexpr const char* password = "верный пароль";

private:
    void fill_register();
    void add_accounts();

    TemporaryFolder folder_;
    application::Adapters adapters_;
    std::string pack_text_;
    std::unique_ptr<application::Workspace> workspace_;
    std::unique_ptr<storage::SqliteAccounts> accounts_;
    std::unique_ptr<storage::SqliteJournal> journal_;
    std::unique_ptr<storage::MethodologyFolder> methodology_folder_;
    std::unique_ptr<application::MethodologyDesk> methodologies_;
    QuickSecrets secrets_;
    std::atomic<ports::Seconds> now_ = 1'000'000;
    DictionaryReader reader_;
    std::unique_ptr<application::SignIn> sign_in_;
    std::unique_ptr<application::Jobs> jobs_;
    std::unique_ptr<application::ImportDesk> imports_;
    std::unique_ptr<storage::AnswerFolder> answers_;
    std::unique_ptr<api::Router> router_;
    std::map<std::string, application::SignedIn> sessions_;
    Description description_;
};

inline Office::Office() {
    const auto data = folder_.path() / "data";
    const auto key = folder_.path() / "audit.key";
    ::setenv("OPORA_KEY_FILE", key.c_str(), 1);
    adapters_.open_store = main::open_local_store;
    adapters_.open_methodologies = main::open_local_methodologies;
    adapters_.files = &reader_;
    std::ifstream pack{source_folder() / "methodology/packs/federal-2025.yaml"};
    pack_text_.assign(std::istreambuf_iterator<char>{pack}, {});
    adapters_.packs = {{"federal-2025.yaml", pack_text_}};
    adapters_.subjects = {{{"russian"}, "Русский язык"}};
    // What the papers say is tested with the documents; here it is who gets them.
    const auto write_paper = [](const application::DocumentRequest& request) {
        std::ofstream{request.out} << request.list->listings.size();
        return base::Result<base::Done>{base::Done{}};
    };
    adapters_.write_order = write_paper;
    adapters_.write_workbook = write_paper;
    adapters_.write_letter = write_paper;
    adapters_.write_contract = [](const application::ContractRequest& request) {
        std::ofstream{request.out} << request.leader.school.head;
        return base::Result<base::Done>{base::Done{}};
    };
    main::open_local_store(data, ports::OpenMode::create);
    workspace_ = std::make_unique<application::Workspace>(adapters_, data);
    fill_register();
    accounts_ = std::make_unique<storage::SqliteAccounts>(storage::Directory::open(data));
    journal_ = std::make_unique<storage::SqliteJournal>(storage::Directory::open(data));
    methodology_folder_ =
        std::make_unique<storage::MethodologyFolder>(storage::Directory::open(data));
    methodologies_ =
        std::make_unique<application::MethodologyDesk>(*workspace_, *methodology_folder_);
    sign_in_ =
        std::make_unique<application::SignIn>(*accounts_, secrets_, [this] { return now_.load(); });
    answers_ = std::make_unique<storage::AnswerFolder>(storage::Directory::open(data), secrets_);
    restart();
    add_accounts();
}

inline void Office::restart() {
    router_.reset();
    imports_.reset();
    jobs_.reset();
    const auto log = [](std::string_view, std::string_view what) {
        MESSAGE("failure: " << std::string{what});
    };
    const auto clock = [this] { return now_.load(); };
    const auto data = folder_.path() / "data";
    jobs_ = std::make_unique<application::Jobs>(clock, log);
    imports_ = std::make_unique<application::ImportDesk>(*workspace_, *accounts_, *jobs_,
                                                         data / "waiting", clock);
    router_ =
        std::make_unique<api::Router>(api::Services{*workspace_, *sign_in_, *accounts_, *journal_,
                                                    *methodologies_, *jobs_, *imports_, *answers_},
                                      log);
}

inline void Office::fill_register() {
    ports::RegisterRows rows;
    rows.territories = {{{"r"}, model::TerritoryLevel::region, "Вымышленная область", {}, ""},
                        {{"a"}, model::TerritoryLevel::municipality, "Район А", {"r"}, ""},
                        {{"b"}, model::TerritoryLevel::municipality, "Район Б", {"r"}, ""}};
    rows.schools = {
        {.id = {"1"}, .name = "Первая <script>", .territory = {"a"}, .head = "Глава первой"},
        {.id = {"2"}, .name = "Вторая «школа»", .territory = {"a"}},
        {.id = {"3"}, .name = "Третья", .territory = {"b"}}};
    workspace_->store().register_store().import(
        rows, false, {.kind = "schools", .file = "школы.csv", .actor = "test"});
    model::ResultTable results;
    for (const char* school : {"1", "2", "3"}) {
        for (int pupil = 0; pupil < 10; ++pupil) {
            model::AssessmentResult one{
                .procedure = {{2024}, model::ProcedureType::vpr, {"russian"}, 5, 5},
                .school = {school},
                .score = 10 + pupil,
                .mark = pupil < 4 ? 2 : 4,
                .below_minimum = pupil < 4};
            results.add(one);
        }
    }
    const auto identity = workspace_->store().fact_store().add_results(std::move(results));
    workspace_->store().register_store().import(
        {}, false, {.kind = "bulk", .file = "протоколы.csv", .actor = "test", .results = identity});
    workspace_->changed();
}

inline void Office::add_accounts() {
    for (std::size_t i = 0; i < model::roles_count; ++i) {
        const auto role = static_cast<model::Role>(i);
        auto user = accounts_->add({.login = login_of(role),
                                    .name = "Вымышленный",
                                    .role = role,
                                    .territory = {"a"},
                                    .school = {"2"},
                                    .assigned = {{"1"}}},
                                   "test");
        REQUIRE(user);
        accounts_->set_password_hash(user->id, secrets_.hash_password(password), "test");
        auto in = sign_in_->enter(user->login, password, "127.0.0.1");
        REQUIRE(in);
        sessions_.emplace(user->login, *in);
    }
}

inline api::Response Office::send(const std::string& login, std::string path,
                                  const std::string& content, std::vector<api::Field> headers) {
    api::Request request{.method = "POST", .path = std::move(path), .peer = {}, .id = "test"};
    if (const auto mark = request.path.find('?'); mark != std::string::npos) {
        request.query.emplace_back("name",
                                   request.path.substr(mark + std::string{"?name="}.size()));
        request.path.resize(mark);
    }
    request.upload = folder_.path() / "received";
    std::ofstream{request.upload, std::ios::binary} << content;
    const application::SignedIn& in = sessions_.at(login);
    request.headers = std::move(headers);
    request.headers.emplace_back("cookie", "opora_session=" + in.token);
    request.headers.emplace_back("x-csrf-token", in.session.csrf);
    return router_->answer(request);
}

inline api::Response Office::ask(const std::string& login, std::string method, std::string path,
                                 const Json& body, std::vector<api::Field> headers) {
    api::Request request{.method = std::move(method),
                         .path = std::move(path),
                         .headers = std::move(headers),
                         .peer = "127.0.0.1",
                         .id = "test"};
    if (const auto mark = request.path.find('?'); mark != std::string::npos) {
        std::istringstream fields{request.path.substr(mark + 1)};
        for (std::string field; std::getline(fields, field, '&');) {
            request.query.emplace_back(field.substr(0, field.find('=')),
                                       field.substr(field.find('=') + 1));
        }
        request.path.resize(mark);
    }
    if (!body.is_null()) {
        request.body = body.dump();
        request.headers.emplace_back("content-type", "application/json");
    }
    if (!login.empty()) {
        const application::SignedIn& in = sessions_.at(login);
        request.headers.emplace_back("cookie", "theme=dark; opora_session=" + in.token);
        request.headers.emplace_back("x-csrf-token", in.session.csrf);
    }
    const api::Response response = router_->answer(request);
    // Whatever any test asks is held against the description of the addresses.
    for (const std::string& fault : description_.faults(request, response)) {
        FAIL_CHECK(request.method << " " << request.path << ": " << fault);
    }
    if (response.status >= 400) CHECK(json(response)["code"] != "refused");
    return response;
}

}  // namespace opora::testing
