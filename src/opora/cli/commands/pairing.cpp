#include "opora/application/pairing.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cmath>
#include <map>

#include "opora/application/objectivity.hpp"
#include "opora/base/russian.hpp"
#include "opora/cli/command.hpp"
#include "opora/cli/pair_contracts.hpp"
#include "opora/cli/territory.hpp"

namespace opora::cli {

namespace {

using application::PairingQuestion;
using application::PairingReport;
using wording::ColumnStyle;
using wording::TableCell;

struct Arguments {
    std::filesystem::path directory;
    int year = 0;
    std::optional<std::string> methodology;
    std::optional<std::string> territory;
    std::string place = "any";
    std::string leader_result_min = "0";
    std::vector<std::string> weights;
    std::vector<std::string> pins;
    std::vector<std::string> bans;
    std::optional<std::filesystem::path> settled;
    std::string value = "result";
    std::string signs = "all";
    std::string part = "pairs";
    std::filesystem::path contracts;
    PairingQuestion question;
    OutputOptions output;
};

const std::map<std::string, model::LeaderPlace> places{
    {"any", model::LeaderPlace::anywhere},
    {"same", model::LeaderPlace::same_municipality},
    {"other", model::LeaderPlace::other_municipality}};

base::Errors not_understood(std::string code, std::string expected, const std::string& found) {
    return {{.code = std::move(code),
             .message = "параметр не понят",
             .expected = std::move(expected),
             .found = found}};
}

std::optional<double> number_of(const std::string& text) {
    double value = 0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = trouble == std::errc{} && end == text.data() + text.size();
    return whole && std::isfinite(value) ? std::optional{value} : std::nullopt;
}

using Understood = base::Result<base::Done, base::Errors>;

Understood read_pairs(const std::vector<std::string>& texts,
                      std::vector<application::NamedSchools>& pairs) {
    for (const std::string& text : texts) {
        const auto pair = application::named_schools(text);
        if (!pair) {
            return base::Unexpected{not_understood("pair_text", "ШКОЛА=ЛИДЕР", text)};
        }
        pairs.push_back(*pair);
    }
    return base::Done{};
}

Understood read_weights(const std::vector<std::string>& texts, PairingQuestion& question) {
    for (const std::string& text : texts) {
        const auto sign = text.find('=');
        const auto weight =
            sign == std::string::npos ? std::nullopt : number_of(text.substr(sign + 1));
        if (!weight) {
            return base::Unexpected{not_understood("pair_weight", "УСЛОВИЕ=ВЕС", text)};
        }
        question.weights.emplace_back(text.substr(0, sign), *weight);
    }
    return base::Done{};
}

/// Options as a question; what they name is checked where the data are.
base::Result<PairingQuestion, base::Errors> question_of(const application::Adapters& adapters,
                                                        const Arguments& arguments) {
    PairingQuestion question = arguments.question;
    question.year = {arguments.year};
    question.limits.place = places.at(arguments.place);
    question.value =
        arguments.value == "effect" ? model::RatedValue::effect : model::RatedValue::result;
    question.own_signs = arguments.signs == "all";
    const auto scales = application::scales_in_force(adapters, arguments.directory);
    if (!scales) return base::Unexpected{base::Errors{scales.error()}};
    question.scales = *scales;
    question.stability = arguments.part == "stability";
    if (arguments.territory) question.territory = model::TerritoryId{*arguments.territory};
    if (arguments.leader_result_min == "any") {
        question.limits.leader_result_min.reset();
    } else if (const auto least = number_of(arguments.leader_result_min)) {
        question.limits.leader_result_min = *least;
    } else {
        return base::Unexpected{
            not_understood("pair_leader_min", "число или any", arguments.leader_result_min)};
    }
    if (arguments.methodology) {
        question.methodology = OPORA_TRY(
            application::find_methodology(adapters, *arguments.methodology, arguments.directory));
    }
    OPORA_TRY(read_weights(arguments.weights, question));
    OPORA_TRY(read_pairs(arguments.pins, question.pins));
    OPORA_TRY(read_pairs(arguments.bans, question.bans));
    if (arguments.settled) {
        const auto text = adapters.read_text(*arguments.settled);
        if (!text) return base::Unexpected{base::Errors{text.error()}};
        OPORA_TRY(application::read_settled_pairs(*text, arguments.settled->filename().string(),
                                                  question));
    }
    return question;
}

TableCell optional_cell(const std::optional<double>& number) {
    return number ? TableCell{*number} : TableCell{};
}

TableCell optional_cell(const std::optional<std::int32_t>& number) {
    return number ? TableCell{std::int64_t{*number}} : TableCell{};
}

/// The leader that a school had before the withdrawals.
std::string leader_before(const PairingReport& report, const model::SchoolId& school) {
    if (!report.before) return {};
    const auto& pairs = report.before->pairs;
    const auto found = std::ranges::lower_bound(pairs, school, {}, &model::Pair::school);
    return found == pairs.end() || found->school != school ? std::string{} : found->leader.value;
}

struct Line {
    const model::SchoolId* school;
    const model::Pair* pair;
    const model::UnpairedSchool* unpaired;
};

/// Pairs and schools without one, together in the order of schools.
std::vector<Line> lines_of(const model::PairingProposal& proposal) {
    std::vector<Line> lines;
    for (const auto& pair : proposal.pairs) lines.push_back({&pair.school, &pair, nullptr});
    for (const auto& one : proposal.unpaired) lines.push_back({&one.school, nullptr, &one});
    std::ranges::sort(lines, {}, [](const Line& line) { return line.school->value; });
    return lines;
}

wording::Table pairs_table(const PairingReport& report) {
    wording::Table table{.title = "Пары",
                         .columns = {{"school_id", "Код школы"},
                                     {"school_name", "Школа"},
                                     {"state", "Состояние"},
                                     {"leader_id", "Код лидера"},
                                     {"leader_name", "Школа-лидер"},
                                     {"distance", "Различие условий", ColumnStyle::number},
                                     {"gap", "Разрыв результатов", ColumnStyle::number},
                                     {"gap_z", "Разрыв в ошибках", ColumnStyle::number},
                                     {"same_municipality", "Свой муниципалитет"},
                                     {"way_km_max", "Путь не более, км", ColumnStyle::whole},
                                     {"limit_not_kept", "Не соблюдено"},
                                     {"reason", "Причина"},
                                     {"leaders", "Могут быть лидерами", ColumnStyle::whole},
                                     {"comparable", "В сходных условиях", ColumnStyle::whole},
                                     {"higher", "Намного выше", ColumnStyle::whole},
                                     {"near", "Там, где можно", ColumnStyle::whole},
                                     {"leader_before", "Был лидер"},
                                     {"year", "Год"}}};
    for (const auto& [school, pair, unpaired] : lines_of(report.proposal)) {
        std::vector<TableCell> row{school->value, report.name_of(*school)};
        if (pair != nullptr) {
            const bool kept = pair->bar == model::PairBar::none;
            row.insert(row.end(),
                       {std::string{model::code(pair->state)}, pair->leader.value,
                        report.name_of(pair->leader), optional_cell(pair->distance),
                        optional_cell(pair->gap), optional_cell(pair->gap_z),
                        pair->same_municipality, optional_cell(pair->way_km_max),
                        kept ? TableCell{} : TableCell{std::string{model::code(pair->bar)}}});
            row.resize(16);
        } else {
            row.emplace_back("unpaired");
            row.resize(11);
            row.insert(row.end(), {std::string{model::code(unpaired->reason)}, unpaired->leaders,
                                   unpaired->comparable, unpaired->higher, unpaired->near});
        }
        const std::string before = leader_before(report, *school);
        row.push_back(before.empty() ? TableCell{} : TableCell{before});
        row.emplace_back(std::int64_t{report.proposal.year.ending});
        table.rows.push_back(std::move(row));
    }
    return table;
}

std::string remark(const PairingReport& report, const Line& line) {
    std::string text;
    if (line.unpaired != nullptr) {
        text = fmt::format("без пары: {}", model::title(line.unpaired->reason));
    } else if (line.pair->state == model::PairState::pinned) {
        text = "закреплена";
        if (line.pair->bar != model::PairBar::none) {
            text += fmt::format(", но {}", model::title(line.pair->bar));
        }
    }
    if (!report.before) return text;
    const std::string before = leader_before(report, *line.school);
    const std::string now = line.pair == nullptr ? std::string{} : line.pair->leader.value;
    if (before == now) return text;
    return text + (text.empty() ? "" : "; ") +
           (before.empty() ? "пары не было" : fmt::format("был лидер {}", before));
}

wording::Table readable_pairs(const PairingReport& report) {
    wording::Table table{.title = "Пары",
                         .columns = {{"school_id", "Код"},
                                     {"school_name", "Школа"},
                                     {"leader_id", "Код"},
                                     {"leader_name", "Школа-лидер"},
                                     {"distance", "Различие условий"},
                                     {"gap", "Разрыв результатов"},
                                     {"remark", "Примечание"}}};
    for (const Line& line : lines_of(report.proposal)) {
        const auto rounded = [](const std::optional<double>& number) {
            return number ? TableCell{base::decimal_comma(*number, 2)} : TableCell{};
        };
        std::vector<TableCell> row{line.school->value, report.name_of(*line.school)};
        if (line.pair != nullptr) {
            row.insert(row.end(), {line.pair->leader.value, report.name_of(line.pair->leader),
                                   rounded(line.pair->distance), rounded(line.pair->gap)});
        } else {
            row.resize(6);
        }
        row.emplace_back(remark(report, line));
        table.rows.push_back(std::move(row));
    }
    return table;
}

wording::Table leaders_table(const PairingReport& report) {
    wording::Table table{
        .title = "Школы-лидеры",
        .columns = {{"leader_id", "Код лидера"},
                    {"leader_name", "Школа-лидер"},
                    {"schools", "Школ за ней", ColumnStyle::whole},
                    {"capacity", "Мест", ColumnStyle::whole},
                    {"place_saves", "Ещё одно место сблизит пары на", ColumnStyle::number},
                    {"place_pairs_another", "Ещё одно место даст пару ещё одной школе"}}};
    for (const model::LeaderLoad& load : report.proposal.leaders) {
        table.rows.push_back({load.leader.value, report.name_of(load.leader),
                              std::int64_t{load.schools}, std::int64_t{load.capacity},
                              load.pairs_another ? TableCell{} : TableCell{load.price},
                              load.pairs_another});
    }
    return table;
}

wording::Table stability_table(const PairingReport& report) {
    wording::Table table{.title = "Если школа выбудет",
                         .columns = {{"school_id", "Код выбывшей"},
                                     {"school_name", "Школа"},
                                     {"role", "Роль"},
                                     {"moved", "Сменят лидера", ColumnStyle::whole},
                                     {"left_alone", "Останутся без лидера", ColumnStyle::whole},
                                     {"won", "Получат лидера", ColumnStyle::whole},
                                     {"cost_change", "Сумма различий", ColumnStyle::number}}};
    for (const model::WithdrawalEffect& one : report.effects) {
        table.rows.push_back({one.withdrawn.value, report.name_of(one.withdrawn),
                              std::string{one.leader ? "leader" : "school"}, one.moved,
                              one.left_alone, one.won, one.cost_change});
    }
    return table;
}

/// Millionths as a number with six decimals.
std::string distance_sum(std::int64_t cost) { return base::decimal_comma({cost, 1'000'000}, 6); }

wording::Table proof_table(const PairingReport& report) {
    const model::PairingProof& proof = report.proposal.proof;
    return {.title = "Доказательство",
            .columns = {{"paired", "Пар", ColumnStyle::whole},
                        {"unpaired", "Без пары", ColumnStyle::whole},
                        {"cost_millionths", "Сумма различий", ColumnStyle::whole},
                        {"bound_millionths", "Нижняя граница", ColumnStyle::whole},
                        {"greedy_paired", "Пар по очереди", ColumnStyle::whole},
                        {"greedy_cost_millionths", "Сумма по очереди", ColumnStyle::whole},
                        {"snapshot", "Снимок данных"}},
            .rows = {{proof.paired, std::ssize(report.proposal.unpaired), proof.cost, proof.bound,
                      proof.greedy_paired, proof.greedy_cost, report.snapshot}}};
}

void say_conclusion(const PairingReport& report) {
    const model::PairingProposal& proposal = report.proposal;
    const auto pinned =
        std::ranges::count(proposal.pairs, model::PairState::pinned, &model::Pair::state);
    say(
        fmt::format("Пар: {} (закреплено людьми: {}); без пары: {}. Больше пар при этих условиях "
                    "составить нельзя.",
                    std::ssize(proposal.pairs), pinned, std::ssize(proposal.unpaired)));
    const model::PairingProof& proof = proposal.proof;
    say(fmt::format("Сумма различий условий {}; доказанная нижняя граница {}.",
                    distance_sum(proof.cost), distance_sum(proof.bound)));
    if (proof.greedy_paired < proof.paired || proof.greedy_cost != proof.cost) {
        say(
            fmt::format("Если подбирать по очереди, начиная с самой близкой пары: пар {}, сумма "
                        "различий {}.",
                        proof.greedy_paired, distance_sum(proof.greedy_cost)));
    }
    if (!report.idle_conditions.empty()) {
        say(fmt::format("Не учтены условия, которые неизвестны или одинаковы у всех школ: {}.",
                        fmt::join(report.idle_conditions, "; ")));
    }
    say(fmt::format("Это предложение: решение о паре принимают люди. Снимок данных {}.",
                    report.snapshot.substr(0, 12)));
}

wording::Table table_of(const PairingReport& report, const std::string& part, bool for_people) {
    if (part == "leaders") return leaders_table(report);
    if (part == "stability") return stability_table(report);
    if (part == "proof") return proof_table(report);
    return for_people ? readable_pairs(report) : pairs_table(report);
}

int pair(const application::Adapters& adapters, const Arguments& arguments) {
    const auto question = question_of(adapters, arguments);
    if (!question) return refuse(question.error());
    const auto format = format_of(arguments.output);
    if (!format) return refuse(format.error());

    const auto store = adapters.open_store(arguments.directory, ports::OpenMode::read);
    const auto territory = expect_territory(arguments.territory, *store);
    if (!territory) return refuse(territory.error());
    const auto report = application::pair_schools(*store, *question);
    if (!report) return refuse(report.error());
    const bool for_people = *format == Format::table;
    const auto written =
        write_table(table_of(*report, arguments.part, for_people), arguments.output);
    if (!written) return refuse(written.error());
    if (for_people) say_conclusion(*report);
    if (arguments.contracts.empty()) return done;
    return write_contracts(adapters, *store, *report, question->methodology, arguments.contracts);
}

void add_limits(CLI::App& command, Arguments& arguments) {
    model::PairingLimits& limits = arguments.question.limits;
    command
        .add_option("--caliper", limits.caliper,
                    "Наибольшее различие условий пары, в стандартных отклонениях (1)")
        ->check(CLI::Range(0.0, 1000.0));
    command
        .add_option("--gap", limits.gap_min,
                    "Наименьший разрыв результатов, в стандартных отклонениях учеников (0.3)")
        ->check(CLI::Range(0.0, 100.0));
    command.add_option("--gap-z", limits.gap_z_min, "Наименьший разрыв в своих ошибках (1.96)")
        ->check(CLI::Range(0.0, 100.0));
    command.add_option("--leader-min", arguments.leader_result_min,
                       "Наименьший результат лидера; any: любой (0, среднее)");
    command.add_option("--capacity", limits.capacity, "Сколько школ поддерживает один лидер (2)")
        ->check(CLI::Range(0, 1000));
    command.add_option("--place", arguments.place, "Откуда лидер: any, same, other (any)")
        ->check(CLI::IsMember({"any", "same", "other"}));
    command.add_option("--way", limits.travel_km_max, "Путь между школами не длиннее, км")
        ->check(CLI::Range(0, 100000));
    command.add_flag("--unknown-way", limits.unknown_way_allowed,
                     "При --way допускать пары, путь между которыми неизвестен");
    command.add_option("--weight", arguments.weights,
                       "УСЛОВИЕ=ВЕС вместо обычных, можно несколько");
    command
        .add_option("--shared", limits.shared_min,
                    "Какая часть условий должна быть известна у обеих школ (0.75)")
        ->check(CLI::Range(0.0, 1.0));
    command
        .add_option("--value", arguments.value,
                    "Что выше у лидера: result (результат), effect (с учётом условий)")
        ->check(CLI::IsMember({"result", "effect"}));
    command
        .add_option("--signs", arguments.signs,
                    "Какие признаки необъективности исключают лидера: all, official (all)")
        ->check(CLI::IsMember({"all", "official"}));
    command
        .add_option("--marker-years", arguments.question.marker_years,
                    "За сколько лет признаки необъективности исключают лидера (2)")
        ->check(CLI::Range(0, 50));
}

}  // namespace

void add_pairing_command(CommandLine& line) {
    auto arguments = std::make_shared<Arguments>();
    auto* command = line.app.add_subcommand("pair", "Подобрать школам школы-лидеры");
    add_directory(*command, arguments->directory);
    command->add_option("--year", arguments->year, "Год окончания учебного года")
        ->required()
        ->check(CLI::Range(model::year_min.ending, model::year_max.ending));
    command->add_option("--methodology", arguments->methodology,
                        "Лидеры нужны школам перечня этой методики");
    command->add_option("--school", arguments->question.schools, "Лидеры нужны этим школам")
        ->delimiter(',');
    command->add_option("--territory", arguments->territory, "Только школам этой территории");
    add_limits(*command, *arguments);
    command->add_option("--pin", arguments->pins, "Закрепить пару ШКОЛА=ЛИДЕР");
    command->add_option("--ban", arguments->bans, "Исключить пару ШКОЛА=ЛИДЕР");
    command->add_option("--settled", arguments->settled,
                        "Файл csv: school_id,leader_id,decision (pin или ban)");
    command->add_option("--withdraw", arguments->question.withdrawn, "Школа выбыла")
        ->delimiter(',');
    command
        ->add_option("--part", arguments->part,
                     "Что показать: pairs, leaders, stability, proof (pairs)")
        ->check(CLI::IsMember({"pairs", "leaders", "stability", "proof"}));
    command->add_option("--contracts", arguments->contracts,
                        "Папка для проектов договоров закреплённых пар");
    add_output_options(*command, arguments->output);
    command->footer("Пример: opora pair район --methodology federal-2025 --year 2024 --capacity 1");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] { return pair(line.adapters, *arguments); };
    });
}

}  // namespace opora::cli
