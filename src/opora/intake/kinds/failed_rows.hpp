#pragma once

#include <filesystem>

#include "opora/intake/kinds/session.hpp"

namespace opora::intake {

/// Reads a protocol a second time, for its refused rows and all rows of the same schools, and puts
/// them into the batch.
///
/// A protocol replaces all results of its school and procedure: sent back alone, corrected rows
/// would push out the good ones. So the file of failed rows holds whole schools, and marks the
/// refused rows; a refused row whose school is not known may belong to any school of its sheet, and
/// brings the whole sheet. Of a file that was refused whole for its many errors only the refused
/// rows are taken: what stands behind them was not read.
base::Result<base::Done> collect_failed_rows(const std::filesystem::path& path, Session& session);

}  // namespace opora::intake
