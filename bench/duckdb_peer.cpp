// Runs SQL files in DuckDB through its C API and says how long they took: the other side of the
// benchmarks.
//
//   duckdb_peer [--threads N] [--memory 2GB] [--set NAME=TEXT]... [--warm FILE.sql] FILE.sql
//
// {NAME} in a file is replaced by TEXT. `--warm` files run first and are not timed. Prints the last
// result row and one line `seconds: X`.
#include <duckdb.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct Request {
    std::string threads = "2";
    std::string memory = "16GB";
    std::map<std::string, std::string> names;
    std::vector<std::string> warm;
    std::string file;
};

[[noreturn]] void fail(const std::string& message) {
    std::cerr << message << '\n';
    std::exit(1);
}

Request read_arguments(int argc, char** argv) {
    Request request;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (!word.starts_with("--")) {
            request.file = word;
            continue;
        }
        if (++i == argc) fail("a value is missing after " + std::string{word});
        const std::string value = argv[i];
        if (word == "--threads") {
            request.threads = value;
        } else if (word == "--memory") {
            request.memory = value;
        } else if (word == "--warm") {
            request.warm.push_back(value);
        } else if (word == "--set" && value.find('=') != std::string::npos) {
            request.names[value.substr(0, value.find('='))] = value.substr(value.find('=') + 1);
        } else {
            fail("unknown option " + std::string{word});
        }
    }
    if (request.file.empty()) fail("no SQL file was named");
    return request;
}

std::string read_sql(const std::string& path, const std::map<std::string, std::string>& names) {
    std::ifstream file{path};
    if (!file) fail("cannot read " + path);
    std::string sql{std::istreambuf_iterator<char>{file}, {}};
    for (const auto& [name, text] : names) {
        std::string mark{"{"};
        mark.append(name).append("}");
        for (auto at = sql.find(mark); at != std::string::npos;
             at = sql.find(mark, at + text.size())) {
            sql.replace(at, mark.size(), text);
        }
    }
    return sql;
}

class Session {
public:
    Session(const std::string& threads, const std::string& memory) {
        duckdb_config config = nullptr;
        duckdb_create_config(&config);
        duckdb_set_config(config, "threads", threads.c_str());
        duckdb_set_config(config, "max_memory", memory.c_str());
        char* why = nullptr;
        if (duckdb_open_ext(nullptr, &database_, config, &why) == DuckDBError) fail(why);
        duckdb_destroy_config(&config);
        if (duckdb_connect(database_, &connection_) == DuckDBError) fail("no connection");
    }
    ~Session() {
        duckdb_disconnect(&connection_);
        duckdb_close(&database_);
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// Runs every statement; gives the first row of the last one as text.
    std::string run(const std::string& sql) {
        duckdb_result result;
        if (duckdb_query(connection_, sql.c_str(), &result) == DuckDBError) {
            fail(duckdb_result_error(&result));
        }
        std::string row;
        for (idx_t column = 0; column < duckdb_column_count(&result); ++column) {
            char* text = duckdb_value_varchar(&result, column, 0);
            if (column > 0) row.append(" ");
            row.append(duckdb_column_name(&result, column)).append("=");
            row.append(text != nullptr ? text : "null");
            duckdb_free(text);
        }
        duckdb_destroy_result(&result);
        return row;
    }

private:
    duckdb_database database_ = nullptr;
    duckdb_connection connection_ = nullptr;
};

}  // namespace

int main(int argc, char** argv) {
    const Request request = read_arguments(argc, argv);
    Session session{request.threads, request.memory};
    for (const std::string& file : request.warm) session.run(read_sql(file, request.names));
    const std::string sql = read_sql(request.file, request.names);
    const auto begin = std::chrono::steady_clock::now();
    const std::string row = session.run(sql);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    std::printf("%s\nseconds: %.4f\n", row.c_str(), seconds.count());
}
