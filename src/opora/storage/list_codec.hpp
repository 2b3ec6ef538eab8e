#pragma once

#include <string>
#include <string_view>

#include "opora/model/list_act.hpp"
#include "opora/ports/list_store.hpp"

namespace opora::storage {

/// A list's content as canonical JSON: the same content gives the same bytes. Numbers come back
/// exactly.
std::string encode_content(const model::ListContent& content);
model::ListContent decode_content(std::string_view text);

/// Imports as JSON: what is needed to know which facts were in force.
std::string encode_imports(const std::vector<ports::ImportReceipt>& imports);
std::vector<ports::ImportReceipt> decode_imports(std::string_view text);

/// The details of a deed, without its code, as JSON.
std::string encode_deed(const model::ListDeed& deed);
/// `code` is model::code of the deed. Whatever no program of ours wrote is a corrupt store.
model::ListDeed decode_deed(std::string_view code, std::string_view details);

}  // namespace opora::storage
