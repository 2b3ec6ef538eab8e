#include <algorithm>
#include <array>
#include <memory>

#include "opora/intake/kinds/aggregate_patterns.hpp"
#include "opora/intake/kinds/aggregate_rows.hpp"
#include "opora/intake/kinds/cell_values.hpp"
#include "opora/intake/kinds/read_protocols.hpp"
#include "opora/intake/kinds/rebuilt_counts.hpp"

namespace opora::intake {

namespace {

/// The form has two shapes: the three groups as columns of a school's row, or as rows below the
/// school's name.
class JournalReader : public KindReader {
public:
    explicit JournalReader(Session& session)
        : session_{session},
          columns_{session.kind.number("lowered"), session.kind.number("confirmed"),
                   session.kind.number("raised")},
          value_{session.kind.number("value")},
          n_{session.kind.number("n")} {}

    base::Result<base::Done> read(TableReader& table) override {
        const auto accept = [&](Headings& headings) {
            const bool in_rows = headings.has(session_.kind.number("group")) &&
                                 (headings.has(n_) || headings.has(value_));
            return has_columns(headings) || in_rows;
        };
        const HeadedTable headed = OPORA_TRY(
            find_headings_where(table, session_.kind, session_.dictionaries().synonyms, accept));
        if (!headed.found) return base::Done{};
        session_.understood = true;
        warn_unknown_columns(session_, table.sheet(), headed.headings, headed.row.number);
        AggregateSheet sheet{session_, table.sheet(), headed};
        const bool in_columns = has_columns(headed.headings);
        TableRow row;
        while (!session_.stopped() && OPORA_TRY(table.next(row))) {
            if (is_comment(row)) continue;
            if (in_columns) {
                if (sheet.begin(row)) take_columns(sheet, headed.headings);
            } else {
                take_line(sheet, row);
            }
        }
        keep(sheet);
        return base::Done{};
    }

private:
    /// A school whose groups stand in rows, as far as they have been read.
    struct Pending {
        tally::Cell cell;
        std::array<std::optional<std::int32_t>, 4> counts;
        std::array<std::optional<base::Fraction>, 4> percents;
    };

    bool has_columns(const Headings& headings) const {
        return std::ranges::all_of(columns_, [&](std::size_t one) { return headings.has(one); });
    }

    void take_columns(AggregateSheet& sheet, const Headings& headings) {
        auto cell = sheet.cell();
        const auto n = sheet.participants();
        std::vector<base::Fraction> values;
        for (const std::size_t column : columns_) {
            if (const auto value = sheet.percent(*headings.places[column]))
                values.push_back(*value);
        }
        if (cell && n && *n > 0 && values.size() == 3) {
            fill(sheet, *cell, *n, values);
        } else {
            if (cell && !n && sheet.rows().good()) {
                sheet.rows().fail(n_, "n_unknown", "Не указано количество участников.",
                                  "целое число");
            }
            cell.reset();
        }
        sheet.finish_row(std::move(cell));
    }

    /// Counts that sum to n are taken as they are, anything else as percents.
    void fill(AggregateSheet& sheet, tally::Cell& cell, std::int32_t n,
              const std::vector<base::Fraction>& values) {
        std::int64_t sum = 0;
        bool whole = true;
        for (const base::Fraction& value : values) {
            whole = whole && value.denominator == 1;
            sum += value.numerator;
        }
        if (whole && sum == n) {
            set(cell, n,
                {static_cast<std::int32_t>(values[0].numerator),
                 static_cast<std::int32_t>(values[1].numerator),
                 static_cast<std::int32_t>(values[2].numerator)});
            return;
        }
        const auto rebuilt = rebuilt_counts(n, values);
        if (!rebuilt) {
            sheet.rows().fail(columns_[0], "percents_sum", "Проценты групп в сумме далеки от 100.",
                              "сумма около 100");
            return;
        }
        if (!rebuilt->fits) sheet.warn_misfit();
        set(cell, n, {rebuilt->counts[0], rebuilt->counts[1], rebuilt->counts[2]});
    }

