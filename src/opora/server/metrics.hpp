#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace opora::server {

/// Counts what the server answered, for `/metrics` (Prometheus' text format, version 0.0.4). May be
/// told from several threads.
class Metrics {
public:
    Metrics();
    ~Metrics();

    void answered(std::string_view route, int status, std::chrono::microseconds took);
    void connection_opened();
    void connection_closed();
    void refused(std::string_view reason);

    std::string text() const;

private:
    struct Families;
    std::unique_ptr<Families> families_;
};

}  // namespace opora::server
