#pragma once

#include <zip.h>

#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace opora::testing {

/// Parts of a zip by their names.
using PackageParts = std::map<std::string, std::string>;

inline void write_zip(const std::filesystem::path& path, const PackageParts& parts) {
    int code = 0;
    zip_t* const archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (archive == nullptr) throw std::runtime_error{"zip not created"};
    for (const auto& [name, content] : parts) {
        zip_source_t* const source = zip_source_buffer(archive, content.data(), content.size(), 0);
        if (zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) < 0)
            throw std::runtime_error{"zip entry refused"};
    }
    if (zip_close(archive) != 0) throw std::runtime_error{"zip not written"};
}

/// The parts of a workbook whose sheets hold the given XML inside `worksheet`, named «Лист1»,
/// «Лист2» ….
inline PackageParts workbook_parts(const std::vector<std::string>& sheets,
                                   const std::string& shared_strings = {}) {
    const std::string head = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
    const std::string office =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const std::string package = "http://schemas.openxmlformats.org/package/2006/relationships";
    PackageParts parts;
    parts["_rels/.rels"] = head + "<Relationships xmlns=\"" + package +
                           "\"><Relationship Id=\"rId1\" Type=\"" + office +
                           "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
    std::string links = head + "<Relationships xmlns=\"" + package + "\">";
    std::string book =
        head + "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + office + "\"><sheets>";
    for (std::size_t i = 1; i <= sheets.size(); ++i) {
        const std::string number = std::to_string(i);
        links += "<Relationship Id=\"rId" + number + "\" Type=\"" + office +
                 "/worksheet\" Target=\"worksheets/sheet" + number + ".xml\"/>";
        book += "<sheet name=\"Лист" + number + "\" sheetId=\"" + number + "\" r:id=\"rId" +
                number + "\"/>";
        parts["xl/worksheets/sheet" + number + ".xml"] =
            head + "<worksheet xmlns=\"" + main + "\">" + sheets[i - 1] + "</worksheet>";
    }
    if (!shared_strings.empty()) {
        links += "<Relationship Id=\"rIdS\" Type=\"" + office +
                 "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>";
        parts["xl/sharedStrings.xml"] =
            head + "<sst xmlns=\"" + main + "\">" + shared_strings + "</sst>";
    }
    parts["xl/_rels/workbook.xml.rels"] = links + "</Relationships>";
    parts["xl/workbook.xml"] = book + "</sheets></workbook>";
    return parts;
}

}  // namespace opora::testing
