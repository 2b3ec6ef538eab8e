#pragma once

#include "opora/intake/kinds/session.hpp"

namespace opora::intake {

/// Finishes the results of a batch with the scales.
///
/// ЕГЭ: the test score against the certificate minimum of the subject and year; unknown when none
/// is known; an exam that ends in a mark (base mathematics) by the mark. Everything else: mark 2 is
/// below the minimum; exactly at it is who has the first score of mark 3. A mark that the protocol
/// lacks is computed where the scale allows exactly one. A mark of the protocol that the scale does
/// not allow is kept and counted in a warning.
void complete_results(Session& session);

}  // namespace opora::intake
