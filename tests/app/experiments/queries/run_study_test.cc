#include "app/experiments/queries/run_study.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "app/experiments/queries/study_files.h"
#include "app/platform/files.h"
#include "sim/config/config.h"
#include "tests/app/experiments/tiny_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

// Of short episodes of an agent that does not heed the hazards.
StudySettings Small() {
  StudySettings settings;
  settings.environment = test::ShortPointGoal1(400);
  settings.policy = test::CarelessPolicy();
  settings.annotator = "Ann: cost; flip 0.05";
  settings.labels = 30;
  settings.batch = 10;
  settings.pool_episodes = 6;
  settings.held_out_episodes = 4;
  return settings;
}

TEST_CASE("an experiment gives the same with any number of workers, and goes on where it ended") {
  const StudySettings settings = Small();
  const test::ScratchFolder scratch;
  const auto one = RunStudy(settings, {}, {.folder = scratch / "one", .seeds = 2});
  REQUIRE_MESSAGE(one.ok(), one.error().message);
  REQUIRE(one->size() == 2);
  for (const SeedResult& result : *one) {
    for (const Strategy strategy : kStrategies) {
      REQUIRE(result.of(strategy).size() == 3);
      CHECK(result.of(strategy).back().labels == 30);
      CHECK(result.of(strategy).back().unsafe_clips > 0);
      CHECK(result.of(strategy).back().auc != 0.5);  // there is a model
      CHECK(result.of(strategy).back().cost_ratio > 0.0);
    }
  }
  CHECK(StudyCsv({one->data(), 1}) != StudyCsv({one->data() + 1, 1}));

  const auto two = RunStudy(settings, {}, {.folder = scratch / "two", .seeds = 2, .workers = 2});
  REQUIRE(two.ok());
  CHECK(StudyCsv(*one) == StudyCsv(*two));
  CHECK(*ReadWholeFile(scratch / "one/seed-1.json", 1U << 20U) ==
        *ReadWholeFile(scratch / "two/seed-1.json", 1U << 20U));

  // A seed that has its file is taken from there, and costs no more than reading it.
  SeedResult changed = (*one)[0];
  changed.rounds[0][0].auc = 0.25;
  REQUIRE(WriteWholeFile(scratch / "one/seed-0.json", EncodeSeed(changed, settings)));
  const auto again = RunStudy(settings, {}, {.folder = scratch / "one", .seeds = 2});
  REQUIRE(again.ok());
  CHECK((*again)[0].of(Strategy::kQueue)[0].auc == 0.25);
  CHECK(StudyCsv({again->data() + 1, 1}) == StudyCsv({one->data() + 1, 1}));

  StudySettings other = settings;
  other.batch = 5;
  const auto refused = RunStudy(other, {}, {.folder = scratch / "one", .seeds = 2});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("was made with other settings") != std::string::npos);
}

TEST_CASE("an experiment that is stopped says so and leaves no half of a seed") {
  const test::ScratchFolder scratch;
  const auto stopped = RunStudy(
      Small(), {}, {.folder = scratch / "out", .seeds = 2, .progress = [](int) { return false; }});
  REQUIRE_FALSE(stopped.ok());
  CHECK(stopped.error().message.find("stopped") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(scratch / "out/seed-0.json"));
}

TEST_CASE("a policy of another observation is refused before anything is played") {
  StudySettings settings = Small();
  settings.environment = *sim::ConfigForId("Safexp-PointPush1-v0");
  const test::ScratchFolder scratch;
  const auto refused = RunStudy(settings, {}, {.folder = scratch / "out", .seeds = 1});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::kBadInput);
}

TEST_CASE("a damaged file of a seed is refused by name") {
  const auto refused = DecodeSeed("{\"seed\": 1}", Small(), "out/seed-1.json");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.starts_with("out/seed-1.json is not the result"));
  SeedResult result;
  for (auto& rounds : result.rounds) rounds.resize(1);
  const auto with = [&](double auc, double error) {
    result.rounds[1][0].auc = auc;
    result.rounds[1][0].cost_error = error;
    const auto read = DecodeSeed(EncodeSeed(result, Small()), Small(), "seed-0.json");
    return read ? std::string() : read.error().message;
  };
  CHECK(with(0.75, 0.5).empty());
  CHECK(with(1.5, 0.5).starts_with("seed-0.json is damaged: its 'auc' is 1.5, not a number"));
  CHECK(with(0.75, -1.0).starts_with("seed-0.json is damaged: its 'cost_error' is -1"));
}

TEST_CASE(
    "an experiment refuses clips that no episode is long enough for, and a seed's other file") {
  StudySettings settings = Small();
  settings.clip_steps = 2000;
  const test::ScratchFolder scratch;
  const auto refused = RunStudy(settings, {}, {.folder = scratch / "one", .seeds = 1});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.starts_with("Only 0 clips can be asked about"));
  settings = Small();
  settings.labels = 10;
  const std::filesystem::path folder = scratch / "two";
  REQUIRE(RunStudy(settings, {}, {.folder = folder, .seeds = 2}).ok());
  std::filesystem::copy_file(folder / "seed-1.json", folder / "seed-0.json",
                             std::filesystem::copy_options::overwrite_existing);
  const auto twice = RunStudy(settings, {}, {.folder = folder, .seeds = 2});
  REQUIRE_FALSE(twice.ok());
  CHECK(twice.error().message.starts_with((folder / "seed-0.json").string() +
                                          " is damaged: it is of another seed."));
}

}  // namespace
}  // namespace lookout::app
