#include "opora/intake/kinds/headings.hpp"

#include <algorithm>
#include <tuple>

#include "opora/intake/dictionaries/normalised_text.hpp"

namespace opora::intake {

namespace {

struct Claim {
    std::size_t rank;
    std::size_t cell;
    std::size_t column;
};

/// What each heading may stand for in this kind, best claims first.
std::vector<Claim> claims_of(const Kind& kind, const std::vector<std::string>& keys,
                             const Synonyms& synonyms) {
    std::vector<Claim> claims;
    for (std::size_t cell = 0; cell < keys.size(); ++cell) {
        const std::string& key = keys[cell];
        if (key.empty()) continue;
        const auto& meanings = synonyms.meanings_of_key(key);
        for (std::size_t column = 0; column < kind.columns.size(); ++column) {
            const Column& wanted = kind.columns[column];
            if (wanted.code == pattern_column) continue;
            if (key == wanted.code_key || key == wanted.title_key) {
                claims.push_back({0, cell, column});
                continue;
            }
            const auto found = std::ranges::find(meanings, wanted.code, &Synonyms::Meaning::column);
            if (found != meanings.end()) claims.push_back({found->rank, cell, column});
        }
    }
    std::ranges::sort(claims, {}, [](const Claim& claim) {
        return std::tuple{claim.rank, claim.cell, claim.column};
    });
    return claims;
}

}  // namespace

std::size_t Headings::recognised() const {
    return static_cast<std::size_t>(std::ranges::count(cells, HeadingRole::known, &Heading::role));
}

std::string_view Headings::cell(const TableRow& row, std::size_t column) const {
    const auto& place = places[column];
    if (!place || *place >= row.cells.size()) return {};
    return stripped(row.cells[*place]);
}

bool Headings::repeated_in(const TableRow& row) const {
    bool any = false;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (cells[i].role != HeadingRole::known) continue;
        if (i >= row.cells.size() || stripped(row.cells[i]) != cells[i].text) return false;
        any = true;
    }
    return any;
}

std::vector<std::string> Headings::shown(const TableRow& row) const {
    std::vector<std::string> cells_shown(std::min(cells.size(), row.cells.size()));
    for (std::size_t i = 0; i < cells_shown.size(); ++i) {
        const HeadingRole role = cells[i].role;
        if (role == HeadingRole::known || role == HeadingRole::task) cells_shown[i] = row.cells[i];
    }
    return cells_shown;
}

std::vector<std::string> Headings::shown_headings() const {
    std::vector<std::string> texts;
    for (const Heading& heading : cells) {
        texts.push_back(heading.role == HeadingRole::reason ? std::string{} : heading.text);
    }
    return texts;
}

std::vector<std::string> heading_keys(const std::vector<std::string>& cells) {
    std::vector<std::string> keys;
    for (const std::string& cell : cells) keys.push_back(heading_key(cell));
    return keys;
}

Headings match_headings(const Kind& kind, const std::vector<std::string>& cells,
                        const Synonyms& synonyms) {
    return match_headings(kind, cells, heading_keys(cells), synonyms);
}

Headings match_headings(const Kind& kind, const std::vector<std::string>& cells,
                        const std::vector<std::string>& keys, const Synonyms& synonyms) {
    Headings headings;
    headings.places.resize(kind.columns.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        Heading heading{.text = std::string{stripped(cells[i])}};
        if (heading.text.empty()) {
            heading.role = HeadingRole::blank;
        } else if (kind.pupils && synonyms.personal_key(keys[i])) {
            heading.role = HeadingRole::personal;
        } else if (std::ranges::any_of(synonyms.meanings_of_key(keys[i]), [](const auto& meaning) {
                       return meaning.column == "reason";
                   })) {
            heading.role = HeadingRole::reason;
        }
        headings.cells.push_back(std::move(heading));
    }
    for (const Claim& claim : claims_of(kind, keys, synonyms)) {
        Heading& heading = headings.cells[claim.cell];
        if (heading.role != HeadingRole::unrecognised || headings.places[claim.column]) continue;
        heading.role = HeadingRole::known;
        heading.column = claim.column;
        headings.places[claim.column] = claim.cell;
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
        Heading& heading = headings.cells[i];
        if (heading.role == HeadingRole::unrecognised && synonyms.personal_key(keys[i])) {
            heading.role = HeadingRole::personal;
        }
    }
    return headings;
}

std::vector<std::string> missing_columns(const Kind& kind, const Headings& headings) {
    std::vector<std::string> missing;
    for (std::size_t column = 0; column < kind.columns.size(); ++column) {
        const Column& wanted = kind.columns[column];
        if (!wanted.required || headings.has(column)) continue;
        if (!wanted.stand_in.empty() && headings.has(kind.number(wanted.stand_in))) continue;
        missing.push_back(wanted.title);
    }
    return missing;
}

bool is_comment(const TableRow& row) {
    for (const std::string& cell : row.cells) {
        const std::string_view text = stripped(cell);
        if (!text.empty()) return text.front() == '#';
    }
    return false;
}

base::Result<HeadedTable> find_headings_where(TableReader& table, const Kind& kind,
                                              const Synonyms& synonyms,
                                              const std::function<bool(Headings&)>& accept) {
    HeadedTable headed;
    TableRow row;
    while (headed.above.size() < heading_row_max) {
        if (!OPORA_TRY(table.next(row)) || row.number > heading_row_max) break;
        if (is_comment(row)) continue;
        Headings headings = match_headings(kind, row.cells, synonyms);
        if (accept(headings)) {
            headed.row = std::move(row);
            headed.headings = std::move(headings);
            headed.found = true;
            return headed;
        }
        headed.above.push_back(std::move(row));
        row = {};
    }
    return headed;
}

base::Result<HeadedTable> find_headings(TableReader& table, const Kind& kind,
                                        const Synonyms& synonyms) {
    HeadedTable headed;
    std::size_t best = 0;
    TableRow row;
    while (headed.above.size() < heading_row_max) {
        if (!OPORA_TRY(table.next(row)) || row.number > heading_row_max) break;
        if (is_comment(row)) continue;
        Headings headings = match_headings(kind, row.cells, synonyms);
        std::vector<std::string> missing = missing_columns(kind, headings);
        if (missing.empty() && headings.recognised() > 0) {
            headed.row = std::move(row);
            headed.headings = std::move(headings);
            headed.found = true;
            headed.missing.clear();
            return headed;
        }
        if (headings.recognised() > best || headed.missing.empty()) {
            best = headings.recognised();
            headed.missing = std::move(missing);
        }
        headed.above.push_back(std::move(row));
        row = {};
    }
    return headed;
}

}  // namespace opora::intake
