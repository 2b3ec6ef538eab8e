#pragma once

#include <memory>

#include "opora/intake/kinds/session.hpp"

namespace opora::intake {

/// A reader of a kind: takes the tables of a file one after another and fills the batch of the
/// session.
class KindReader {
public:
    virtual ~KindReader() = default;
    virtual base::Result<base::Done> read(TableReader& table) = 0;
    /// After the last table: what can only be checked over the whole file.
    virtual void finish() {}
};

std::unique_ptr<KindReader> territories_reader(Session& session);
std::unique_ptr<KindReader> schools_reader(Session& session);
std::unique_ptr<KindReader> teachers_reader(Session& session);
std::unique_ptr<KindReader> loads_reader(Session& session);
std::unique_ptr<KindReader> references_reader(Session& session);
std::unique_ptr<KindReader> indicators_reader(Session& session);
std::unique_ptr<KindReader> markers_reader(Session& session);
std::unique_ptr<KindReader> facts_reader(Session& session);
std::unique_ptr<KindReader> answers_reader(Session& session);

}  // namespace opora::intake
