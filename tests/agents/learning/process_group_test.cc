// Training in several processes, each played by a thread.
#include "agents/learning/process_group.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "agents/rl/runs/training.h"
#include "agents/rl/settings/training_settings.h"
#include "tests/support/thread_group.h"
#include "tests/support/toy_environments.h"

namespace lookout::agents {
namespace {

using test::ForEachMember;
using test::Table;
using test::ThreadGroup;

TrainingSettings SmallSettings(Algorithm algorithm) {
  TrainingSettings settings;
  settings.algorithm = algorithm;
  settings.environments = 12;
  settings.steps_per_iteration = 12 * 200;  // enough for sixteen shards
  settings.total_steps = 2 * settings.steps_per_iteration;
  settings.workers = 2;
  settings.hidden = 8;
  settings.policy_iterations = 4;
  settings.value_iterations = 4;
  settings.normalise_observations = true;
  return settings;
}

Result<std::unique_ptr<sim::Environment>> Wander() { return test::MakeWanderEnvironment(); }

struct Trained {
  std::string checkpoint;
  IterationReport report;
};

Trained Train(const TrainingSettings& settings, ProcessGroup& processes) {
  auto run = TrainingRun::CreateTogether(settings, Wander, processes);
  REQUIRE(run.ok());
  Trained trained;
  while (!(*run)->finished()) {
    const auto report = (*run)->RunIteration();
    REQUIRE(report.ok());
    trained.report = *report;
  }
  trained.checkpoint = (*run)->EncodeCheckpoint();
  return trained;
}

TEST_CASE("two and four processes learn what one does, to the bit") {
  for (const Choice<Algorithm>& algorithm : Choices(Algorithm{})) {
    CAPTURE(algorithm.name);
    const TrainingSettings settings = SmallSettings(algorithm.value);
    const Trained alone = Train(settings, SingleProcess());
    for (const int count : {2, 4}) {
      std::vector<Trained> together(count);
      ForEachMember(
          count, [&](int rank, ProcessGroup& group) { together[rank] = Train(settings, group); });
      for (const Trained& trained : together) {
        CHECK(trained.checkpoint == alone.checkpoint);
        CHECK(trained.report.kl == alone.report.kl);
        CHECK(trained.report.mean_return == alone.report.mean_return);
      }
    }
  }
}

TEST_CASE("minibatches too") {
  TrainingSettings settings = SmallSettings(Algorithm::kPpoLagrangian);
  settings.minibatch = 512;
  const Trained alone = Train(settings, SingleProcess());
  std::vector<Trained> together(2);
  ForEachMember(2, [&](int rank, ProcessGroup& group) { together[rank] = Train(settings, group); });
  CHECK(together[0].checkpoint == alone.checkpoint);
  CHECK(together[1].checkpoint == alone.checkpoint);
}

TEST_CASE("more processes than there is work for agree all the same") {
  const TrainingSettings settings = SmallSettings(Algorithm::kPpo);
  std::vector<Trained> together(5);
  ForEachMember(5, [&](int rank, ProcessGroup& group) { together[rank] = Train(settings, group); });
  for (const Trained& trained : together) CHECK(trained.checkpoint == together[0].checkpoint);
}

TEST_CASE("when one process is told to stop, all abandon the iteration") {
  for (const double when : {0.2, 0.8}) {  // while sampling, while updating
    std::vector<std::string> checkpoints(2);
    ForEachMember(2, [&](int rank, ProcessGroup& group) {
      auto run = TrainingRun::CreateTogether(SmallSettings(Algorithm::kPpo), Wander, group);
      REQUIRE(run.ok());
      const auto report =
          (*run)->RunIteration([&](double fraction) { return rank != 1 || fraction < when; });
      CHECK_FALSE(report.ok());
      checkpoints[rank] = (*run)->EncodeCheckpoint();
    });
    CHECK(checkpoints[0] == checkpoints[1]);
  }
}

TEST_CASE("shares are contiguous and leave nothing out") {
  Table table(3);
  const ThreadGroup group(table, 1, 3);
  CHECK(group.ShareOf(0, 10).begin == 0);
  for (int process = 0; process + 1 < 3; ++process) {
    CHECK(group.ShareOf(process, 10).end == group.ShareOf(process + 1, 10).begin);
  }
  CHECK(group.ShareOf(2, 10).end == 10);
  CHECK(group.OwnShare(10).begin == group.ShareOf(1, 10).begin);
}

}  // namespace
}  // namespace lookout::agents
