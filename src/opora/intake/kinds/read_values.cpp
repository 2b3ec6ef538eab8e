#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/kinds/cell_values.hpp"
#include "opora/intake/kinds/read_registers.hpp"
#include "opora/intake/kinds/row_fields.hpp"
#include "opora/intake/kinds/territory_index.hpp"

namespace opora::intake {

namespace {

class FactsReader : public KindReader {
public:
    explicit FactsReader(Session& session) : session_{session} {
        for (const SchoolFactEntry& fact : session.dictionaries().facts) {
            if (session.kind.find(fact.code) != nullptr) facts_.push_back(&fact);
        }
    }

    base::Result<base::Done> read(TableReader& table) override {
        return read_register(table, session_, [this](RowFields& fields, const Headings& headings) {
            take(fields, headings);
        });
    }

private:
    void take(RowFields& fields, const Headings& headings) {
        const model::School* school = fields.needed_school();
        const auto year = fields.needed_year();
        std::vector<model::SchoolFact> row;
        for (const SchoolFactEntry* fact : facts_) {
            if (!headings.has(session_.kind.number(fact->code))) continue;
            if (const auto value = value_of(fields, *fact)) {
                row.push_back({school != nullptr ? school->id : model::SchoolId{},
                               year.value_or(model::SchoolYear{}), fact->code, *value});
            }
        }
        check_parts(fields, row);
        if (!fields.good()) return;
        if (!keys_.emplace(school->id.value, year->ending).second) {
            fields.fail("school_id", "duplicate", "Школа за этот год уже встретилась в файле.",
                        "одна строка на школу и год");
            return;
        }
        if (row.empty())
            fields.warn("school_id", "no_values", "Для школы не заполнено ни одного показателя.");
        auto& all = session_.batch.rows.facts;
        all.insert(all.end(), row.begin(), row.end());
    }

    static std::optional<base::Fraction> value_of(RowFields& fields, const SchoolFactEntry& fact) {
        if (fact.whole) {
            const auto number = fields.whole(fact.code, {0, 10'000'000});
            return number ? std::optional{base::Fraction{*number, 1}} : std::nullopt;
        }
        const auto number = fields.decimal(fact.code);
        if (number && number->numerator < 0) {
            fields.fail(fact.code, "out_of_range", "Число не может быть меньше нуля.",
                        "число от 0");
        }
        return number;
    }

    void check_parts(RowFields& fields, const std::vector<model::SchoolFact>& row) const {
        for (const model::SchoolFact& part : row) {
            const SchoolFactEntry& fact = *find_fact(session_.dictionaries().facts, part.fact);
            for (const std::string& limit : {fact.part_of, fact.within}) {
                const auto whole = std::ranges::find(row, limit, &model::SchoolFact::fact);
                if (whole == row.end() || part.value.numerator <= whole->value.numerator) continue;
                fields.fail(part.fact, "part_above_whole", "Часть больше целого.",
                            fmt::format("не больше {}", whole->value.numerator));
            }
        }
    }

    Session& session_;
    std::vector<const SchoolFactEntry*> facts_;
    std::set<std::pair<std::string, int>> keys_;
};

class IndicatorsReader : public KindReader {
public:
    explicit IndicatorsReader(Session& session) : session_{session} {}

    base::Result<base::Done> read(TableReader& table) override {
        return read_register(table, session_,
                             [this](RowFields& fields, const Headings&) { take(fields); });
    }

private:
    void take(RowFields& fields) {
        const model::School* school = fields.needed_school();
        const auto year = fields.needed_year();
        const std::string indicator = fields.needed_text("indicator");
        const auto value = fields.decimal("value");
        const auto n = fields.whole("n", {0, INT32_MAX});
        if (!fields.good()) return;
        if (!value) {
            fields.warn("value", "no_values", "Значение не заполнено: показатель не записан.");
            return;
        }
        if (!keys_.emplace(school->id.value, year->ending, indicator).second) {
            fields.fail("indicator", "duplicate",
                        "Показатель школы за этот год уже встретился в файле.", "одна строка");
            return;
        }
        session_.batch.rows.indicators.push_back(
            {school->id,
             *year,
             {indicator},
             *value,
             n ? std::optional<std::int64_t>{*n} : std::nullopt});
    }

