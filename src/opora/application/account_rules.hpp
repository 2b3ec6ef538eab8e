#pragma once

#include "opora/base/result.hpp"
#include "opora/model/user.hpp"

namespace opora::application {

/// Whether an account is complete: login, name, and the school that roles of a school need. Error
/// `field_wrong`, whose column names the field.
base::Result<base::Done> check_account(const model::User& user);

}  // namespace opora::application
