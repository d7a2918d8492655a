// lookout attack as a user calls it.
#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/app/cli/command_line_support.h"
#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

using nlohmann::json;

TEST_CASE("attack moments: finds are told, and their environments can be played") {
  const test::ScratchFolder scratch;
  const std::string out = scratch / "finds";
  const CommandResult attacked =
      Lookout({"attack", "moments", ShippedModel(), "--searches", "1", "--seed", "100",
               "--generations", "6", "--population", "20", "--threshold", "0.9", "--json", "--out",
               out, "--record", scratch / "p.lookout"});
  REQUIRE_MESSAGE(attacked.exit_code == 0, attacked.errors);
  const json found = json::parse(attacked.output);
  CHECK(found["candidates"] == 120);
  REQUIRE(found["searches"].size() == 1);
  const json& search = found["searches"][0];
  CHECK(search["is_wrong"] == true);
  CHECK(search["worst"]["probability"] < 0.9);
  CHECK(search["worst"]["clearance_m"] <= -0.05);
  CHECK(found["even"]["of"] > 50);
  const std::string file = search["file"];
  const CommandResult played =
      Lookout({"sim", "--env", file, "--policy", "random", "--episodes", "1", "--json"});
  CHECK_MESSAGE(played.exit_code == 0, played.errors);
  CHECK(std::filesystem::exists(scratch / "p.lookout"));
}

TEST_CASE("attack moments: a search without a clear case says why, and leaves no empty project") {
  const test::ScratchFolder scratch;
  const CommandResult attacked =
      Lookout({"attack", "moments", ShippedModel(), "--searches", "1", "--generations", "2",
               "--population", "4", "--depth", "2", "--record", scratch / "p.lookout"});
  REQUIRE_MESSAGE(attacked.exit_code == 0, attacked.errors);
  CHECK_MESSAGE(Contains(attacked.output, "-: in no candidate"), attacked.output);
  CHECK_FALSE(std::filesystem::exists(scratch / "p.lookout"));
}

TEST_CASE("attack worlds: what it found plays again from its file at the same cost") {
  const test::ScratchFolder scratch;
  const std::string out = scratch / "hard";
  const CommandResult attacked =
      Lookout({"attack", "worlds", "--policy", "goto", "--searches", "1", "--seed", "5",
               "--generations", "2", "--population", "4", "--json", "--out", out});
  REQUIRE_MESSAGE(attacked.exit_code == 0, attacked.errors);
  const json found = json::parse(attacked.output);
  CHECK(found["ordinary"]["episodes"] == 8);
  const json& world = found["searched"]["worlds"][0];
  const CommandResult played = Lookout({"sim", "--env", world["file"], "--policy", "goto", "--seed",
                                        "5", "--episodes", "1", "--json"});
  REQUIRE_MESSAGE(played.exit_code == 0, played.errors);
  CHECK(Contains(played.output, world["cost"].dump()));
}

TEST_CASE("attack observations: a wider budget turns no less") {
  const CommandResult attacked = Lookout({"attack", "observations", ShippedModel(), "--episodes",
                                          "1", "--seed", "1", "--steps", "10", "--json"});
  REQUIRE_MESSAGE(attacked.exit_code == 0, attacked.errors);
  const json found = json::parse(attacked.output);
  REQUIRE(found["budgets"].size() == 5);
  CHECK(found["dangers"].get<int>() + found["safe"].get<int>() > 100);
  for (std::size_t i = 1; i < 5; ++i) {
    const json& less = found["budgets"][i - 1];
    const json& more = found["budgets"][i];
    CHECK(more["missed"]["count"] >= less["missed"]["count"]);
    CHECK(more["alarmed"]["count"] >= less["alarmed"]["count"]);
  }
}

TEST_CASE("attack: what cannot be attacked is refused with the way out") {
  const CommandResult which = Lookout({"attack", "momints", ShippedModel()});
  CHECK(which.exit_code == kUsage);
  CHECK(Contains(which.errors, "Did you mean moments?"));
  const CommandResult error =
      Lookout({"attack", "moments", ShippedModel(), "--error", "falsealarm"});
  CHECK(error.exit_code == kUsage);
  CHECK(Contains(error.errors, "miss or false-alarm"));
  const CommandResult other = Lookout({"attack", "moments", ShippedModel(), "--env", "CarButton1"});
  CHECK(other.exit_code == kBadInput);
  CHECK(Contains(other.errors, "pointgoal1.costmodel: The cost model does not fit"));
  const CommandResult range = Lookout({"attack", "moments", ShippedModel(), "--depth", "9"});
  CHECK(range.exit_code == kUsage);
  CHECK(Contains(range.errors, "--depth is 9"));
  for (const char* const which_attack : {"moments", "worlds"}) {
    std::vector<std::string> words{"attack", which_attack,    "--out", "/proc/x",      "--searches",
                                   "1",      "--generations", "1000",  "--population", "1000"};
    if (which_attack[0] == 'm') words.insert(words.begin() + 2, ShippedModel());
    const CommandResult nowhere = Lookout(words);
    CHECK(nowhere.exit_code != 0);
    CHECK_MESSAGE(Contains(nowhere.errors, "/proc/x"), nowhere.errors);
    CHECK(nowhere.output.empty());
  }
}

}  // namespace
}  // namespace lookout::app
