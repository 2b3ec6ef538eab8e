#include "opora/application/examination.hpp"

#include <fmt/format.h>

#include "opora/application/evidence_loading.hpp"
#include "opora/ports/storage_error.hpp"

namespace opora::application {

namespace {

using ports::Check;
using ports::Health;

Check own_files(const Adapters& adapters, const std::filesystem::path& directory) {
    Check check{.code = "own_files", .title = "Свои шкалы и анкеты"};
    const auto refuse = [&](const base::Error& error) {
        check.health = Health::broken;
        check.finding = base::describe(error);
        check.advice = "Исправьте файл: пока он не читается, выводы по нему не делаются.";
        return check;
    };
    const auto scales = adapters.scales_with(directory);
    if (!scales) return refuse(scales.error());
    const auto factors = adapters.factors(directory);
    if (!factors) return refuse(factors.error().front());
    check.finding = "читаются";
    return check;
}

Check evidence(const Adapters& adapters, const std::filesystem::path& directory) {
    Check check{.code = "evidence", .title = "Данные для выводов"};
    try {
        const auto store = adapters.open_store(directory, ports::OpenMode::read);
        const LoadedEvidence loaded = load_evidence(*store);
        const std::int64_t lost = loaded.evidence.orphan_cells();
        check.finding =
            fmt::format("школ: {}, результатов школ по работам: {}",
                        loaded.evidence.schools().size(), loaded.evidence.cells().size());
        if (lost > 0) {
            check.health = Health::attention;
            check.finding += fmt::format("; без школы в реестре: {}", lost);
            check.advice = "Загрузите реестр школ полностью: результаты без школы не учитываются.";
        }
    } catch (const ports::StorageError& error) {
        check.health = Health::broken;
        check.finding = error.what();
        check.advice = "Восстановите папку из резервной копии.";
    }
    return check;
}

}  // namespace

std::vector<Check> examine(const Adapters& adapters, const std::filesystem::path& directory) {
    std::vector<Check> checks = adapters.examine(directory);
    checks.push_back(own_files(adapters, directory));
    checks.push_back(evidence(adapters, directory));
    return checks;
}

}  // namespace opora::application
