#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opora/intake/tables/byte_source.hpp"
#include "opora/intake/tables/xml_scanner.hpp"

namespace opora::intake {

/// The shared strings of a workbook: one block of text and the end of each string in it.
class SharedStrings {
public:
    /// Reads the part `sharedStrings`; rich-text runs are joined, phonetic hints left out.
    static base::Result<SharedStrings> read(ByteSource source, std::int64_t bytes_max,
                                            std::int64_t cell_bytes_max);

    std::optional<std::string_view> text(std::size_t index) const;

private:
    std::string texts_;
    std::vector<std::uint32_t> ends_;
};

/// Collects the text of the element whose `start` was the last token (`si` or `is`) up to its
/// `end`: the texts of `t`, phonetic hints (`rPh`) left out. False when the scanner broke.
bool collect_text(XmlScanner& scanner, std::string& into);

}  // namespace opora::intake
