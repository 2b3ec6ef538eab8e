#pragma once

#include <utility>

#include "opora/ports/store.hpp"

namespace opora::application {

/// The data of a moment: what is loaded later changes nothing of it.
ports::FrozenData freeze(ports::Store& store);

/// A store in which frozen data are in force: registers and imports as they were, the facts
/// themselves from the store beneath, where they never change. Only reading makes sense; whatever
/// would change something is a bug of the caller.
class FrozenStore : public ports::Store {
public:
    FrozenStore(ports::Store& beneath, ports::FrozenData data)
        : beneath_{beneath}, register_{std::move(data)} {}

    ports::RegisterStore& register_store() override { return register_; }
    ports::FactStore& fact_store() override { return beneath_.fact_store(); }
    ports::ListStore& list_store() override { return beneath_.list_store(); }
    const std::filesystem::path& directory() const override { return beneath_.directory(); }

private:
    class FrozenRegister : public ports::RegisterStore {
    public:
        explicit FrozenRegister(ports::FrozenData data) : data_{std::move(data)} {}

        ports::RegisterRows rows() const override { return data_.rows; }
        std::vector<ports::ImportReceipt> imports() const override { return data_.imports; }
        std::string rows_hash() const override { return data_.rows_hash; }

        // No list is made of the rest.
        std::vector<model::AnswerTally> answers(model::SchoolYear year) const override;
        model::FactorReview add_review(model::FactorReview review) override;
        std::vector<model::FactorReview> reviews(model::SchoolYear year) const override;
        ports::RowChanges compare(const ports::RegisterRows& rows, bool full) const override;
        ports::ImportReceipt import(const ports::RegisterRows& rows, bool full,
                                    ports::ImportReceipt receipt) override;
        base::Result<base::Done> undo(ports::ImportNumber number,
                                      const std::string& actor) override;
        std::optional<std::string> setting(const std::string& name) const override;
        void set_setting(const std::string& name, const std::string& value,
                         const std::string& actor) override;
        void audit(const std::string& actor, const std::string& action, const std::string& detail,
                   const std::string& reason) override;

    private:
        ports::FrozenData data_;
    };

    ports::Store& beneath_;
    FrozenRegister register_;
};

}  // namespace opora::application
