# Debian 12 packages and DuckDB's shared library from npm (third_party/duckdb).
find_package(PkgConfig REQUIRED)
pkg_check_modules(FMT REQUIRED IMPORTED_TARGET fmt)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(EXPAT REQUIRED IMPORTED_TARGET expat)
pkg_check_modules(PUGIXML REQUIRED IMPORTED_TARGET pugixml)
pkg_check_modules(YAMLCPP REQUIRED IMPORTED_TARGET yaml-cpp)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-uc icu-i18n)
pkg_check_modules(CRYPTO REQUIRED IMPORTED_TARGET libcrypto)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(XLSXWRITER IMPORTED_TARGET xlsxwriter)
pkg_check_modules(LEMON REQUIRED IMPORTED_TARGET lemon)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(OpenSSL REQUIRED)
pkg_check_modules(PROMETHEUS REQUIRED IMPORTED_TARGET prometheus-cpp-core)
find_package(Boost REQUIRED)
find_package(Eigen3 REQUIRED NO_MODULE)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(benchmark QUIET)

if(NOT XLSXWRITER_FOUND)
    find_path(XLSXWRITER_INCLUDE xlsxwriter.h REQUIRED)
    find_library(XLSXWRITER_LIBRARY xlsxwriter REQUIRED)
    add_library(xlsxwriter_system INTERFACE)
    target_include_directories(xlsxwriter_system INTERFACE ${XLSXWRITER_INCLUDE})
    target_link_libraries(xlsxwriter_system INTERFACE ${XLSXWRITER_LIBRARY})
    add_library(PkgConfig::XLSXWRITER ALIAS xlsxwriter_system)
endif()

set(DUCKDB_MODULES ${CMAKE_SOURCE_DIR}/third_party/duckdb/node_modules)
set(DUCKDB_LIBRARY ${DUCKDB_MODULES}/@duckdb/node-bindings-linux-x64/libduckdb.so)
set(DUCKDB_HEADERS ${DUCKDB_MODULES}/duckdb/src/duckdb/src/include)
if(NOT EXISTS ${DUCKDB_LIBRARY} OR NOT EXISTS ${DUCKDB_HEADERS}/duckdb.h)
    message(FATAL_ERROR "DuckDB is not installed: run tools/install_packages.sh (or ./run)")
endif()

# The header alone is copied out: the folder beside it holds the C++ sources, which nobody may include.
configure_file(${DUCKDB_HEADERS}/duckdb.h ${CMAKE_BINARY_DIR}/duckdb/duckdb.h COPYONLY)
# The library lies beside the program, which finds it by RPATH $ORIGIN.
file(CREATE_LINK ${DUCKDB_LIBRARY} ${CMAKE_BINARY_DIR}/libduckdb.so SYMBOLIC)
add_library(duckdb SHARED IMPORTED GLOBAL)
set_target_properties(duckdb PROPERTIES
    IMPORTED_LOCATION ${CMAKE_BINARY_DIR}/libduckdb.so
    IMPORTED_SONAME libduckdb.so
    INTERFACE_INCLUDE_DIRECTORIES ${CMAKE_BINARY_DIR}/duckdb)
