#include "opora/wording/derivation_tree.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "support/sample_listings.hpp"

namespace opora::wording {

namespace {

void read(const DerivationNode& node, std::vector<const DerivationNode*>& all) {
    all.push_back(&node);
    for (const DerivationNode& part : node.parts) read(part, all);
}

std::vector<const DerivationNode*> nodes_of(const DerivationNode& tree) {
    std::vector<const DerivationNode*> all;
    read(tree, all);
    return all;
}

}  // namespace

TEST_CASE("a derivation as a tree: the outcome on top, rows of files at the bottom") {
    const model::Listing listing = testing::listed_school();
    for (const model::Finding& finding : listing.findings) {
        if (finding.derivation.text.empty()) continue;
        CAPTURE(finding.rule);
        const auto tree = derivation_tree(finding.derivation, testing::sample_list().year, {});
        CHECK(tree.outcome == finding.outcome);
        for (const DerivationNode* node : nodes_of(tree)) {
            CAPTURE(node->text);
            CHECK_FALSE(node->text.empty());
            CHECK(node->text.find("--") == std::string::npos);
            CHECK(node->procedure.has_value() == !node->sources.empty());
            CHECK(std::ranges::is_sorted(node->parts, {}, &DerivationNode::outcome));
        }
    }
}

TEST_CASE("every measured value of a derivation is in its tree with its source") {
    const model::Listing listing = testing::listed_school();
    std::size_t sources = 0;
    for (const model::Finding& finding : listing.findings) {
        const auto tree = derivation_tree(finding.derivation, testing::sample_list().year, {});
        for (const DerivationNode* node : nodes_of(tree)) sources += node->sources.size();
    }
    CHECK(sources > 0);
}

}  // namespace opora::wording
