#include "opora/intake/kinds/detect.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/kinds/aggregate_patterns.hpp"
#include "opora/intake/kinds/gia_title.hpp"
#include "opora/intake/kinds/headings.hpp"
#include "opora/intake/kinds/item_columns.hpp"
#include "opora/intake/kinds/marker_columns.hpp"

namespace opora::intake {

namespace {

struct Candidate {
    const Kind* kind = nullptr;
    std::size_t fit = 0;  ///< Recognised columns, and many more for a title of its own.
};

constexpr std::size_t title_weight = 1'000;
/// Headings that fit so well are the headings: the rows below them need no look.
constexpr std::size_t fit_sure = 4;

/// Titles of forms, as they stand above the headings or on the sheet's tab.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> titles{{
    {"индивидуальн", "vpr-f1"},
    {"статистика по отметкам", "vpr-marks"},
    {"сравнение отметок", "vpr-journal"},
    {"распределение первичных баллов", "vpr-scores"},
    {"выполнение заданий", "vpr-tasks"},
}};

/// What the rows above the headings have told so far.
struct Titles {
    std::array<bool, titles.size()> seen{};
    bool exam = false;  ///< The first line of an exam centre's list.

    void read(const std::string& text) {
        const std::string words = normalised(text);
        for (std::size_t i = 0; i < titles.size(); ++i) {
            seen[i] = seen[i] || words.find(titles[i].first) != std::string::npos;
        }
    }
    bool of(std::string_view kind) const {
        const auto title =
            std::ranges::find(titles, kind, &std::pair<std::string_view, std::string_view>::second);
        return title != titles.end() && seen[static_cast<std::size_t>(title - titles.begin())];
    }
};

/// Marks and scores of pupils: whatever else the row looks like, it heads no form of percents.
bool heads_pupils(const Headings& headings) {
    bool score = false;
    bool mark = false;
    for (const Heading& heading : headings.cells) {
        const std::string words = normalised(heading.text);
        score = score || words == "первичный балл";
        mark = mark || words == "отметка";
    }
    return score && mark;
}

/// How many columns of the kind the row has, as its headings; 0 when it cannot be the headings.
std::size_t fit_of(const Kind& kind, Headings headings, const Titles& seen,
                   const Subjects& subjects) {
    if (headings.recognised() == 0) return 0;
    if (!missing_columns(kind, headings).empty()) {
        // A protocol without its codes is a protocol all the same: reading tells what is missing.
        const bool pupils = kind.code == "vpr-f1" && heads_pupils(headings);
        const std::size_t tasks = pupils ? find_task_columns(headings, nullptr).size() : 0;
        return tasks > 0 ? headings.recognised() + 2 * tasks : 0;
    }
    const auto has = [&](std::string_view column) { return headings.has(kind.number(column)); };
    std::size_t patterns = 0;
    if (kind.code == "vpr-f1") {
        patterns = find_task_columns(headings, nullptr).size();
        if (patterns == 0 && !has("mark") && !has("journal_mark")) return 0;
    } else if (kind.code == "gia-list") {
        if (!has("short_answers") && !seen.exam) return 0;
        if (!has("score") && !has("written_score") && !has("result") && !has("mark")) return 0;
        if (seen.exam) patterns = title_weight;
    } else if (kind.code == "bulk") {
        if (!has("score") && !has("mark")) return 0;
        patterns = title_weight / 2;  // Its required columns hardly meet by chance.
    } else if (kind.code == "vpr-journal") {
        const bool columns = has("lowered") && has("confirmed") && has("raised");
        if (!columns && !(seen.of(kind.code) && has("group"))) return 0;
    } else if (kind.code == "vpr-scores") {
        patterns = find_score_columns(headings).size();
        if (patterns == 0 || (!has("group") && !has("school_id") && !has("school_name"))) return 0;
    } else if (kind.code == "vpr-tasks") {
        const std::vector<TaskColumn> tasks = find_task_columns(headings, nullptr);
        patterns = tasks.size();
        if (heads_pupils(headings)) return 0;
        if (patterns < 2 || (!has("group") && !has("school_id") && !has("school_name"))) return 0;
        // Bare numbers may be scores or marks as well: only the title tells them from tasks.
        const model::Task& first = tasks.front().task;
        const bool from_one =
            first.number == "1" || first.number.starts_with("1.") || first.points_max > 0;
        if (!seen.of(kind.code) && !from_one) return 0;
    } else if (kind.code == "objectivity-markers") {
        patterns = find_marker_columns(headings, subjects).size();
        if (patterns == 0) return 0;
    } else if (kind.code == "answers") {
        patterns = find_item_columns(headings, kind).size();
        if (patterns == 0 && !(has("item") && has("answer"))) return 0;
    } else if (kind.code == "passports" || kind.code == "flows" || kind.code == "staff" ||
               kind.code == "resources") {
        const auto facts = headings.recognised() - (has("school_id") ? 1 : 0) -
                           (has("school_name") ? 1 : 0) - (has("year") ? 1 : 0);
        if (facts == 0) return 0;
    }
    return headings.recognised() + 2 * patterns;
}

}  // namespace

std::vector<TableRow> first_rows(TableReader& table, base::Result<bool>& state) {
    std::vector<TableRow> rows;
    TableRow row;
    while (std::ssize(rows) <= heading_row_max) {
        state = table.next(row);
        if (!state || !*state) break;
        rows.push_back(std::move(row));
        row = {};
    }
    return rows;
}

const Kind* kind_of(const std::vector<Kind>& kinds, const std::vector<TableRow>& rows,
                    const std::string& sheet, const Synonyms& synonyms, const Subjects& subjects) {
    Candidate best;
    Titles seen;
    seen.read(sheet);
    for (std::size_t i = 0; i < rows.size() && rows[i].number <= heading_row_max; ++i) {
        const std::vector<std::string>& cells = rows[i].cells;
        if (is_comment(rows[i])) continue;
        const std::vector<std::string> keys = heading_keys(cells);
        for (const Kind& kind : kinds) {
            std::size_t fit =
                fit_of(kind, match_headings(kind, cells, keys, synonyms), seen, subjects);
            if (fit > 0 && seen.of(kind.code)) fit += title_weight;
            if (fit > best.fit) best = {&kind, fit};
        }
        if (best.fit >= fit_sure) break;
        for (const std::string& cell : cells) seen.read(cell);
        seen.exam = seen.exam || find_exam_title(std::span{&rows[i], 1}).has_value();
    }
    return best.kind;
}

}  // namespace opora::intake