    static void set(tally::Cell& cell, std::int32_t n, const std::array<std::int32_t, 3>& groups) {
        cell.counts.participants = n;
        cell.counts.journaled = n;
        cell.counts.lowered = groups[0];
        cell.counts.confirmed = groups[1];
        cell.counts.raised = groups[2];
    }

    void take_line(AggregateSheet& sheet, TableRow& row) {
        sheet.begin_detail(row);
        const auto group = journal_group(sheet.group());
        if (!group) {
            keep(sheet);
            skipping_ = !sheet.begin(row);
            if (skipping_) return;
            if (auto cell = sheet.cell()) {
                pending_ = Pending{.cell = std::move(*cell)};
            } else {
                sheet.finish_row(std::nullopt);
            }
            return;
        }
        if (skipping_) return;
        if (!pending_) begin_headed_school(sheet, row);
        if (!pending_) return;
        const auto place = static_cast<std::size_t>(*group);
        pending_->counts[place] = sheet.rows().whole(n_, 0, sheet.participants_max());
        if (const auto text = sheet.rows().cell(value_); !is_missing(text)) {
            pending_->percents[place] = decimal_number(text.substr(0, text.find('%')));
        }
        pending_->cell.row_last = static_cast<std::int32_t>(row.number);
        if (!sheet.rows().good()) {
            pending_.reset();
            sheet.finish_row(std::nullopt);
        }
    }

    /// Rows of groups without a school's row above them belong to the school of the lines above the
    /// headings.
    void begin_headed_school(AggregateSheet& sheet, TableRow& row) {
        if (sheet.head().school.empty() || headed_school_taken_) return;
        headed_school_taken_ = true;
        TableRow named{row.number, {sheet.head().school}};
        if (!sheet.begin(named)) return;
        if (auto cell = sheet.cell()) {
            pending_ = Pending{.cell = std::move(*cell)};
        } else {
            sheet.finish_row(std::nullopt);
        }
        sheet.begin_detail(row);
    }

    void keep(AggregateSheet& sheet) {
        if (!pending_) return;
        Pending done = std::move(*pending_);
        pending_.reset();
        const auto& counts = done.counts;
        if (counts[0] && counts[1] && counts[2]) {
            const std::int32_t sum = *counts[0] + *counts[1] + *counts[2];
            if (counts[3] && *counts[3] != sum) {
                sheet.rows().warn("total_differs",
                                  "«Всего» не равно сумме групп: сохранены группы.");
            }
            set(done.cell, sum, {*counts[0], *counts[1], *counts[2]});
        } else {
            const auto n = counts[3] ? counts[3] : sheet.participants_elsewhere();
            std::vector<base::Fraction> percents;
            for (std::size_t i = 0; i < 3; ++i)
                percents.push_back(done.percents[i].value_or(base::Fraction{0, 1}));
            if (!n || *n == 0) {
                sheet.rows().fail(n_, "n_unknown", "Не указано количество участников.",
                                  "целое число в строке «Всего»");
            } else {
                fill(sheet, done.cell, *n, percents);
            }
        }
        if (done.cell.counts.participants == 0 && sheet.rows().good()) return;
        sheet.finish_row(sheet.rows().good() ? std::optional{std::move(done.cell)} : std::nullopt);
    }

    Session& session_;
    std::array<std::size_t, 3> columns_;
    std::size_t value_, n_;
    std::optional<Pending> pending_;
    bool headed_school_taken_ = false;
    bool skipping_ = false;  ///< The lines belong to a group that is nobody's.
};

}  // namespace

std::unique_ptr<KindReader> vpr_journal_reader(Session& session) {
    return std::make_unique<JournalReader>(session);
}

}  // namespace opora::intake
