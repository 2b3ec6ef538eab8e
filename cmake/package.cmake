# The Debian package: the program with its copy of DuckDB in /usr/lib/opora, the unit of systemd, the papers.
# `make package` makes it and tries it.
install(TARGETS opora DESTINATION lib/opora)
install(FILES ${DUCKDB_LIBRARY} DESTINATION lib/opora)
install(CODE "
    file(MAKE_DIRECTORY \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/bin\")
    file(CREATE_LINK ../lib/opora/opora \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/bin/opora\" SYMBOLIC)")
install(FILES packaging/opora.service DESTINATION /lib/systemd/system)
install(FILES README.md README.ru.md CHANGELOG.md DESTINATION share/doc/opora)
install(DIRECTORY docs/ DESTINATION share/doc/opora/docs PATTERN decisions EXCLUDE)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME opora)
set(CPACK_PACKAGE_CONTACT "Opora developers <opora@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Working system of education authorities for schools with low results")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION education)
set(CPACK_DEBIAN_PACKAGE_DEPENDS adduser)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_BINARY_DIR})
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${CMAKE_SOURCE_DIR}/packaging/postinst ${CMAKE_SOURCE_DIR}/packaging/prerm ${CMAKE_SOURCE_DIR}/packaging/postrm)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
include(CPack)
