#pragma once

#include <map>
#include <string>
#include <vector>

#include "opora/model/identifier.hpp"

namespace opora::documents {

/// What the register knows of a school and a letter or an order says of it. Empty texts are left
/// out.
struct SchoolParticulars {
    std::string municipality;
    std::string head;  ///< Name of the head of the school.
};

using Particulars = std::map<model::SchoolId, SchoolParticulars>;

/// Who issues a document, when and under which number. An empty text becomes a line to fill in by
/// hand.
struct Issuer {
    std::string authority;  ///< «Комитет по образованию администрации … района».
    std::string
        authority_short;  ///< In the genitive, for «утверждён приказом …»; else the full name.
    std::string place;
    std::string date;  ///< As it shall be written: «25.11.2024».
    std::string number;
    std::string signatory_position;
    std::string signatory_name;
    std::string executor;    ///< Who prepared it, with a telephone.
    std::string audit_head;  ///< Hash of the last audit record; left out while there is none.
};

/// A point of an order with its sub-points; numbers are given by their order.
struct OrderPoint {
    std::string text;
    std::vector<std::string> subpoints;
};

}  // namespace opora::documents
