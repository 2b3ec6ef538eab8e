#include "opora/objectivity/conclude.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

#include "opora/statistics/false_discovery.hpp"

namespace opora::objectivity {

namespace {

unsigned ground(ObjectivitySign sign) {
    switch (sign) {
        case ObjectivitySign::border_spike:
            return 1;
        case ObjectivitySign::above_group:
        case ObjectivitySign::homogeneous_class:
            return 2;
        case ObjectivitySign::cohort_fall:
        case ObjectivitySign::passing_gain:
            return 4;
        case ObjectivitySign::journal_gap:
            return 8;
        case ObjectivitySign::examination_gap:
            return 16;
    }
    return 0;
}

/// The rows of one school, [begin, end).
struct Part {
    std::size_t begin = 0;
    std::size_t end = 0;
};

std::vector<double> tested_p(const std::vector<Row>& rows, const Part& part) {
    std::vector<double> p;
    for (std::size_t i = part.begin; i < part.end; ++i) {
        if (rows[i].tested()) p.push_back(rows[i].p);
    }
    return p;
}

void mark_rows(std::vector<Row>& rows, const Part& part, SchoolSigns& school, double stricter,
               double level) {
    const std::vector<double> adjusted = statistics::benjamini_hochberg(tested_p(rows, part));
    unsigned grounds = 0;
    std::size_t next = 0;
    for (std::size_t i = part.begin; i < part.end; ++i) {
        Row& row = rows[i];
        if (!row.tested()) continue;
        row.q = std::min(1.0, std::max(school.q, stricter * adjusted[next++]));
        row.marked = row.q <= level;
        if (!row.marked) continue;
        ++school.marked;
        grounds |= ground(row.sign);
    }
    school.grounds = std::popcount(grounds);
}

}  // namespace

std::vector<SchoolSigns> conclude(std::vector<Row>& rows, double level,
                                  std::span<const std::string> class_names) {
    const auto name = [&](const Row& row) {
        return row.class_name == indicators::nothing
                   ? std::string_view{}
                   : std::string_view{class_names[row.class_name]};
    };
    // In place: the rows of a country are most of what stands in memory.
    std::ranges::sort(rows, [&](const Row& left, const Row& right) {
        if (left.school != right.school) return left.school < right.school;
        const auto key = [](const Row& row) {
            return (std::uint64_t{static_cast<std::uint8_t>(row.sign)} << 32) | row.procedure;
        };
        if (key(left) != key(right)) return key(left) < key(right);
        const auto rest = [&](const Row& row) {
            return std::tuple{name(row), row.n, row.statistic};
        };
        return rest(left) < rest(right);
    });

    std::vector<SchoolSigns> schools;
    std::vector<Part> parts;
    std::vector<double> p;
    for (std::size_t begin = 0; begin < rows.size();) {
        Part part{begin, begin};
        while (part.end < rows.size() && rows[part.end].school == rows[begin].school) ++part.end;
        const std::vector<double> own = tested_p(rows, part);
        if (!own.empty()) {
            p.push_back(statistics::simes(own));
            parts.push_back(part);
            schools.push_back({.school = rows[begin].school,
                               .tested = static_cast<std::int32_t>(own.size()),
                               .p = p.back()});
        }
        begin = part.end;
    }
    const std::vector<double> q = statistics::benjamini_hochberg(p);
    const auto selected = std::max<std::int64_t>(
        1, std::ranges::count_if(q, [&](double one) { return one <= level; }));
    const double stricter = static_cast<double>(schools.size()) / static_cast<double>(selected);
    for (std::size_t i = 0; i < schools.size(); ++i) {
        schools[i].q = q[i];
        mark_rows(rows, parts[i], schools[i], stricter, level);
    }
    return schools;
}

}  // namespace opora::objectivity
