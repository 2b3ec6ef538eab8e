#include "opora/storage/examination.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <set>
#include <system_error>

#include "opora/storage/durable_file.hpp"
#include "opora/storage/parquet_fact_store.hpp"
#include "opora/storage/sqlite_connection.hpp"
#include "opora/storage/sqlite_schema.hpp"

namespace opora::storage {

namespace {

namespace fs = std::filesystem;
using ports::Check;
using ports::Health;

constexpr const char* key_advice =
    "Верните файл ключа на место: в резервных копиях папки его нет. Данные целы.";
constexpr const char* restore_advice =
    "Восстановите папку из резервной копии: opora restore КОПИЯ НОВАЯ_ПАПКА.";

Check good(Check check, std::string finding) {
    check.finding = std::move(finding);
    return check;
}

Check attention(Check check, std::string finding, std::string advice) {
    check.health = Health::attention;
    check.finding = std::move(finding);
    check.advice = std::move(advice);
    return check;
}

Check broken(Check check, std::string finding, std::string advice) {
    check.health = Health::broken;
    check.finding = std::move(finding);
    check.advice = std::move(advice);
    return check;
}

/// What the check finds, or what stopped it.
Check guarded(const Check& check, const std::function<Check(Check)>& look) {
    try {
        return look(check);
    } catch (const ports::StorageError& error) {
        const bool key = error.code() == "no_key" || error.code() == "bad_key";
        return broken(check, error.what(), key ? key_advice : restore_advice);
    } catch (const fs::filesystem_error& error) {
        return broken(check, fmt::format("нет доступа: {}", error.path1().string()),
                      "Проверьте права на папку и её файлы.");
    }
}

std::string megabytes(std::uintmax_t bytes) { return fmt::format("{} МБ", bytes / 1'000'000); }

Check disk(const Directory& directory, const Check& check) {
    constexpr std::uintmax_t little = 1'000'000'000;
    const std::uintmax_t free = fs::space(directory.root()).available;
    if (::access(directory.root().c_str(), W_OK) != 0) {
        return attention(check, "в папку нельзя писать: данные можно только читать",
                         "Дайте программе право записи в эту папку.");
    }
    if (free < little) {
        return attention(check, fmt::format("свободно {}", megabytes(free)),
                         "Освободите место: для загрузки большого файла нужно около 1000 МБ.");
    }
    return good(check, fmt::format("запись разрешена, свободно {}", megabytes(free)));
}

Check register_rows(const Directory& directory, const Check& check) {
    const SqliteConnection connection{directory.register_file(), SqliteConnection::Access::read};
    expect_known_schema(connection);
    SqliteStatement whole = connection.prepare("PRAGMA integrity_check(1)");
    whole.start({});
    if (!whole.next() || whole.text(0) != "ok") {
        return broken(check, "база данных повреждена", restore_advice);
    }
    SqliteStatement references = connection.prepare("PRAGMA foreign_key_check");
    references.start({});
    if (references.next()) {
        return broken(check,
                      fmt::format("таблица {} ссылается на то, чего нет", references.text(0)),
                      restore_advice);
    }
    return good(check, fmt::format("цел, школ: {}",
                                   connection.number("SELECT count(*) FROM schools").value_or(0)));
}

Check journal(const Directory& directory, const fs::path& key_file, const Check& check) {
    const SqliteConnection connection{directory.register_file(), SqliteConnection::Access::read};
    const auto verified = AuditLog{connection, key_file}.verify(std::nullopt);
    if (!verified) {
        return broken(check, verified.error().message,
                      "Сохраните папку как она есть и выясните, кто имел к ней доступ.");
    }
    return good(check, verified->number == 0
                           ? "пуст"
                           : fmt::format("записей: {}, все печати верны", verified->number));
}

/// Identities that imports in force name.
std::set<model::FactIdentity> named_facts(const Directory& directory) {
    const SqliteConnection connection{directory.register_file(), SqliteConnection::Access::read};
    SqliteStatement select = connection.prepare(
        "SELECT results FROM imports WHERE undone = 0 AND results IS NOT NULL UNION "
        "SELECT aggregates FROM imports WHERE undone = 0 AND aggregates IS NOT NULL");
    select.start({});
    std::set<model::FactIdentity> named;
    while (select.next()) named.insert(model::FactIdentity{select.text(0)});
    return named;
}

Check facts(const Directory& directory, const std::set<model::FactIdentity>& named,
            const Check& check) {
    const ParquetFactStore store{directory};
    std::int64_t damaged = 0;
    for (const model::FactIdentity& identity : named) {
        try {
            damaged += store.verify(identity) ? 0 : 1;
        } catch (const ports::StorageError&) {
            ++damaged;
        }
    }
    if (damaged > 0) {
        return broken(check, fmt::format("нет или повреждены: {} из {}", damaged, named.size()),
                      restore_advice);
    }
    return good(check,
                fmt::format("файлов: {}, строки каждого совпадают с его отпечатком", named.size()));
}

std::set<std::string> stems_of(const fs::path& folder) {
    std::set<std::string> stems;
    for (const auto& entry : fs::directory_iterator{folder}) stems.insert(entry.path().stem());
    return stems;
}

Check tallies(const Directory& directory, const std::set<model::FactIdentity>& named,
              const Check& check) {
    const std::set<std::string> there = stems_of(directory.tallies());
    const std::set<std::string> facts = stems_of(directory.facts());
    const auto missing = std::ranges::count_if(named, [&](const model::FactIdentity& one) {
        return facts.contains(one.value) && !there.contains(one.value);
    });
    if (missing == 0) return good(check, "все на месте");
    return good(check, fmt::format("не хватает {}: будут подсчитаны заново", missing));
}

Check leftovers(const Directory& directory, const std::set<model::FactIdentity>& named,
                const Check& check) {
    const std::set<std::string> facts = stems_of(directory.facts());
    const auto nameless = std::ranges::count_if(
        facts, [&](const std::string& stem) { return !named.contains(model::FactIdentity{stem}); });
    if (nameless == 0) return good(check, "нет");
    return good(check,
                fmt::format("файлов отменённых загрузок: {}; на выводы они не влияют", nameless));
}

Check administrators(const Directory& directory, const Check& check) {
    const SqliteConnection connection{directory.register_file(), SqliteConnection::Access::read};
    const auto count = [&](const char* sql) { return connection.number(sql).value_or(0); };
    if (count("SELECT count(*) FROM sqlite_master WHERE name = 'users'") == 0 ||
        count("SELECT count(*) FROM users") == 0) {
        return good(check, "не заведены: папкой пользуются без браузера");
    }
    if (count("SELECT count(*) FROM users WHERE active = 1 AND role = 'administrator'") == 0) {
        return attention(
            check, "нет ни одного действующего администратора",
            "Остановите и снова запустите opora serve: он напечатает ссылку для входа admin.");
    }
    return good(check, fmt::format("действующих: {}",
                                   count("SELECT count(*) FROM users WHERE active = 1")));
}

}  // namespace

std::vector<Check> examine(const Directory& directory, const fs::path& key_file) {
    std::vector<Check> checks;
    const auto look = [&](const char* code, const char* title,
                          const std::function<Check(Check)>& found) {
        checks.push_back(guarded({.code = code, .title = title}, found));
    };
    look("disk", "Папка и диск", [&](const Check& one) { return disk(directory, one); });
    look("register", "Реестр", [&](const Check& one) { return register_rows(directory, one); });
    look("journal", "Журнал действий",
         [&](const Check& one) { return journal(directory, key_file, one); });
    std::set<model::FactIdentity> named;
    look("facts", "Файлы результатов", [&](const Check& one) {
        named = named_facts(directory);
        return facts(directory, named, one);
    });
    look("tallies", "Подсчёты", [&](const Check& one) { return tallies(directory, named, one); });
    look("leftovers", "Остатки",
         [&](const Check& one) { return leftovers(directory, named, one); });
    look("accounts", "Учётные записи",
         [&](const Check& one) { return administrators(directory, one); });
    return checks;
}

}  // namespace opora::storage
