#include "opora/server/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace opora::server {

namespace {

/// Upper bounds of the buckets of durations, in seconds.
const prometheus::Histogram::BucketBoundaries bounds{0.0005, 0.001, 0.0025, 0.005, 0.01,
                                                     0.02,   0.05,  0.1,    1,     10};

}  // namespace

struct Metrics::Families {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                                            .Name("opora_requests_total")
                                                            .Help("Answered requests")
                                                            .Register(registry);
    prometheus::Family<prometheus::Histogram>& durations =
        prometheus::BuildHistogram()
            .Name("opora_request_seconds")
            .Help("From the header to the answer")
            .Register(registry);
    prometheus::Family<prometheus::Counter>& refusals =
        prometheus::BuildCounter()
            .Name("opora_refused_total")
            .Help("Requests refused before a handler")
            .Register(registry);
    prometheus::Gauge& connections = prometheus::BuildGauge()
                                         .Name("opora_connections")
                                         .Help("Open connections")
                                         .Register(registry)
                                         .Add({});
};

Metrics::Metrics() : families_{std::make_unique<Families>()} {}
Metrics::~Metrics() = default;

void Metrics::answered(std::string_view route, int status, std::chrono::microseconds took) {
    const std::string name{route};
    families_->requests.Add({{"route", name}, {"status", std::to_string(status)}}).Increment();
    families_->durations.Add({{"route", name}}, bounds)
        .Observe(std::chrono::duration<double>{took}.count());
}

void Metrics::connection_opened() { families_->connections.Increment(); }
void Metrics::connection_closed() { families_->connections.Decrement(); }

void Metrics::refused(std::string_view reason) {
    families_->refusals.Add({{"reason", std::string{reason}}}).Increment();
}

std::string Metrics::text() const {
    return prometheus::TextSerializer{}.Serialize(families_->registry.Collect());
}

}  // namespace opora::server
