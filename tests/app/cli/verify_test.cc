// lookout verify as a user calls it.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/app/cli/command_line_support.h"
#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

using nlohmann::json;

TEST_CASE("the shipped model does not call every pose in a hazard unsafe, and the pose is shown") {
  const test::ScratchFolder scratch;
  const std::string world = scratch / "there.json";
  const CommandResult verified =
      Lookout({"verify", ShippedModel(), "--cells", "2000", "--json", "--out", world});
  REQUIRE_MESSAGE(verified.exit_code == 0, verified.errors);
  const json found = json::parse(verified.output);
  CHECK(found["answer"] == "counterexample");
  CHECK(found["counterexample"]["predicted_cost"] < 0.5);
  CHECK(found["counterexample"]["at"].contains("heading_rad"));
  CHECK(found["fixed"].size() == 2);  // accelerometer and gyro

  const CommandResult played =
      Lookout({"sim", "--env", world, "--policy", "random", "--episodes", "1", "--json"});
  CHECK_MESSAGE(played.exit_code == 0, played.errors);
}

TEST_CASE("the answer in words says what was asked, what is fixed and how far it got") {
  const test::ScratchFolder scratch;
  scratch.Write("ask.json", R"({"claim": "safe", "threshold": 0.9,
      "place": {"of": "hazard", "beyond_m": 1.2, "heading_deg": [0, 5]}})");
  const CommandResult verified =
      Lookout({"verify", ShippedModel(), "--question", scratch / "ask.json", "--cells", "20000",
               "--workers", "1", "--seconds", "1000"});
  REQUIRE_MESSAGE(verified.exit_code == 0, verified.errors);
  CHECK(Contains(verified.output, "calls it safe (a predicted cost below 0.9)"));
  CHECK(Contains(verified.output, "Fixed: accelerometer"));
  CHECK(Contains(verified.output, "Answer: proved. It holds at every point."));
  CHECK(Contains(verified.output, "100.00 % proved"));
}

TEST_CASE("questions, models and worlds that cannot be used are refused") {
  const CommandResult unknown = Lookout({"verify", ShippedModel(), "--question", "insid-hazard"});
  CHECK(unknown.exit_code == kBadInput);
  CHECK(Contains(unknown.errors, "Did you mean inside-hazard?"));
  const CommandResult other = Lookout({"verify", ShippedModel(), "--env", "CarButton1"});
  CHECK(other.exit_code == kBadInput);
  CHECK(Contains(other.errors, "pointgoal1.costmodel: The cost model does not fit"));
  CHECK(Lookout({"verify", ShippedModel(), "--cells", "0"}).exit_code == kUsage);
}

}  // namespace
}  // namespace lookout::app
