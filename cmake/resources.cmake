# Files that travel inside the program: methodology, dictionaries, document templates.
#
# opora_resources(target ROOT dir FILES a b …) makes resources.s with .incbin for each file and a C table of names,
# sizes and bytes that main/resources.cpp reads. A changed file rebuilds the object.
function(opora_resources target)
    cmake_parse_arguments(RES "" "ROOT" "FILES" ${ARGN})
    set(code ".section .rodata\n")
    set(table ".section .data.rel.ro,\"aw\"\n.global opora_resource_table\n.balign 8\nopora_resource_table:\n")
    set(number 0)
    foreach(file IN LISTS RES_FILES)
        file(RELATIVE_PATH name ${RES_ROOT} ${file})
        string(APPEND code ".balign 8\nopora_name_${number}:\n.asciz \"${name}\"\n.balign 8\nopora_begin_${number}:\n.incbin \"${file}\"\nopora_end_${number}:\n.byte 0\n")
        string(APPEND table ".quad opora_name_${number}, opora_begin_${number}, opora_end_${number} - opora_begin_${number}\n")
        math(EXPR number "${number} + 1")
    endforeach()
    string(APPEND table ".global opora_resource_count\nopora_resource_count:\n.quad ${number}\n")
    set(assembly ${CMAKE_CURRENT_BINARY_DIR}/resources.s)
    file(CONFIGURE OUTPUT ${assembly} CONTENT "${code}${table}.section .note.GNU-stack,\"\",@progbits\n" @ONLY)
    set_source_files_properties(${assembly} PROPERTIES LANGUAGE ASM OBJECT_DEPENDS "${RES_FILES}")
    target_sources(${target} PRIVATE ${assembly})
endfunction()
