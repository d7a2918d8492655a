#include "app/experiments/robustness/run_robustness.h"

#include <doctest/doctest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "app/experiments/robustness/robustness_files.h"
#include "app/platform/files.h"
#include "tests/app/experiments/tiny_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

// Of short episodes of an agent that does not heed the hazards.
RobustnessSettings Small() {
  RobustnessSettings settings;
  settings.environment = test::ShortPointGoal1(300);
  settings.policy = test::CarelessPolicy();
  settings.annotator = "Ann: cost; flip 0.05";
  settings.answers = 40;
  settings.first_answers = 20;
  settings.batch = 20;
  settings.pool_episodes = 10;
  settings.selection_episodes = 3;
  settings.evaluation_episodes = 3;
  settings.student.rounds = 1;
  return settings;
}

TEST_CASE("robustness is measured for every arm, and a seed that is done is kept") {
  const RobustnessSettings settings = Small();
  const test::ScratchFolder scratch;
  const auto one = RunRobustness(settings, {}, {.folder = scratch / "one", .seeds = 2});
  REQUIRE_MESSAGE(one.ok(), one.error().message);
  REQUIRE(one->size() == 2);
  for (const RobustnessSeed& seed : *one) {
    CHECK(seed.figures.size() == 2 + kRobustnessArms.size());
    for (const RobustnessFigures& of : seed.figures) {
      // After so few answers a model may be worse than none, but not on every step.
      CHECK(of.clean < 0.75);
      CHECK(of.corrupted() >= 0.0);
      CHECK(of.corrupted() < 0.75);
      CHECK(of.flips[0] >= 0.0);
      CHECK(of.misses >= 0.0);
    }
    // A lidar of four levels misleads more than one of 64.
    const auto& levels = seed.Find(RobustnessArm::kPlain, 40)
                             ->errors[static_cast<std::size_t>(agents::Corruption::kLevels)];
    CHECK(levels.back() > levels.front());
    CHECK(seed.play[PlayIndex(3, 4)].true_cost > seed.play[0].true_cost);  // larger hazards
  }

  // What is there is taken from there, and what is not gives the same bytes again, whoever does it.
  const std::string before = *ReadWholeFile(scratch / "one/seed-0.json", 1U << 20U);
  std::filesystem::remove(scratch / "one/seed-0.json");
  RobustnessSeed changed = (*one)[1];
  changed.figures[0].clean = 0.25;
  REQUIRE(WriteWholeFile(scratch / "one/seed-1.json", EncodeSeed(changed, settings)));
  const auto again =
      RunRobustness(settings, {}, {.folder = scratch / "one", .seeds = 2, .workers = 2});
  REQUIRE(again.ok());
  CHECK(*ReadWholeFile(scratch / "one/seed-0.json", 1U << 20U) == before);
  CHECK((*again)[1].figures[0].clean == 0.25);

  RobustnessSettings other = settings;
  other.student.soft = false;
  const auto refused = RunRobustness(other, {}, {.folder = scratch / "one", .seeds = 2});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("was made with other settings") != std::string::npos);
}

TEST_CASE("a world is shifted by the option that is meant, and by nothing else") {
  const sim::EnvironmentConfig world = Small().environment;
  const auto changed = [&](WorldShift shift) {
    const auto before = ConfigToJson(world);
    const auto after = ConfigToJson(Shifted(world, shift, 2.0));
    std::vector<std::string> keys;
    for (const auto& [key, value] : after.items()) {
      if (!before.contains(key) || before[key] != value) keys.push_back(key);
    }
    return keys;
  };
  using Keys = std::vector<std::string>;
  CHECK(changed(WorldShift::kForce) == Keys{"robot_force_scale"});
  CHECK(changed(WorldShift::kMass) == Keys{"robot_mass_scale"});
  CHECK(changed(WorldShift::kDamping) == Keys{"robot_damping_scale"});
  CHECK(changed(WorldShift::kSize) == Keys{"hazards_size"});
  CHECK(changed(WorldShift::kDensity) == Keys{"hazards_num"});
  CHECK(Shifted(world, WorldShift::kDensity, 1.25).hazards.num == 10);
}

TEST_CASE("an experiment that asks for more clips than there are says what to do") {
  RobustnessSettings settings = Small();
  settings.answers = 100;
  settings.batch = 100;
  settings.first_answers = 100;
  const test::ScratchFolder scratch;
  const auto refused = RunRobustness(settings, {}, {.folder = scratch / "out", .seeds = 1});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("--pool-episodes") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(scratch / "out/seed-0.json"));
}

TEST_CASE("a damaged file of a seed is refused by name") {
  const auto refused = DecodeSeed("{\"seed\": 1}", Small(), "out/seed-1.json");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.starts_with("out/seed-1.json is not the result"));
  RobustnessSeed seed{.hard_hash = "none", .figures = {}, .play = std::vector<PlayFigures>(kPlays)};
  for (const RobustnessArm arm : kRobustnessArms) {
    seed.figures.push_back({.arm = arm, .answers = Small().answers, .clean = 0.5});
  }
  CHECK(DecodeSeed(EncodeSeed(seed, Small()), Small(), "seed-0.json").ok());
  seed.play.pop_back();
  const auto shorter = DecodeSeed(EncodeSeed(seed, Small()), Small(), "seed-0.json");
  REQUIRE_FALSE(shorter.ok());
  CHECK(shorter.error().message.find("'play' has 25 figures, not 26") != std::string::npos);
  seed.play.emplace_back();
  seed.figures[0].clean = 1.25;
  const auto impossible = DecodeSeed(EncodeSeed(seed, Small()), Small(), "seed-0.json");
  REQUIRE_FALSE(impossible.ok());
  CHECK(impossible.error().message.starts_with("seed-0.json is damaged: its 'clean' is 1.25"));
}

TEST_CASE("sizes double up to all answers") {
  RobustnessSettings settings;
  settings.first_answers = 25;
  settings.answers = 130;
  CHECK(settings.sizes() == std::vector<int>{25, 50, 100, 130});
  settings.answers = 100;
  CHECK(settings.sizes() == std::vector<int>{25, 50, 100});
}

}  // namespace
}  // namespace lookout::app
