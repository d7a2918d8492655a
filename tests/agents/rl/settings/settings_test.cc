#include "agents/rl/settings/settings.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace lookout::agents {
namespace {

TEST_CASE("an experiment is every setting but the seed, the workers and when to stop") {
  const TrainingSettings settings;
  TrainingSettings other = settings;
  other.seed = 7;
  other.workers = 9;
  other.stop_when_parted = true;
  CHECK(ExperimentKey(other) == ExperimentKey(settings));
  other.cost_source = CostSource::kLearned;
  CHECK(ExperimentKey(other) != ExperimentKey(settings));
  VisitNumbers(other, [&](const auto& field, auto& value) {
    if (!field.is_identity) return;
    CAPTURE(field.name);
    other = settings;
    value = static_cast<std::remove_reference_t<decltype(value)>>(value == 0 ? 1 : 0);
    CHECK(ExperimentKey(other) != ExperimentKey(settings));
  });
}

TEST_CASE("an agent's label says what is unusual about it, in full or in short") {
  TrainingSettings settings;
  CHECK(AgentLabel(settings) == "PPO");
  CHECK(ShortAgentLabel(settings) == "PPO");
  settings.algorithm = Algorithm::kTrpoLagrangian;
  settings.multiplier_kind = MultiplierKind::kPid;
  settings.cost_source = CostSource::kLearned;
  CHECK(AgentLabel(settings) == "TRPO-Lagrangian, pid multiplier, cost learned");
  CHECK(ShortAgentLabel(settings) == "TRPO-Lag, pid, cost learned");
  settings.start_from = "pointgoal1-ppo";
  CHECK(ShortAgentLabel(settings) == "TRPO-Lag, pid, cost learned, from pointgoal1-ppo");
}

TEST_CASE("the recipe of 2019 gives Doggo more steps, and longer iterations") {
  const auto point = SettingsPreset("ray2019", sim::RobotKind::kPoint);
  const auto doggo = SettingsPreset("ray2019", sim::RobotKind::kDoggo);
  REQUIRE(point.ok());
  REQUIRE(doggo.ok());
  CHECK(point->total_steps == 10'000'000);
  CHECK(point->steps_per_iteration == 30'000);
  CHECK(doggo->total_steps == 100'000'000);
  CHECK(doggo->steps_per_iteration == 60'000);
  CHECK_FALSE(SettingsPreset("slow", sim::RobotKind::kPoint).ok());
}

// Names of the settings that an agent makes nothing of.
std::set<std::string> Unheeded(Algorithm algorithm, MultiplierKind kind) {
  TrainingSettings settings;
  settings.algorithm = algorithm;
  settings.multiplier_kind = kind;
  std::set<std::string> names;
  VisitNumbers(settings, [&](const auto& field, auto) {
    if (!Applies(field, settings)) names.emplace(field.name);
  });
  return names;
}

TEST_CASE("an agent heeds what is its own") {
  const auto ppo = Unheeded(Algorithm::kPpo, MultiplierKind::kLagrange);
  CHECK(ppo.contains("cost-gamma"));
  CHECK(ppo.contains("line-search-steps"));
  CHECK(ppo.contains("initial-multiplier"));
  CHECK_FALSE(ppo.contains("clip-ratio"));
  const auto cpo = Unheeded(Algorithm::kCpo, MultiplierKind::kPid);
  CHECK(cpo.contains("clip-ratio"));
  CHECK(cpo.contains("pid-integral"));
  CHECK(cpo.contains("normalise-cost-advantages"));
  CHECK_FALSE(cpo.contains("cost-gamma"));
  CHECK(Unheeded(Algorithm::kPpoLagrangian, MultiplierKind::kPid) ==
        std::set<std::string>{"attention-heads", "block-penalty", "conjugate-gradient-iterations",
                              "cost-caution", "fisher-damping", "gate-bias", "line-search-shrink",
                              "line-search-steps", "memory-length", "multiplier-learning-rate",
                              "network-layers", "stacked-frames", "stop-when-parted"});
}

TEST_CASE("sizes of a transformer are of transformers, and have to go together") {
  TrainingSettings settings;
  settings.network = NetworkKind::kTrxl;
  CHECK(AppliesTo(settings, "memory-length"));
  CHECK_FALSE(AppliesTo(settings, "gate-bias"));
  settings.network = NetworkKind::kGtrxl;
  CHECK(AppliesTo(settings, "gate-bias"));
  CHECK_FALSE(AppliesTo(settings, "orthogonal-initialisation"));
  CHECK(AgentLabel(settings) == "PPO, GTrXL");
  CHECK(CheckSettings(settings).ok());
  settings.attention_heads = 3;
  const Status refused = CheckSettings(settings);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message ==
        "--network gtrxl cannot be made: its width (256) has to be a multiple of its heads (3); "
        "choose another --hidden or --attention-heads.");
  settings.network = NetworkKind::kGru;
  CHECK(CheckSettings(settings).ok());
}

TEST_CASE("a penalty is of overseen runs that learn from what was proposed") {
  TrainingSettings settings;
  CHECK_FALSE(AppliesTo(settings, "learn-from"));
  settings.overseer = "somebody";
  CHECK(AppliesTo(settings, "learn-from"));
  CHECK(AppliesTo(settings, "block-penalty"));
  settings.learn_from = LearnFrom::kExecuted;
  CHECK_FALSE(AppliesTo(settings, "block-penalty"));
}

TEST_CASE("a checkpoint says who reviewed the actions, if anybody did") {
  for (const char* overseer : {"", "person:lag=0.3+person"}) {
    ArchiveWriter writer("checkpoint", 7);
    EncodeSettings({.overseer = overseer}, writer);
    const std::string bytes = writer.Finish();
    auto reader = ArchiveReader::Open(bytes, "checkpoint", 7, "The checkpoint");
    REQUIRE(reader.ok());
    CHECK(DecodeSettings(*reader).overseer == overseer);
    CHECK(reader->Finish().ok());
  }
}

TEST_CASE("a checkpoint that lacks a setting which its version has is refused by its name") {
  ArchiveWriter whole("checkpoint", 1);
  EncodeSettings({.algorithm = Algorithm::kCpo, .gamma = 0.9}, whole);
  const std::string bytes = whole.Finish();
  auto reader = ArchiveReader::Open(bytes, "checkpoint", 1, "The checkpoint");
  REQUIRE(reader.ok());
  const TrainingSettings settings = DecodeSettings(*reader);
  REQUIRE(reader->Finish().ok());
  CHECK(settings.algorithm == Algorithm::kCpo);
  CHECK(settings.gamma == 0.9);

  ArchiveWriter cut("checkpoint", 1);
  cut.Text("settings.algo", "cpo");
  cut.Text("settings.cost", "rule");
  cut.Text("settings.multiplier", "lagrange");
  cut.Real("settings.steps", 600);
  const std::string cut_bytes = cut.Finish();
  auto refusing = ArchiveReader::Open(cut_bytes, "checkpoint", 1, "The checkpoint");
  REQUIRE(refusing.ok());
  (void)DecodeSettings(*refusing);
  REQUIRE_FALSE(refusing->ok());
  CHECK(refusing->status().error().message ==
        "The checkpoint: it lacks 'settings.steps-per-iteration', which files of version 1 have.");
}

}  // namespace
}  // namespace lookout::agents
