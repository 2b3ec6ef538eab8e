#include "opora/application/evidence_loading.hpp"

#include <algorithm>
#include <future>

#include "opora/base/sha256.hpp"

namespace opora::application {

std::vector<FactInForce> facts_in_force(const std::vector<ports::ImportReceipt>& imports) {
    std::vector<FactInForce> facts;
    for (const ports::ImportReceipt& receipt : imports) {
        if (receipt.undone) continue;
        if (receipt.results) {
            facts.push_back({receipt.number, *receipt.results, receipt.file, false});
        }
        if (receipt.aggregates) {
            facts.push_back({receipt.number, *receipt.aggregates, receipt.file, true});
        }
    }
    return facts;
}

namespace {

/// The hash of what the evidence was made of: the registers, the fact files of which a cell is in
/// force, and, where two of them hold the same cell, which one won.
std::string snapshot_of(const indicators::Evidence& evidence, const std::vector<FactInForce>& facts,
                        const std::string& rows_hash) {
    std::vector<std::string> lines{"register " + rows_hash};
    for (std::size_t file = 0; file < facts.size(); ++file) {
        if (evidence.cells_in_force()[file] > 0) {
            lines.push_back("facts " + facts[file].identity.value);
        }
    }
    for (const auto& [winner, loser] : evidence.overruled()) {
        if (evidence.cells_in_force()[loser] == 0) continue;
        lines.push_back("over " + facts[winner].identity.value + " " + facts[loser].identity.value);
    }
    std::ranges::sort(lines);
    lines.erase(std::ranges::unique(lines).begin(), lines.end());

    base::Sha256 hash;
    for (const std::string& line : lines) hash.add(line + "\n");
    return hash.hex();
}

/// Histograms of the files that give the scores.
std::vector<tally::Histogram> histograms_in_force(const ports::DataSource& source,
                                                  const indicators::Evidence& evidence,
                                                  const std::vector<FactInForce>& facts) {
    std::vector<tally::Histogram> all;
    for (std::uint32_t file = 0; file < facts.size(); ++file) {
        if (evidence.cells_in_force()[file] == 0) continue;
        for (auto& histogram : source.facts().histograms(facts[file].identity, {})) {
            const auto given = evidence.given_by(file, histogram.school, histogram.procedure);
            if (holds(given, tally::FieldGroup::scores)) all.push_back(std::move(histogram));
        }
    }
    return all;
}

}  // namespace

LoadedEvidence load_evidence(const ports::DataSource& source, const LoadOptions& options) {
    std::vector<FactInForce> facts = facts_in_force(source.registers().imports());
    // Tallies and registers lie in different files, read side by side.
    std::future<std::vector<tally::CoreCells>> cells = std::async(std::launch::async, [&] {
        std::vector<model::FactIdentity> identities;
        for (const FactInForce& fact : facts) identities.push_back(fact.identity);
        return source.facts().core_cells_of(identities);
    });
    ports::RegisterRows rows = source.registers().rows();
    // The hash of the registers takes as long as making the evidence.
    std::future<std::string> rows_hash =
        std::async(std::launch::async, [&] { return source.registers().rows_hash(); });

    indicators::EvidenceInput input{.territories = std::move(rows.territories),
                                    .schools = std::move(rows.schools),
                                    .facts = std::move(rows.facts),
                                    .imported = std::move(rows.indicators),
                                    .references = std::move(rows.references),
                                    .markers = std::move(rows.markers),
                                    .follow_successors = options.follow_successors};
    std::vector<tally::CoreCells> blocks = cells.get();
    for (std::size_t file = 0; file < facts.size(); ++file) {
        input.blocks.push_back({facts[file].file, std::move(blocks[file])});
    }
    indicators::Evidence evidence{std::move(input)};
    if (options.histograms) {
        const auto histograms = histograms_in_force(source, evidence, facts);
        evidence = std::move(evidence).with_histograms(histograms);
    }
    std::string snapshot = snapshot_of(evidence, facts, rows_hash.get());
    return {std::move(evidence), std::move(facts), std::move(snapshot)};
}

}  // namespace opora::application
