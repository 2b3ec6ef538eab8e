#include "opora/intake/tables/xml_scanner.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace opora::intake {

namespace {

constexpr std::size_t chunk_bytes = 256 * 1024;
constexpr std::size_t token_bytes_max = 4 * 1024 * 1024;
constexpr std::size_t depth_max = 256;

bool is_space(char symbol) {
    return symbol == ' ' || symbol == '\n' || symbol == '\t' || symbol == '\r';
}

bool blank(std::string_view text) { return std::ranges::all_of(text, is_space); }

std::string_view local(std::string_view name) {
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool ends_name(char symbol) { return is_space(symbol) || symbol == '/' || symbol == '>'; }

std::string_view name_at_front(std::string_view text) {
    std::size_t length = 0;
    while (length < text.size() && !ends_name(text[length])) ++length;
    return text.substr(0, length);
}

/// Whether a long text may be given in pieces here: no reference and no line end is divided.
bool may_be_cut(std::string_view text) {
    constexpr std::size_t piece_bytes = 64 * 1024;
    constexpr std::size_t reference_bytes_max = 32;
    if (text.size() < piece_bytes) return false;
    return text.substr(text.size() - reference_bytes_max).find_first_of("&\r") ==
           std::string_view::npos;
}

}  // namespace

XmlScanner::XmlScanner(ByteSource source) : source_{std::move(source)}, buffer_(chunk_bytes) {}

XmlToken XmlScanner::fail(std::string_view code, std::string_view message) {
    error_ = {.code = std::string{code},
              .message = std::string{message},
              .place = {},
              .expected = {},
              .found = {}};
    token_ = XmlToken::broken;
    return token_;
}

XmlScanner::Step XmlScanner::failed(std::string_view code, std::string_view message) {
    fail(code, message);
    return Step::token;
}

/// Moves the unread rest to the front and reads on. False when there is nothing more or the source
/// is broken.
bool XmlScanner::fill() {
    if (drained_) return false;
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    if (buffer_.size() - end_ < chunk_bytes / 2) {
        if (buffer_.size() >= token_bytes_max) {
            fail("too_large",
                 "в файле слишком длинный элемент; такой файл не мог быть сохранён табличным "
                 "редактором");
            return false;
        }
        buffer_.resize(buffer_.size() * 2);
    }
    auto read = source_(std::span{buffer_}.subspan(end_));
    if (!read) {
        error_ = std::move(read).error();
        token_ = XmlToken::broken;
        return false;
    }
    drained_ = *read < buffer_.size() - end_;
    end_ += *read;
    return *read > 0;
}

bool XmlScanner::start_document() {
    started_ = true;
    while (rest().size() < 4 && fill()) {
    }
    if (token_ == XmlToken::broken) return false;
    if (rest().starts_with("\xEF\xBB\xBF")) begin_ += 3;
    const auto head = rest().substr(0, 4);
    if (head.starts_with("\xFE\xFF") || head.starts_with("\xFF\xFE") ||
        head.find('\0') != std::string_view::npos) {
        fail("xml_encoding",
             "часть файла записана не в UTF-8: откройте файл в табличном редакторе и сохраните "
             "заново как xlsx");
        return false;
    }
    return true;
}

bool XmlScanner::check_encoding(std::string_view declaration) {
    const auto place = declaration.find("encoding");
    if (place == std::string_view::npos) return true;
    std::string value;
    for (const char symbol : declaration.substr(place + 8)) {
        if (is_space(symbol) || symbol == '=' || symbol == '\'' || symbol == '"' || symbol == '?')
            continue;
        value += symbol >= 'A' && symbol <= 'Z' ? static_cast<char>(symbol - 'A' + 'a') : symbol;
    }
    return value.starts_with("utf-8") || value.starts_with("utf8") || value.starts_with("us-ascii");
}

XmlToken XmlScanner::next() {
    if (token_ == XmlToken::broken || token_ == XmlToken::finish) return token_;
    if (pending_end_) {
        pending_end_ = false;
        open_names_.resize(open_begin_.back());
        open_begin_.pop_back();
        return token_ = XmlToken::end;
    }
    if (!started_ && !start_document()) return token_;
    while (true) {
        if (begin_ == end_ && !fill()) return token_ == XmlToken::broken ? token_ : at_end();
        const Step step = buffer_[begin_] == '<' ? scan_markup() : scan_text();
        if (step == Step::token) return token_;
        if (step == Step::more && !fill()) {
            return token_ == XmlToken::broken
                       ? token_
                       : fail("xml_broken", "файл обрывается: скопируйте или сохраните его заново");
        }
    }
}

XmlToken XmlScanner::at_end() {
    if (had_root_ && open_begin_.empty()) return token_ = XmlToken::finish;
    return fail("xml_broken", "файл обрывается: скопируйте или сохраните его заново");
}

XmlScanner::Step XmlScanner::scan_text() {
    const char* const from = buffer_.data() + begin_;
    const char* const limit = buffer_.data() + end_;
    bool plain = true;
    const char* stop = from;
    while (stop != limit && *stop != '<') {
        plain = plain && *stop != '&' && *stop != '\r';
        ++stop;
    }
    if (stop == limit && !drained_ && !may_be_cut({from, stop})) return Step::more;
    const std::string_view raw{from, static_cast<std::size_t>(stop - from)};
    begin_ += raw.size();
    if (open_begin_.empty()) {
        return blank(raw) ? Step::again
                          : failed("xml_broken",
                                   "файл повреждён: текст вне разметки; сохраните его заново");
    }
    text_ = raw;
    if (!plain) {
        if (!decode(raw, XmlText::with_references, scratch_)) return Step::token;
        text_ = scratch_;
    }
    token_ = XmlToken::text;
    return Step::token;
}

bool XmlScanner::decode(std::string_view raw, XmlText kind, std::string& into) {
    into.clear();
    if (append_xml_text(into, raw, kind)) return true;
    fail("xml_forbidden",
         "файл содержит недопустимую ссылку на символ или объект: сохраните его заново как xlsx");
    return false;
}

XmlScanner::Step XmlScanner::scan_markup() {
    const auto text = rest();
    if (text.size() < 2) return Step::more;
    switch (text[1]) {
        case '/':
            return scan_end();
        case '!':
            return scan_declaration();
        case '?': {
            const auto end = text.find("?>");
            if (end == std::string_view::npos) return Step::more;
            if (text.starts_with("<?xml") && !check_encoding(text.substr(0, end))) {
                return failed("xml_encoding",
                              "часть файла записана не в UTF-8: откройте файл в табличном "
                              "редакторе и сохраните заново как xlsx");
            }
            begin_ += end + 2;
            return Step::again;
        }
        default:
            return scan_start();
    }
}

XmlScanner::Step XmlScanner::skip_to(std::string_view mark, std::size_t from) {
    const auto end = rest().find(mark, from);
    if (end == std::string_view::npos) return Step::more;
    begin_ += end + mark.size();
    return Step::again;
}

XmlScanner::Step XmlScanner::scan_declaration() {
    constexpr std::string_view comment = "<!--";
    constexpr std::string_view section = "<![CDATA[";
    const auto text = rest();
    if (text.starts_with(comment)) return skip_to("-->", comment.size());
    if (text.starts_with(section)) {
        const auto end = text.find("]]>", section.size());
        if (end == std::string_view::npos) return Step::more;
        if (open_begin_.empty())
            return failed("xml_broken", "файл повреждён: текст вне разметки; сохраните его заново");
        // The rule of line ends holds here too, references are text.
        if (!decode(text.substr(section.size(), end - section.size()), XmlText::literal, scratch_))
            return Step::token;
        text_ = scratch_;
        begin_ += end + 3;
        token_ = XmlToken::text;
        return Step::token;
    }
    if (text.size() < section.size() && !drained_) return Step::more;
    return failed("xml_forbidden",
                  "файл содержит описание типа документа или внешние объекты, в книгах Excel их не "
                  "бывает: сохраните таблицу заново как xlsx");
}

XmlScanner::Step XmlScanner::scan_start() {
    const auto text = rest();
    std::size_t stop = 1;
    while (stop < text.size() && text[stop] != '>') {
        if (text[stop] == '"' || text[stop] == '\'') {
            stop = text.find(text[stop], stop + 1);
            if (stop == std::string_view::npos) return Step::more;
        } else if (text[stop] == '<') {
            return failed("xml_broken", "файл повреждён: незакрытый элемент; сохраните его заново");
        }
        ++stop;
    }
    if (stop >= text.size()) return Step::more;
    const auto name = name_at_front(text.substr(1, stop));
    if (name.empty() || (open_begin_.empty() && had_root_)) {
        return failed("xml_broken", "файл повреждён: лишний элемент; сохраните его заново");
    }
    if (open_begin_.size() == depth_max)
        return failed("too_large", "слишком глубокая вложенность элементов");

    pending_end_ = text[stop - 1] == '/';
    had_root_ = true;
    open_begin_.push_back(static_cast<std::uint32_t>(open_names_.size()));
    open_names_ += name;
    name_ = local(name);
    attributes_ = text.substr(1 + name.size(), stop - 1 - name.size() - (pending_end_ ? 1 : 0));
    begin_ += stop + 1;
    token_ = XmlToken::start;
    return Step::token;
}

XmlScanner::Step XmlScanner::scan_end() {
    const auto text = rest();
    const auto stop = text.find('>');
    if (stop == std::string_view::npos) return Step::more;
    const auto name = name_at_front(text.substr(2, stop - 1));
    const auto open = open_begin_.empty()
                          ? std::string_view{}
                          : std::string_view{open_names_}.substr(open_begin_.back());
    if (open_begin_.empty() || name != open ||
        !blank(text.substr(2 + name.size(), stop - 2 - name.size()))) {
        return failed("xml_broken",
                      "файл повреждён: элементы закрыты не в том порядке; сохраните его заново");
    }
    open_names_.resize(open_begin_.back());
    open_begin_.pop_back();
    name_ = local(name);
    begin_ += stop + 1;
    token_ = XmlToken::end;
    return Step::token;
}

std::optional<std::string_view> XmlScanner::raw_attribute(std::string_view local_name) const {
    std::string_view left = attributes_;
    while (true) {
        while (!left.empty() && is_space(left.front())) left.remove_prefix(1);
        const auto sign = left.find('=');
        if (sign == std::string_view::npos) return std::nullopt;
        auto name = left.substr(0, sign);
        while (!name.empty() && is_space(name.back())) name.remove_suffix(1);
        left.remove_prefix(sign + 1);
        while (!left.empty() && is_space(left.front())) left.remove_prefix(1);
        if (left.empty() || (left.front() != '"' && left.front() != '\'')) return std::nullopt;
        const auto closing = left.find(left.front(), 1);
        if (closing == std::string_view::npos) return std::nullopt;
        if (local(name) == local_name) return left.substr(1, closing - 1);
        left.remove_prefix(closing + 1);
    }
}

std::optional<std::string> XmlScanner::attribute(std::string_view local_name) {
    const auto raw = raw_attribute(local_name);
    std::string value;
    if (!raw || !decode(*raw, XmlText::with_references, value)) return std::nullopt;
    return value;
}

}  // namespace opora::intake
