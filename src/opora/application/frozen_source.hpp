#pragma once

#include <utility>

#include "opora/ports/store.hpp"

namespace opora::application {

/// The data of a moment: what is loaded later changes nothing of it.
ports::FrozenData freeze(const ports::DataSource& source);

/// Frozen data in force: registers and imports as they were, the facts themselves from the source
/// beneath, where they never change.
class FrozenSource : public ports::DataSource {
public:
    FrozenSource(const ports::DataSource& beneath, ports::FrozenData data)
        : beneath_{beneath}, registers_{std::move(data)} {}

    const ports::RegisterReader& registers() const override { return registers_; }
    const ports::FactStore& facts() const override { return beneath_.facts(); }

private:
    class FrozenRegisters : public ports::RegisterReader {
    public:
        explicit FrozenRegisters(ports::FrozenData data) : data_{std::move(data)} {}

        ports::RegisterRows rows() const override { return data_.rows; }
        std::string rows_hash() const override { return data_.rows_hash; }
        std::vector<ports::ImportReceipt> imports() const override { return data_.imports; }

    private:
        ports::FrozenData data_;
    };

    const ports::DataSource& beneath_;
    FrozenRegisters registers_;
};

}  // namespace opora::application
