#include "opora/application/clustering.hpp"

namespace opora::application {

base::Result<model::ContextClustering> context_clustering(const indicators::Evidence& evidence,
                                                          model::SchoolYear year,
                                                          const typology::ClusterOptions& options,
                                                          const typology::SpaceOptions& space) {
    const auto columns = typology::context_columns(evidence, year);
    const auto points = OPORA_TRY(typology::ContextSpace::make(columns, space));
    return typology::cluster_schools(evidence, points, options);
}

indicators::Evidence with_computed_clusters(const indicators::Evidence& evidence,
                                            model::SchoolYear year) {
    const auto clustering = context_clustering(evidence, year);
    if (clustering) {
        return evidence.with_clusters(typology::for_rules(evidence, *clustering, year));
    }
    indicators::Clustering none{.how = "группы рассчитать нельзя: " + clustering.error().message};
    none.of_school.assign(evidence.schools().size(), indicators::nothing);
    return evidence.with_clusters(std::move(none));
}

}  // namespace opora::application
