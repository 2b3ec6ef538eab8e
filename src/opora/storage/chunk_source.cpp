#include "opora/storage/chunk_source.hpp"

#include <algorithm>
#include <atomic>
#include <exception>

#include "opora/base/expects.hpp"

namespace opora::storage {

namespace {

/// What the threads of one scan share.
struct Scan {
    const ChunkSource* source = nullptr;
    std::atomic<std::size_t> next_slice = 0;
};

/// What one thread of a scan has.
struct ThreadScan {
    std::unique_ptr<SliceReader> reader;
    bool in_slice = false;
};

template <class T>
void destroy(void* object) {
    delete static_cast<T*>(object);
}

const ChunkSource& source_of(void* extra_info) {
    const ChunkSource* source = *static_cast<const ChunkSource**>(extra_info);
    OPORA_EXPECTS(source != nullptr);
    return *source;
}

duckdb_logical_type logical_type(const SourceColumn& column) {
    if (column.type == DUCKDB_TYPE_ENUM) {
        std::vector<const char*> members;
        for (const std::string& member : column.members) members.push_back(member.c_str());
        return duckdb_create_enum_type(members.data(), members.size());
    }
    duckdb_logical_type type = duckdb_create_logical_type(column.type);
    if (!column.list) return type;
    duckdb_logical_type list = duckdb_create_list_type(type);
    duckdb_destroy_logical_type(&type);
    return list;
}

void add_column(duckdb_bind_info info, const SourceColumn& column) {
    duckdb_logical_type type = logical_type(column);
    duckdb_bind_add_result_column(info, column.name.c_str(), type);
    duckdb_destroy_logical_type(&type);
}

void bind(duckdb_bind_info info) {
    const ChunkSource& source = source_of(duckdb_bind_get_extra_info(info));
    for (const SourceColumn& column : source.columns()) add_column(info, column);
    duckdb_bind_set_cardinality(info, source.rows(), true);
}

void start_scan(duckdb_init_info info) {
    auto scan = std::make_unique<Scan>();
    scan->source = &source_of(duckdb_init_get_extra_info(info));
    duckdb_init_set_max_threads(info, std::max<std::size_t>(scan->source->slices(), 1));
    duckdb_init_set_init_data(info, scan.release(), destroy<Scan>);
}

void start_thread(duckdb_init_info info) {
    auto thread = std::make_unique<ThreadScan>();
    thread->reader = source_of(duckdb_init_get_extra_info(info)).reader();
    duckdb_init_set_init_data(info, thread.release(), destroy<ThreadScan>);
}

std::size_t fill(Scan& scan, ThreadScan& thread, duckdb_data_chunk chunk) {
    while (true) {
        if (!thread.in_slice) {
            const std::size_t slice = scan.next_slice.fetch_add(1);
            if (slice >= scan.source->slices()) return 0;
            thread.reader->start(slice);
            thread.in_slice = true;
        }
        const std::size_t rows = thread.reader->fill(chunk);
        if (rows > 0) return rows;
        thread.in_slice = false;
    }
}

void scan_chunk(duckdb_function_info info, duckdb_data_chunk chunk) {
    // An exception must not cross DuckDB's C border: it becomes the query's error.
    try {
        auto& scan = *static_cast<Scan*>(duckdb_function_get_init_data(info));
        auto& thread = *static_cast<ThreadScan*>(duckdb_function_get_local_init_data(info));
        duckdb_data_chunk_set_size(chunk, fill(scan, thread, chunk));
    } catch (const std::exception& error) {
        duckdb_function_set_error(info, error.what());
    }
}

}  // namespace

void register_source_function(duckdb_connection connection, const ChunkSource** current) {
    duckdb_table_function function = duckdb_create_table_function();
    duckdb_table_function_set_name(function, "opora_source");
    duckdb_table_function_set_extra_info(function, current, nullptr);
    duckdb_table_function_set_bind(function, bind);
    duckdb_table_function_set_init(function, start_scan);
    duckdb_table_function_set_local_init(function, start_thread);
    duckdb_table_function_set_function(function, scan_chunk);
    const duckdb_state state = duckdb_register_table_function(connection, function);
    duckdb_destroy_table_function(&function);
    OPORA_EXPECTS(state == DuckDBSuccess);
}

}  // namespace opora::storage
