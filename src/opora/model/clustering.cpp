#include "opora/model/clustering.hpp"

namespace opora::model {

std::string_view code(ClusterMethod method) {
    switch (method) {
        case ClusterMethod::k_means:
            return "kmeans";
        case ClusterMethod::ward:
            return "ward";
    }
    return "";
}

std::optional<ClusterMethod> cluster_method(std::string_view text) {
    if (text == "kmeans") return ClusterMethod::k_means;
    if (text == "ward") return ClusterMethod::ward;
    return std::nullopt;
}

}  // namespace opora::model
