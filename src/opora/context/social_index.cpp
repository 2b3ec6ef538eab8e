#include "opora/context/social_index.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "opora/statistics/correlation.hpp"
#include "opora/statistics/least_squares.hpp"
#include "opora/statistics/principal_component.hpp"
#include "opora/statistics/summary.hpp"

namespace opora::context {

using model::IndexMethod;
using model::SchoolIndex;

namespace {

/// A school's share as the method counts it: higher is more favourable.
std::optional<double> scored(const IndexCoefficient& coefficient, std::optional<double> share,
                             IndexMethod method) {
    if (!share || !coefficient.deviation) return std::nullopt;
    const bool favourable = coefficient.component.sign > 0;
    if (method == IndexMethod::expert) {
        const double place = (*share - *coefficient.low) / (*coefficient.high - *coefficient.low);
        return favourable ? place : 1 - place;
    }
    const double z = (*share - *coefficient.mean) / *coefficient.deviation;
    return favourable ? z : -z;
}

IndexCoefficient described(const IndexInput& input, std::size_t component) {
    IndexCoefficient one{.component = input.components[component]};
    std::vector<double> known;
    for (std::size_t school = 0; school < input.schools(); ++school) {
        if (const auto& share = input.share(school, component)) known.push_back(*share);
    }
    one.known = static_cast<std::int64_t>(known.size());
    if (one.known == 0) {
        one.note = "нет данных ни у одной школы";
        return one;
    }
    one.mean = statistics::mean(known);
    one.low = std::ranges::min(known);
    one.high = std::ranges::max(known);
    if (one.known < index_schools_min) {
        one.note = "данные есть меньше чем у трёх школ";
    } else if (*one.low == *one.high) {
        one.note = "у всех школ одинаковое значение";
    } else {
        one.deviation = statistics::standard_deviation(known);
    }
    return one;
}

/// The scored components of the schools that know all of them, by rows.
struct CompleteRows {
    std::vector<std::size_t> schools;
    std::vector<double> values;
};

class IndexMaker {
public:
    IndexMaker(const IndexInput& input, IndexMethod method)
        : input_{input}, index_{.method = method} {
        for (std::size_t k = 0; k < input.components.size(); ++k) {
            index_.coefficients.push_back(described(input, k));
            if (index_.coefficients[k].deviation) used_.push_back(k);
        }
        index_.schools.resize(input.schools());
    }

    SocialIndex make() && {
        if (used_.empty()) {
            refuse("нет ни одной доли социального паспорта, которая различает школы");
            return std::move(index_);
        }
        if (weigh()) standardise(raw_values());
        return std::move(index_);
    }

private:
    void refuse(const std::string& reason) {
        index_.reason = reason;
        for (SchoolIndex& school : index_.schools) school = {.reason = reason};
    }

    bool refused(const std::string& reason) {
        refuse(reason);
        return false;
    }

    std::optional<double> value(std::size_t school, std::size_t component) const {
        return scored(index_.coefficients[component], input_.share(school, component),
                      index_.method);
    }

    CompleteRows complete_rows(bool with_results) const {
        CompleteRows rows;
        for (std::size_t school = 0; school < input_.schools(); ++school) {
            const auto knows = [&](std::size_t k) { return value(school, k).has_value(); };
            if (with_results && !input_.results[school]) continue;
            if (!std::ranges::all_of(used_, knows)) continue;
            rows.schools.push_back(school);
            for (const std::size_t k : used_) rows.values.push_back(*value(school, k));
        }
        return rows;
    }

    /// Sets the coefficients of the used components.
    bool weigh() {
        switch (index_.method) {
            case IndexMethod::equal:
                return weigh_by([](const IndexComponent&) { return 1.0; });
            case IndexMethod::expert:
                return weigh_by([](const IndexComponent& one) { return one.weight; });
            case IndexMethod::component:
                return weigh_by_component();
            case IndexMethod::regression:
                return weigh_by_regression();
        }
        return false;
    }

    template <class Weight>
    bool weigh_by(const Weight& weight) {
        double sum = 0;
        for (const std::size_t k : used_) sum += weight(input_.components[k]);
        for (const std::size_t k : used_) {
            index_.coefficients[k].coefficient = weight(input_.components[k]) / sum;
        }
        return true;
    }

    bool weigh_by_component() {
        if (used_.size() == 1) {  // A component of one variable is the variable.
            index_.coefficients[used_[0]].coefficient = 1;
            index_.variance_share = 1;
            return true;
        }
        const CompleteRows rows = complete_rows(false);
        const auto component = statistics::first_component(rows.values, used_.size());
        if (!component) {
            return refused(
                "главная компонента не определяется: мало школ с полным паспортом "
                "или доли не связаны между собой");
        }
        index_.variance_share = component->variance_share;
        // The education of parents says which end is favourable.
        const double sign = component->loadings[0] < 0 ? -1 : 1;
        for (std::size_t i = 0; i < used_.size(); ++i) {
            set(used_[i], sign * component->loadings[i]);
        }
        return true;
    }

