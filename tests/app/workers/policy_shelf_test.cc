#include "app/workers/policy_shelf.h"

#include <doctest/doctest.h>

#include <string>

namespace lookout::app {
namespace {

TEST_CASE("policies are found by name; a name that is taken gets a number") {
  PolicyShelf shelf;
  CHECK(shelf.Put({.name = "agent", .remark = "a file"}, "one") == "agent");
  CHECK(shelf.Put({.name = "agent"}, "two") == "agent (2)");
  CHECK(shelf.Put({.name = "agent"}, "one") == "agent");
  CHECK(shelf.Put({.name = "agent"}, "two") == "agent (2)");
  CHECK(shelf.version() == 2);
  CHECK(*shelf.Find("agent") == "one");
  CHECK(*shelf.Find("agent (2)") == "two");
  CHECK(shelf.Find("nobody").error().message.find("nobody") != std::string::npos);
  REQUIRE(shelf.Entries().size() == 2);
  CHECK(shelf.Entries()[0].remark == "a file");
}

TEST_CASE("a full shelf lets go of the oldest that was not shipped") {
  PolicyShelf shelf;
  shelf.Put({.name = "shipped", .shipped = true}, "bytes");
  for (std::size_t i = 1; i <= PolicyShelf::kMost; ++i) {
    const std::string name = std::to_string(i);
    shelf.Put({.name = name}, "bytes of " + name);
  }
  CHECK(shelf.Entries().size() == PolicyShelf::kMost);
  CHECK(shelf.Find("shipped").ok());
  CHECK_FALSE(shelf.Find("1").ok());
  CHECK(shelf.Find("2").ok());
}

}  // namespace
}  // namespace lookout::app
