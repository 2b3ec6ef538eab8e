#pragma once

#include <string>
#include <vector>

#include "opora/documents/document_details.hpp"
#include "opora/documents/template_values.hpp"
#include "opora/model/listing.hpp"
#include "opora/wording/names.hpp"

namespace opora::documents {

/// The draft of an order that approves a list (S1.18): number, date, place, basis, title, points
/// and sub-points, annex, executor, control, signature; with methodology, version, snapshot and
/// audit head the list can be made again.
struct OrderDetails {
    Issuer issuer;
    std::string title;  ///< Empty: about the list of schools with low results of the year.
    std::string basis;  ///< Empty: the analysis of the year's results under the methodology.
    std::vector<OrderPoint> points;  ///< Empty: default_order_points.
    std::string responsible;  ///< Who helps the schools, in the dative: «Методическому кабинету»;
                              ///< for default points.
    std::string
        control;  ///< Whom control is laid upon, in the accusative; empty: the signatory keeps it.
    Particulars schools;
};

enum class Listed : std::uint8_t { schools, teachers };

/// Points of an order approving a list: approve, inform and support, plan, control.
std::vector<OrderPoint> default_order_points(const OrderDetails& details, Listed listed);

/// What assets/templates/order.docx is filled with; see assets/templates/README.md for the names.
TemplateValues order_values(const model::SchoolList& list, const OrderDetails& details,
                            const wording::Vocabulary& vocabulary);

}  // namespace opora::documents
