#include "opora/storage/sodium_secrets.hpp"

#include <doctest/doctest.h>

#include "support/temporary_folder.hpp"

using namespace opora;

TEST_CASE(
    "what is sealed opens with the same key alone, unchanged, and never looks the same twice") {
    const testing::TemporaryFolder folder;
    storage::SodiumSecrets secrets{folder.path() / "a.key"};
    storage::SodiumSecrets others{folder.path() / "b.key"};
    const std::string sealed = secrets.seal("тайна");
    CHECK(secrets.unseal(sealed) == "тайна");
    CHECK(sealed != secrets.seal("тайна"));
    CHECK_FALSE(others.unseal(sealed));
    std::string changed = sealed;
    changed.back() = changed.back() == '0' ? '1' : '0';
    CHECK_FALSE(secrets.unseal(changed));
    for (const char* broken : {"", "00", "not hex", "тайна"}) CHECK_FALSE(secrets.unseal(broken));
    CHECK(secrets.unseal(secrets.seal("")) == "");
}
