# One place for the language level, warnings, sanitizers, the linker and the compiler cache.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

set(OPORA_SANITIZE "" CACHE STRING "Sanitizers for every target, e.g. address,undefined")
option(OPORA_FUZZ "Build the libFuzzer targets only" OFF)

find_program(CCACHE ccache)
if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
endif()

find_program(MOLD mold)
if(MOLD)
    add_link_options(-fuse-ld=mold)
endif()

if(OPORA_SANITIZE)
    add_compile_options(-fsanitize=${OPORA_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${OPORA_SANITIZE})
endif()
if(OPORA_SANITIZE MATCHES thread)
    # The thread sanitizer knows nothing of fences. Those of Asio are superfluous beside the locks of its queue.
    add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
endif()
if(OPORA_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
    add_link_options(-fsanitize=address,undefined)
endif()

add_library(opora_warnings INTERFACE)
target_compile_options(opora_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wold-style-cast -Werror
    # g++ 12 reports both of these falsely: inside std::string, and for designated initialisers with defaults.
    -Wno-maybe-uninitialized -Wno-missing-field-initializers
    # And this one in optimised builds: inside std::operator+ of a literal and a string (GCC bug 105651).
    $<$<NOT:$<CONFIG:Debug>>:-Wno-restrict>
    # clang, which builds the fuzz targets, does not know g++'s names; g++ is the judge of warnings.
    $<$<CXX_COMPILER_ID:Clang>:-Wno-unknown-warning-option -Wno-error>)
