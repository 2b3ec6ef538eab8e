# A layer is a folder of src/opora: a static library of its sources and one test program of its *_test.cpp.
#
#   opora_layer(rules DEPENDS base model indicators LIBRARIES PkgConfig::YAMLCPP)
#
# DEPENDS repeats layers.txt, which tools/check_layers.py holds against the includes.
function(opora_layer name)
    cmake_parse_arguments(LAYER "" "" "DEPENDS;LIBRARIES" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
    set(tests ${sources})
    list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
    list(FILTER tests INCLUDE REGEX "_test\\.cpp$")

    set(dependencies "")
    foreach(dependency IN LISTS LAYER_DEPENDS)
        list(APPEND dependencies opora_${dependency})
    endforeach()

    if(sources)
        add_library(opora_${name} STATIC ${sources})
        set(visibility PUBLIC)
        target_link_libraries(opora_${name} PRIVATE opora_warnings)
    else()
        add_library(opora_${name} INTERFACE)
        set(visibility INTERFACE)
    endif()
    target_include_directories(opora_${name} ${visibility} ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(opora_${name} ${visibility} ${dependencies} ${LAYER_LIBRARIES})

    if(tests AND NOT OPORA_FUZZ)
        opora_test(${name} SOURCES ${tests} LIBRARIES opora_${name})
    endif()
endfunction()

# A doctest program test_<name>, registered in ctest under <name>. Tests read files below OPORA_SOURCE_DIR.
function(opora_test name)
    cmake_parse_arguments(TEST "" "" "SOURCES;LIBRARIES" ${ARGN})
    add_executable(test_${name} ${TEST_SOURCES} ${CMAKE_SOURCE_DIR}/tests/support/main.cpp)
    target_include_directories(test_${name} PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/tests)
    target_link_libraries(test_${name} PRIVATE ${TEST_LIBRARIES} opora_base opora_warnings rapidcheck)
    # What is tested is optimised, the tests themselves need not be: they compile in half the time.
    if(CMAKE_BUILD_TYPE STREQUAL "Release")
        target_compile_options(test_${name} PRIVATE -O0)
    endif()
    # One file alone knows where the sources lie, so that the compiler's cache serves every checkout.
    set_source_files_properties(${CMAKE_SOURCE_DIR}/tests/support/main.cpp PROPERTIES
        COMPILE_DEFINITIONS OPORA_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    set_target_properties(test_${name} PROPERTIES
        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests BUILD_RPATH ${CMAKE_BINARY_DIR})
    add_test(NAME ${name} COMMAND test_${name})
endfunction()
