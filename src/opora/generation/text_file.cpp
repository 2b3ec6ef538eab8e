#include "opora/generation/text_file.hpp"

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "opora/base/expects.hpp"

namespace opora::generation {
namespace {

constexpr std::size_t buffer_bytes = 1U << 20U;

[[noreturn]] void fail(const std::filesystem::path& path) {
    throw std::filesystem::filesystem_error{"file not written", path,
                                            std::error_code{errno, std::generic_category()}};
}

/// Windows-1251 code of a character beyond ASCII that is no Russian letter; 0 when there is none.
unsigned char special_code(char32_t character) {
    constexpr std::array<std::pair<char32_t, unsigned char>, 10> specials{{{U'Ё', 0xA8},
                                                                           {U'ё', 0xB8},
                                                                           {U'№', 0xB9},
                                                                           {U'«', 0xAB},
                                                                           {U'»', 0xBB},
                                                                           {U'–', 0x96},
                                                                           {U'—', 0x97},
                                                                           {U'\u00A0', 0xA0},
                                                                           {U'…', 0x85},
                                                                           {U'°', 0xB0}}};
    for (const auto& [known, code] : specials) {
        if (known == character) return code;
    }
    return 0;
}

unsigned char windows_1251(char32_t character) {
    if (character < 0x80) return static_cast<unsigned char>(character);
    if (U'А' <= character && character <= U'я') {
        return static_cast<unsigned char>(0xC0 + (character - U'А'));
    }
    const unsigned char code = special_code(character);
    OPORA_EXPECTS(code != 0);
    return code;
}

}  // namespace

TextFile::TextFile(const std::filesystem::path& path, TextEncoding encoding)
    : path_{path}, encoding_{encoding} {
    std::error_code ignored;  // A folder that cannot be made shows when the file is opened.
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), ignored);
    file_.reset(std::fopen(path.c_str(), "wb"));
    if (!file_) fail(path_);
    if (encoding == TextEncoding::utf8_with_mark) buffer_ = "\xEF\xBB\xBF";
}

void TextFile::write(std::string_view text) {
    if (encoding_ == TextEncoding::windows_1251) {
        buffer_ += to_windows_1251(text);
    } else {
        buffer_ += text;
    }
    if (buffer_.size() >= buffer_bytes) flush();
}

void TextFile::flush() {
    if (std::fwrite(buffer_.data(), 1, buffer_.size(), file_.get()) != buffer_.size()) fail(path_);
    buffer_.clear();
}

void TextFile::close() {
    flush();
    if (std::fclose(file_.release()) != 0) fail(path_);
}

std::string to_windows_1251(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : 3;
        OPORA_EXPECTS(at + length <= text.size() && lead < 0xF0);
        char32_t character = length == 1 ? lead : lead & (0xFFU >> (length + 1));
        for (std::size_t i = 1; i < length; ++i) {
            character = (character << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
        }
        bytes.push_back(static_cast<char>(windows_1251(character)));
        at += length;
    }
    return bytes;
}

std::string csv_field(std::string_view text) {
    if (text.find_first_of(",;\"\r\n") == std::string_view::npos) return std::string{text};
    std::string field{"\""};
    for (const char symbol : text) {
        if (symbol == '"') field += '"';
        field += symbol;
    }
    return field + '"';
}

}  // namespace opora::generation
