#pragma once

#include "opora/intake/tables/byte_source.hpp"

namespace opora::intake {

/// The same bytes, fetched on a thread of their own up to a megabyte ahead, so that unpacking and
/// reading share the work. The thread ends with the returned source.
ByteSource read_ahead(ByteSource source);

}  // namespace opora::intake