    Session& session_;
    std::set<std::tuple<std::string, int, std::string>> keys_;
};

class ReferencesReader : public KindReader {
public:
    explicit ReferencesReader(Session& session)
        : session_{session}, territories_{session.context.territories} {}

    base::Result<base::Done> read(TableReader& table) override {
        return read_register(table, session_,
                             [this](RowFields& fields, const Headings&) { take(fields); });
    }

private:
    void take(RowFields& fields) {
        model::ReferenceValue reference;
        const std::string territory = fields.needed_text("territory_id");
        if (const auto known = territories_.find(territory)) {
            reference.territory = *known;
        } else if (!territory.empty()) {
            fields.fail("territory_id", "unknown_territory",
                        "Такой территории нет в реестре. Загрузите территории (вид «territories») "
                        "или исправьте название.",
                        "код или название территории из реестра");
        }
        take_procedure(fields, reference.procedure);
        take_value(fields, reference);
        if (!fields.good()) return;
        if (!keys_
                 .emplace(reference.territory.value, reference.procedure, reference.indicator.value)
                 .second) {
            fields.fail("indicator", "duplicate",
                        "Такое эталонное значение уже встретилось в файле.", "одна строка");
            return;
        }
        session_.batch.rows.references.push_back(std::move(reference));
    }

    void take_procedure(RowFields& fields, model::Procedure& procedure) {
        const std::string type = fields.needed_text("type");
        if (const auto known = model::procedure_type(normalised(type))) {
            procedure.type = *known;
        } else if (!type.empty()) {
            fields.fail("type", "unknown_word", "Такой процедуры нет.",
                        "ВПР, ОГЭ, ЕГЭ, ГВЭ, НИКО, РДР, ВСОКО");
        }
        if (const auto subject = fields.needed_subject("subject", procedure.type))
            procedure.subject = *subject;
        const auto grade = fields.whole("grade", {model::grade_min, model::grade_max});
        if (!grade && fields.good())
            fields.fail("grade", "blank", "Класс не заполнен.", "число от 1 до 12");
        procedure.grade = grade.value_or(model::grade_min);
        procedure.programme_grade =
            fields.whole("programme_grade", {model::grade_min, model::grade_max})
                .value_or(procedure.grade);
        if (const auto year = fields.needed_year()) procedure.year = *year;
        if (const auto period = model::period(fields.choice("period", "period")))
            procedure.period = *period;
    }

    void take_value(RowFields& fields, model::ReferenceValue& reference) {
        const std::string indicator = fields.needed_text("indicator");
        const std::string_view known =
            session_.dictionaries().synonyms.value("indicator", indicator);
        reference.indicator = {known.empty() ? indicator : std::string{known}};
        const bool share = session_.dictionaries().synonyms.share(reference.indicator.value);
        const auto value = share ? fields.share("value") : fields.decimal("value");
        if (value) {
            reference.value = *value;
        } else if (fields.good()) {
            fields.fail("value", "blank", "Значение не заполнено.", "число");
        }
        if (const auto spread = share ? fields.share("spread") : fields.decimal("spread")) {
            reference.spread = *spread;
        }
        if (const auto n = fields.whole("n", {0, INT32_MAX})) reference.n = *n;
    }

    Session& session_;
    TerritoryIndex territories_;
    std::set<std::tuple<std::string, model::Procedure, std::string>> keys_;
};

}  // namespace

std::unique_ptr<KindReader> facts_reader(Session& session) {
    return std::make_unique<FactsReader>(session);
}
std::unique_ptr<KindReader> indicators_reader(Session& session) {
    return std::make_unique<IndicatorsReader>(session);
}
std::unique_ptr<KindReader> references_reader(Session& session) {
    return std::make_unique<ReferencesReader>(session);
}

}  // namespace opora::intake
