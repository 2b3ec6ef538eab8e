#include "opora/storage/parquet_fact_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "opora/base/expects.hpp"
#include "opora/storage/durable_file.hpp"
#include "opora/storage/fact_identity.hpp"
#include "opora/storage/facts_file.hpp"
#include "opora/storage/facts_source.hpp"
#include "opora/storage/parquet_metadata.hpp"
#include "opora/storage/procedure_text.hpp"

namespace opora::storage {

namespace {

constexpr std::size_t small_rows = 500'000;  // Up to here one thread and little memory are enough.
constexpr DuckdbLimits small_limits{.threads = 1, .memory_mb = 200};

/// Of ordinary facts, whose import must stay small in memory, and of cells, which are asked for by
/// school.
constexpr std::size_t small_row_group = 40'960;
/// Of a country's facts: the fewer groups, the fewer dictionaries of all its schools.
constexpr std::size_t large_row_group = 983'040;

std::size_t facts_row_group(std::size_t rows) {
    return rows <= small_rows ? small_row_group : large_row_group;
}

/// Parts that threads work on side by side; small ones would only cut the file up.
std::size_t parts_of(std::size_t rows, int threads) {
    constexpr std::size_t part_min = 120'000;
    return std::clamp<std::size_t>(rows / part_min, 1, static_cast<std::size_t>(threads));
}

ParquetMetadata facts_metadata(const model::ResultTable& table) {
    return {{{"opora.kind", "results"},
             {"opora.rows", std::to_string(table.rows())},
             {"opora.works", works_text(table.works)}}};
}

/// Files of aggregate cells from before forms described their works have no such key.
std::string works_of(const ParquetMetadata& metadata) {
    const auto found = metadata.values.find("opora.works");
    return found != metadata.values.end() ? found->second : std::string{};
}

auto key_of(const tally::Cell& cell) { return std::tie(cell.school, cell.procedure); }

bool is_hash(std::string_view text) {
    constexpr std::size_t hash_digits = 64;
    return text.size() == hash_digits &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

ParquetFactStore::ParquetFactStore(Directory directory, DuckdbLimits limits)
    : directory_{std::move(directory)}, limits_{limits} {}

DuckdbSession& ParquetFactStore::session(std::size_t rows) const {
    auto& session = rows <= small_rows && !large_ ? small_ : large_;
    if (!session) {
        session = std::make_unique<DuckdbSession>(directory_.temporary() / "duckdb",
                                                  rows <= small_rows ? small_limits : limits_);
    }
    return *session;
}

void ParquetFactStore::close_duckdb() const {
    small_.reset();
    large_.reset();
}

std::filesystem::path ParquetFactStore::facts_file(const model::FactIdentity& identity) const {
    OPORA_EXPECTS(is_hash(identity.value));
    return directory_.facts() / (identity.value + ".parquet");
}

std::filesystem::path ParquetFactStore::tally_file(const model::FactIdentity& identity) const {
    OPORA_EXPECTS(is_hash(identity.value));
    return directory_.tallies() / (identity.value + ".parquet");
}

std::filesystem::path ParquetFactStore::existing_facts(const model::FactIdentity& identity) const {
    const auto path = facts_file(identity);
    if (std::filesystem::exists(path)) return path;
    throw ports::StorageError{
        "corrupt",
        fmt::format("Нет файла фактов «{}». Восстановите папку данных из резервной копии или "
                    "загрузите исходный файл заново.",
                    path.string())};
}

model::FactIdentity ParquetFactStore::add_results(model::ResultTable results) {
    const std::lock_guard guard{mutex_};
    const tally::RowGroups groups{results};
    const model::FactIdentity identity = identity_of(results, groups);
    const auto target = facts_file(identity);
    if (std::filesystem::exists(target)) return identity;

    DuckdbSession& duckdb = session(results.rows());
    TemporaryFile facts{directory_.temporary(), identity.value};
    const FactsSource source{results, groups, parts_of(results.rows(), limits_.threads)};
    write_parquet(duckdb, source, facts_metadata(results), facts_row_group(results.rows()),
                  facts.path());
    write_tally(identity, results, groups);
    facts.move_to(target);
    return identity;
}

void ParquetFactStore::write_tally(const model::FactIdentity& identity,
                                   const model::ResultTable& table,
                                   const tally::RowGroups& groups) const {
    TemporaryFile file{directory_.temporary(), identity.value + ".tally"};
    const TallySource source{table, groups, parts_of(table.rows(), limits_.threads)};
    write_parquet(session(table.rows()), source, source.metadata("tally"), small_row_group,
                  file.path());
    file.move_to(tally_file(identity));
}

model::FactIdentity ParquetFactStore::add_aggregates(std::vector<tally::Cell> cells,
                                                     std::vector<model::Work> works) {
    const std::lock_guard guard{mutex_};
    std::ranges::sort(cells, [](const tally::Cell& left, const tally::Cell& right) {
        return key_of(left) < key_of(right);
    });
    OPORA_EXPECTS(std::ranges::adjacent_find(cells, [](const auto& left, const auto& right) {
                      return key_of(left) == key_of(right);
                  }) == cells.end());
    const std::string described = works_text(works);
    const model::FactIdentity identity = identity_of(cells, described);
    const auto target = facts_file(identity);
    if (std::filesystem::exists(target)) return identity;

    TemporaryFile file{directory_.temporary(), identity.value};
    const TallySource source{cells, parts_of(cells.size(), limits_.threads)};
    ParquetMetadata metadata = source.metadata("aggregates");
    metadata.values["opora.works"] = described;
    write_parquet(session(cells.size()), source, metadata, small_row_group, file.path());
    file.move_to(target);
    return identity;
}

bool ParquetFactStore::holds_aggregates(const model::FactIdentity& identity) const {
    return read_metadata(session(0), existing_facts(identity)).value("opora.kind") == "aggregates";
}

template <class Read>
auto ParquetFactStore::with_cells(const model::FactIdentity& identity, const Read& read) const {
    const std::lock_guard guard{mutex_};
    const auto tally = tally_file(identity);
    if (std::filesystem::exists(tally)) {
        try {
            return read(TallyFile{session(0), tally});
        } catch (const ports::StorageError& error) {
            // Built anew below. An error that is not the file's own meets the new one again.
            if (error.code() != "corrupt" && error.code() != "io") throw;
            close_duckdb();
        }
    } else if (holds_aggregates(identity)) {
        return read(TallyFile{session(0), facts_file(identity)});
    }
    const model::ResultTable table = read_facts(session(small_rows + 1), existing_facts(identity));
    write_tally(identity, table, tally::RowGroups{table});
    return read(TallyFile{session(0), tally});
}

std::optional<tally::CoreCells> ParquetFactStore::remembered(
    const model::FactIdentity& identity) const {
    const std::lock_guard guard{remembered_mutex_};
    const auto known = remembered_.find(identity);
    return known != remembered_.end() ? std::optional{known->second} : std::nullopt;
}

void ParquetFactStore::remember(const model::FactIdentity& identity,
                                const tally::CoreCells& core) const {
    constexpr std::size_t remembered_cells_max = 5'000;
    if (core.cells.size() > remembered_cells_max) return;
    const std::lock_guard guard{remembered_mutex_};
    remembered_[identity] = core;
}

tally::CoreCells ParquetFactStore::core_cells(const model::FactIdentity& identity) const {
    if (auto known = remembered(identity)) return *std::move(known);
    tally::CoreCells core =
        with_cells(identity, [](const TallyFile& file) { return file.core_cells(); });
    remember(identity, core);
    return core;
}

std::vector<tally::CoreCells> ParquetFactStore::core_cells_of(
    std::span<const model::FactIdentity> identities) const {
    read_ahead(identities);
    std::vector<tally::CoreCells> all;
    for (const model::FactIdentity& identity : identities) all.push_back(core_cells(identity));
    return all;
}

void ParquetFactStore::read_ahead(std::span<const model::FactIdentity> identities) const {
    constexpr std::uintmax_t small_bytes = 1 << 18;
    constexpr std::size_t files_at_once = 256;
    std::set<model::FactIdentity> wanted;
    for (const model::FactIdentity& identity : identities) {
        std::error_code missing;
        const auto bytes = std::filesystem::file_size(tally_file(identity), missing);
        if (!missing && bytes <= small_bytes && !remembered(identity)) wanted.insert(identity);
    }
    while (wanted.size() > 1) {
        std::vector<model::FactIdentity> together;
        std::vector<std::filesystem::path> paths;
        while (!wanted.empty() && together.size() < files_at_once) {
            together.push_back(std::move(wanted.extract(wanted.begin()).value()));
            paths.push_back(tally_file(together.back()));
        }
        const std::lock_guard guard{mutex_};
        try {
            const auto cells = read_core_cells(session(0), paths);
            for (std::size_t i = 0; i < cells.size(); ++i) remember(together[i], cells[i]);
        } catch (const ports::StorageError& error) {
            if (error.code() != "corrupt" && error.code() != "io") throw;
            close_duckdb();
        }
    }
}

std::vector<tally::Cell> ParquetFactStore::cells(const model::FactIdentity& identity,
                                                 const ports::CellFilter& filter) const {
    return with_cells(identity, [&](const TallyFile& file) { return file.cells(filter); });
}

std::vector<tally::Histogram> ParquetFactStore::histograms(const model::FactIdentity& identity,
                                                           const ports::CellFilter& filter) const {
    return with_cells(identity, [&](const TallyFile& file) { return file.histograms(filter); });
}

model::ResultTable ParquetFactStore::results(const model::FactIdentity& identity,
                                             const model::SchoolId& school,
                                             const model::Procedure& procedure) const {
    const std::lock_guard guard{mutex_};
    if (holds_aggregates(identity)) return {};
    return read_facts(session(0), facts_file(identity), school, procedure);
}

std::vector<model::Work> ParquetFactStore::works(const model::FactIdentity& identity) const {
    const std::lock_guard guard{mutex_};
    return read_works_text(works_of(read_metadata(session(0), existing_facts(identity))));
}

bool ParquetFactStore::verify(const model::FactIdentity& identity) const {
    const std::lock_guard guard{mutex_};
    try {
        if (holds_aggregates(identity)) {
            const auto path = facts_file(identity);
            const std::string works = works_of(read_metadata(session(0), path));
            return identity_of(TallyFile{session(0), path}.cells({}), works) == identity;
        }
        const model::ResultTable table = read_facts(session(small_rows + 1), facts_file(identity));
        return identity_of(table, tally::RowGroups{table}) == identity;
    } catch (const ports::StorageError& error) {
        // A file that cannot be read back is what the question is about.
        if (error.code() == "corrupt" || error.code() == "io") return false;
        throw;
    }
}

std::int64_t ParquetFactStore::sweep(std::span<const model::FactIdentity> in_use) {
    const std::lock_guard guard{mutex_};
    const std::set<model::FactIdentity> named{in_use.begin(), in_use.end()};
    std::int64_t removed = 0;
    for (const auto& folder : {directory_.facts(), directory_.tallies()}) {
        std::error_code error;
        for (const auto& entry : std::filesystem::directory_iterator{folder, error}) {
            const std::string stem = entry.path().stem().string();
            if (!is_hash(stem) || named.contains({stem})) continue;
            std::filesystem::remove(entry.path(), error);
            if (error) throw system_error(error.value(), entry.path());
            removed += folder == directory_.facts() ? 1 : 0;
        }
        if (error) throw system_error(error.value(), folder);
    }
    return removed;
}

}  // namespace opora::storage
