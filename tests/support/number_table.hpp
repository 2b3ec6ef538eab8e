#pragma once

#include <charconv>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/source_folder.hpp"

namespace opora::testing {

/// A small csv of numbers below tests/reference/data: columns by their headings.
class NumberTable {
public:
    explicit NumberTable(const std::string& name) {
        std::ifstream file{source_folder() / "tests" / "reference" / "data" / name};
        if (!file) throw std::runtime_error{"cannot read " + name};
        std::string line;
        std::getline(file, line);
        headings_ = parts(line);
        columns_.resize(headings_.size());
        while (std::getline(file, line)) {
            const std::vector<std::string> cells = parts(line);
            for (std::size_t i = 0; i < cells.size(); ++i) columns_[i].push_back(number(cells[i]));
        }
    }

    const std::vector<std::string>& headings() const { return headings_; }
    std::size_t rows() const { return columns_[0].size(); }
    const std::vector<double>& operator[](const std::string& heading) const {
        for (std::size_t i = 0; i < headings_.size(); ++i) {
            if (headings_[i] == heading) return columns_[i];
        }
        throw std::runtime_error{"no column " + heading};
    }

private:
    static std::vector<std::string> parts(const std::string& line) {
        std::vector<std::string> cells{""};
        for (const char c : line) {
            if (c == ',') {
                cells.emplace_back();
            } else if (c != '"') {
                cells.back() += c;
            }
        }
        return cells;
    }

    static double number(const std::string& text) {
        double value = 0;
        const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (wrong != std::errc{} || end != text.data() + text.size()) {
            throw std::runtime_error{"not a number: " + text};
        }
        return value;
    }

    std::vector<std::string> headings_;
    std::vector<std::vector<double>> columns_;
};

}  // namespace opora::testing
