#include "app/workers/runtime/policy_registry.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

namespace lookout::app {
namespace {

TEST_CASE("policies are found by name, a name that is taken gets a number") {
  PolicyRegistry registry;
  CHECK(registry.Put({.name = "agent", .remark = "a file"}, "one") == "agent");
  CHECK(registry.Put({.name = "agent"}, "two") == "agent (2)");
  CHECK(registry.Put({.name = "agent"}, "one") == "agent");
  CHECK(registry.Put({.name = "agent"}, "two") == "agent (2)");
  CHECK(registry.version() == 2);
  CHECK(*registry.Find("agent") == "one");
  CHECK(*registry.Find("agent (2)") == "two");
  CHECK(registry.Find("nobody").error().message.find("nobody") != std::string::npos);
  REQUIRE(registry.Entries().size() == 2);
  CHECK(registry.Entries()[0].remark == "a file");
}

TEST_CASE("a full shelf lets go of the oldest that was not shipped") {
  PolicyRegistry registry;
  registry.Put({.name = "shipped", .shipped = true}, "bytes");
  for (std::size_t i = 1; i <= PolicyRegistry::kMost; ++i) {
    const std::string name = fmt::to_string(i);
    registry.Put({.name = name}, "bytes of " + name);
  }
  CHECK(registry.Entries().size() == PolicyRegistry::kMost);
  CHECK(registry.Find("shipped").ok());
  CHECK_FALSE(registry.Find("1").ok());
  CHECK(registry.Find("2").ok());
}

}  // namespace
}  // namespace lookout::app