    bool weigh_by_regression() {
        const CompleteRows rows = complete_rows(true);
        const std::size_t columns = used_.size() + 1;
        std::vector<double> x;
        std::vector<double> y;
        std::vector<std::uint32_t> schools;
        for (std::size_t i = 0; i < rows.schools.size(); ++i) {
            x.push_back(1);
            for (std::size_t k = 0; k < used_.size(); ++k) {
                x.push_back(rows.values[i * used_.size() + k]);
            }
            y.push_back(*input_.results[rows.schools[i]]);
            schools.push_back(static_cast<std::uint32_t>(i));
        }
        const auto fit = statistics::fit_least_squares(x, columns, y, schools);
        if (!fit) return refused("связь с результатами не оценивается: " + fit.error().message);
        index_.r2 = fit->r2;
        for (std::size_t i = 0; i < used_.size(); ++i) {
            const statistics::Coefficient& found = fit->coefficients[i + 1];
            if (found.left_out) {
                index_.coefficients[used_[i]].note = "повторяет другие доли";
                continue;
            }
            set(used_[i], found.estimate);
            index_.coefficients[used_[i]].se = found.se;
        }
        return true;
    }

    void set(std::size_t k, double coefficient) {
        index_.coefficients[k].coefficient = coefficient;
        if (coefficient < 0) index_.coefficients[k].note = "знак противоположен ожидаемому";
    }

    /// The weighted mean of what each school knows; none for a school that knows nothing.
    std::vector<std::optional<double>> raw_values() {
        double all = 0;
        for (const IndexCoefficient& one : index_.coefficients) {
            all += std::abs(one.coefficient.value_or(0));
        }
        std::vector<std::optional<double>> raw(input_.schools());
        for (std::size_t school = 0; school < input_.schools(); ++school) {
            double sum = 0;
            double weight = 0;
            for (const std::size_t k : used_) {
                const auto known = value(school, k);
                const auto coefficient = index_.coefficients[k].coefficient;
                if (!known || !coefficient) continue;
                sum += *coefficient * *known;
                weight += std::abs(*coefficient);
            }
            SchoolIndex& index = index_.schools[school];
            if (weight <= 0) {
                index.reason = "нет данных социального паспорта";
                continue;
            }
            raw[school] = sum / weight;
            index.weight_known = all > 0 ? weight / all : 0;
            index.incomplete = index.weight_known < complete_weight - 1e-12;
        }
        return raw;
    }

    void standardise(const std::vector<std::optional<double>>& raw) {
        std::vector<double> reference;
        for (std::size_t school = 0; school < raw.size(); ++school) {
            if (raw[school] && !index_.schools[school].incomplete)
                reference.push_back(*raw[school]);
        }
        std::ranges::sort(reference);
        if (static_cast<std::int64_t>(reference.size()) < index_schools_min) {
            refuse("школ с полным социальным паспортом меньше трёх: сравнивать не с чем");
            return;
        }
        const double mean = statistics::mean(reference);
        const double deviation = statistics::standard_deviation(reference);
        if (deviation <= 1e-12 * (1 + std::abs(mean))) {
            refuse("условия всех школ одинаковы");
            return;
        }
        for (std::size_t school = 0; school < raw.size(); ++school) {
            if (!raw[school]) continue;
            const auto [first, last] = std::ranges::equal_range(reference, *raw[school]);
            const auto below = static_cast<double>(first - reference.begin());
            const auto equal = static_cast<double>(last - first);
            index_.schools[school].z = (*raw[school] - mean) / deviation;
            index_.schools[school].percentile =
                100 * (below + equal / 2) / static_cast<double>(reference.size());
        }
    }

    const IndexInput& input_;
    SocialIndex index_;
    std::vector<std::size_t> used_;  ///< Components that differ between schools.
};

}  // namespace

std::vector<IndexComponent> index_components(model::IndexReading reading) {
    using indicators::ContextTable;
    static constexpr std::array four{"parents_both_higher_share", "families_incomplete_share",
                                     "registered_share", "russian_not_native_share"};
    static constexpr std::array one{"low_ses_families_share"};
    const std::span<const char* const> codes = reading == model::IndexReading::four_shares
                                                   ? std::span<const char* const>{four}
                                                   : std::span<const char* const>{one};
    std::vector<IndexComponent> components;
    for (const std::string_view code : codes) {
        const auto& feature = ContextTable::features()[ContextTable::feature(code)];
        const int sign = feature.sign == indicators::ContextSign::favourable ? 1 : -1;
        components.push_back({std::string{code}, std::string{feature.title}, sign, 1});
    }
    for (IndexComponent& component : components) {
        component.weight = 1 / static_cast<double>(components.size());
    }
    return components;
}

SocialIndex social_index(const IndexInput& input, IndexMethod method) {
    return IndexMaker{input, method}.make();
}

Agreement agreement(std::span<const SchoolIndex> one, std::span<const SchoolIndex> other) {
    std::vector<double> x;
    std::vector<double> y;
    for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i) {
        if (!one[i].z || !other[i].z) continue;
        x.push_back(*one[i].z);
        y.push_back(*other[i].z);
    }
    return {static_cast<std::int64_t>(x.size()), statistics::spearman(x, y)};
}

}  // namespace opora::context
