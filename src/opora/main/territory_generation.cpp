#include "opora/main/territory_generation.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "opora/base/russian.hpp"
#include "opora/generation/generate.hpp"
#include "opora/storage/bulk_parquet.hpp"

namespace opora::main {

namespace {

generation::Layout layout_of(const std::string& name) {
    if (name == "files") return generation::Layout::files;
    return name == "parquet" ? generation::Layout::parquet : generation::Layout::csv;
}

}  // namespace

base::Result<std::string> generate_territory(const application::GenerateRequest& request) {
    if (std::filesystem::exists(request.out) && !std::filesystem::is_empty(request.out)) {
        return base::Unexpected{base::Error{.code = "not_empty",
                                            .message = "папка не пуста; укажите новую",
                                            .place = {.file = request.out.string()}}};
    }
    const bool terminal = ::isatty(STDERR_FILENO) == 1;
    const generation::GenerateSummary summary = generation::generate(
        {.spec = {.schools = request.schools,
                  .first = request.first,
                  .last = request.last,
                  .protocols = request.protocols,
                  .seed = request.seed,
                  .planting = request.natural ? generation::Planting::natural
                                              : generation::Planting::separated,
                  .distorted = request.distorted},
         .out = request.out,
         .layout = layout_of(request.layout),
         .write_bulk_parquet = storage::write_bulk_parquet,
         .progress = [&](std::int32_t schools) {
             if (!terminal) return;
             std::fprintf(stderr, "\rшколы: %d из %d", schools, request.schools);
             if (schools == request.schools) std::fputc('\n', stderr);
         }});
    return fmt::format(
        "Создана вымышленная территория: {}, {}, {}. Правда о школах — в truth.csv, порядок "
        "загрузки — в README.txt.",
        base::counted(summary.schools, {"школа", "школы", "школ"}),
        base::counted(summary.protocols, {"результат", "результата", "результатов"}),
        base::counted(summary.files, {"файл", "файла", "файлов"}));
}

}  // namespace opora::main
