#pragma once

#include <memory>

#include "opora/intake/kinds/read_registers.hpp"

namespace opora::intake {

/// ВПР, form Ф1 «Индивидуальные результаты» (DOMAIN 4.3).
std::unique_ptr<KindReader> vpr_individual_reader(Session& session);
/// Lists of the exam centres (РЦОИ): ОГЭ, ЕГЭ, ГВЭ (DOMAIN 4.5).
std::unique_ptr<KindReader> exam_list_reader(Session& session);
/// Aggregate forms of the ВПР (DOMAIN 4.4).
std::unique_ptr<KindReader> vpr_marks_reader(Session& session);
std::unique_ptr<KindReader> vpr_journal_reader(Session& session);
std::unique_ptr<KindReader> vpr_scores_reader(Session& session);
std::unique_ptr<KindReader> vpr_tasks_reader(Session& session);

}  // namespace opora::intake
