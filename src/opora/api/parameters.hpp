#pragma once

#include <algorithm>
#include <limits>
#include <vector>

#include "opora/api/router.hpp"
#include "opora/application/objectivity.hpp"
#include "opora/base/result.hpp"
#include "opora/model/school_year.hpp"
#include "opora/wording/names.hpp"

namespace opora::api {

/// `year` of the query; the newest year with results when there is none. Errors `year_wrong`,
/// `year_missing` (no data at all).
base::Result<model::SchoolYear> year_of(const Call& call, const application::View& view);

/// The school of a path if the person sees it. Error `school_unknown` both for one that is not
/// there and for one that is not his to see: neither is told apart.
base::Result<indicators::SchoolNumber> school_of(const Call& call, const application::View& view,
                                                 std::size_t value);

/// The latest version of a methodology. Error `methodology_unknown`.
base::Result<const application::Methodology*> methodology_of(const Call& call, std::size_t value);

/// Which rows of a list an answer holds: at most `limit` of those after the row `cursor`.
struct Page {
    std::size_t limit = std::numeric_limits<std::size_t>::max();
    std::optional<std::string> cursor;  ///< Key of the last row of the page before.
};

/// `limit` and `cursor` of the query; all rows without them. Error `limit_wrong`.
base::Result<Page> page_of(const Call& call);

/// Leaves of the rows those of the page, and gives the cursor of the page after it where there is
/// one. Rows keep their order; `key` tells them apart. Error `cursor_wrong`.
template <class Row, class Key>
base::Result<std::optional<std::string>> leave_page(std::vector<const Row*>& rows, const Page& page,
                                                    Key key) {
    auto first = rows.begin();
    if (page.cursor) {
        first = std::ranges::find(rows, *page.cursor, [&](const Row* one) { return key(*one); });
        if (first == rows.end()) {
            return base::Unexpected{
                base::Error{.code = "cursor_wrong",
                            .message = "список с тех пор изменился: откройте его заново"}};
        }
        ++first;
    }
    rows.erase(rows.begin(), first);
    if (rows.size() <= page.limit) return std::optional<std::string>{};
    rows.resize(page.limit);
    return std::optional<std::string>{key(*rows.back())};
}

/// `territory` of the query.
std::optional<model::TerritoryId> territory_of(const Call& call);

/// «vpr-mathematics-5-5»: a procedure of a year in addresses: type, subject, programme grade,
/// grade, and the period where it is not the main one.
std::string procedure_code(const model::Procedure& procedure);

/// Russian names of subjects as they stand within a sentence.
wording::Vocabulary words_of(const Call& call);

/// The signs of non-objective assessment of a year, looked for once.
std::shared_ptr<const application::ObjectivityFindings> signs_of(application::View& view,
                                                                 model::SchoolYear year);

}  // namespace opora::api
