// The registered configurations against those that the original wrote into its recordings.
#include <doctest/doctest.h>

#include <set>

#include "sim/config/config.h"
#include "sim/conformance/gzip_file.h"
#include "tests/conformance/reference_support.h"

using namespace lookout::sim;
using lookout::sim::test::Recordings;
using nlohmann::json;

namespace {

json HeaderOf(const std::string& path) {
  const auto text = ReadGzipFile(path);
  REQUIRE(text.ok());
  return json::parse(text->substr(0, text->find('\n')));
}

bool IsRegistered(const std::string& name) {
  return name.starts_with("Safexp-") || name.starts_with("Testing-");
}

}  // namespace

TEST_CASE("Every recorded environment's configuration is the one registered under its id") {
  std::set<std::string> seen;
  for (const std::string& path : Recordings(IsRegistered)) {
    const json header = HeaderOf(path);
    const auto id = header.at("env").get<std::string>();
    if (!seen.insert(id).second) continue;
    CAPTURE(id);
    const auto registered = ConfigForId(id);
    REQUIRE(registered.ok());
    const json ours = ConfigToJson(*registered);
    const json& theirs = header.at("config");
    CHECK(ours.size() == theirs.size());
    for (const auto& [key, value] : theirs.items()) {
      CAPTURE(key);
      REQUIRE(ours.contains(key));
      CHECK(ours[key] == value);
    }
  }
}

TEST_CASE("Every recorded configuration of one's own is understood without a loss") {
  const auto is_own = [](const std::string& name) { return !IsRegistered(name); };
  for (const std::string& path : Recordings(is_own)) {
    CAPTURE(path);
    const json theirs = HeaderOf(path).at("config");
    const auto config = ParseConfig(theirs, "own");
    REQUIRE_MESSAGE(config.ok(), (config.ok() ? "" : config.error().message));
    CHECK(ConfigToJson(*config) == theirs);
  }
}
