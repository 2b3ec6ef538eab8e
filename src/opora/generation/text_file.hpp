#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace opora::generation {

enum class TextEncoding : std::uint8_t { utf8, utf8_with_mark, windows_1251 };

/// A text file written in large pieces. Throws std::runtime_error (Russian) when the disk refuses;
/// `close` reports what the last piece met.
class TextFile {
public:
    explicit TextFile(const std::filesystem::path& path,
                      TextEncoding encoding = TextEncoding::utf8);

    void write(std::string_view text);
    void close();

private:
    void flush();

    struct Closer {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::filesystem::path path_;
    TextEncoding encoding_;
    std::unique_ptr<std::FILE, Closer> file_;
    std::string buffer_;
};

/// UTF-8 text in windows-1251; only letters, signs and punctuation of Russian office files may
/// occur.
std::string to_windows_1251(std::string_view text);

/// A csv field: quoted when it holds a separator, a quote or a line end.
std::string csv_field(std::string_view text);

}  // namespace opora::generation
