#include "opora/application/frozen_store.hpp"

#include <stdexcept>

namespace opora::application {

namespace {

[[noreturn]] void never() {
    throw std::logic_error{"frozen data are only read, and only what lists are made of"};
}

}  // namespace

ports::FrozenData freeze(ports::Store& store) {
    const ports::RegisterStore& reg = store.register_store();
    return {.rows = reg.rows(), .rows_hash = reg.rows_hash(), .imports = reg.imports()};
}

std::vector<model::AnswerTally> FrozenStore::FrozenRegister::answers(model::SchoolYear) const {
    never();
}
model::FactorReview FrozenStore::FrozenRegister::add_review(model::FactorReview) { never(); }
std::vector<model::FactorReview> FrozenStore::FrozenRegister::reviews(model::SchoolYear) const {
    never();
}
ports::RowChanges FrozenStore::FrozenRegister::compare(const ports::RegisterRows&, bool) const {
    never();
}
ports::ImportReceipt FrozenStore::FrozenRegister::import(const ports::RegisterRows&, bool,
                                                         ports::ImportReceipt) {
    never();
}
base::Result<base::Done> FrozenStore::FrozenRegister::undo(ports::ImportNumber,
                                                           const std::string&) {
    never();
}
std::optional<std::string> FrozenStore::FrozenRegister::setting(const std::string&) const {
    never();
}
void FrozenStore::FrozenRegister::set_setting(const std::string&, const std::string&,
                                              const std::string&) {
    never();
}
void FrozenStore::FrozenRegister::audit(const std::string&, const std::string&, const std::string&,
                                        const std::string&) {
    never();
}

}  // namespace opora::application
