#pragma once

#include "opora/api/json.hpp"
#include "opora/application/jobs.hpp"

namespace opora::api {

Json job_json(const application::JobStatus& job);
/// 202: the work has begun; where it is seen stands in Location.
Response job_accepted(const application::JobStatus& job);

}  // namespace opora::api
