#pragma once

#include <span>

#include "opora/base/result.hpp"
#include "opora/model/list_state.hpp"

/// The life of a list: what may be done with it at which stage, and what it becomes by that.
///
/// draft -> preliminary -> (decided) -> approved -> replaced; a draft may be discarded instead. A
/// list is the sum of its acts: nothing of it is overwritten, and the state is always computed by
/// playing the acts from the first one.
namespace opora::lifecycle {

/// The state after one more act, or why it is not allowed (Error `stage_conflict`, `appeal_unknown`
/// or `field_wrong`, in Russian). The day of the act is that of its time. Numbers, hash and seal of
/// the act are taken over as they are.
base::Result<model::ListState> after(model::ListState state, const model::ListAct& act);

/// The state that all acts lead to. An error names the first act that was not allowed: the store
/// never wrote it.
base::Result<model::ListState> replay(const model::ListId& id,
                                      std::span<const model::ListAct> acts);

/// Where the list stands on a day: `decided` once the term of appeals is over and all are answered.
model::ListStage stage_on(const model::ListState& state, model::Date today);

/// Whether schools may still appeal on that day.
bool takes_appeals(const model::ListState& state, model::Date today);

bool has_open_appeals(const model::ListState& state);

/// The newest form of the list: nothing is there before the draft.
const model::ListVersion& newest(const model::ListState& state);

constexpr std::size_t text_bytes_max = 20'000;  ///< Of an appeal or a reason.
constexpr std::size_t files_max = 10;           ///< Of one appeal.

}  // namespace opora::lifecycle
