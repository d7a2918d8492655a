#include "agents/overseer/blocker/blocker_filter.h"

#include <doctest/doctest.h>

#include <limits>
#include <memory>
#include <string>

#include "agents/rollout/stepper.h"
#include "tests/agents/overseer/blocker/wall_environment.h"
#include "tests/support/allocation_counter.h"
#include "tests/support/contains.h"
#include "tests/support/sealed_archive.h"

namespace lookout::agents {
namespace {

BlockerModelPtr FittedToWall() {
  static const BlockerModelPtr model =
      *FitBlocker(test::WallData(60), test::QuickFit(), "Ann", "Wall");
  return model;
}

void BackOff(const sim::Environment&, Eigen::VectorXd& action) { action.setConstant(-1.0); }

TEST_CASE("what the overseer would block is replaced by the fallback, and the reason says why") {
  test::WallEnvironment wall;
  BlockerFilter filter(FittedToWall(), BackOff);
  wall.Place(0.9, 0.0);
  CHECK(filter.Review({wall}, Eigen::VectorXd::Constant(1, 1.0)).kind == Decision::Kind::kPass);
  wall.Place(0.15, 0.6);
  const Decision decision = filter.Review({wall}, Eigen::VectorXd::Constant(1, 1.0));
  REQUIRE(decision.kind == Decision::Kind::kReplace);
  CHECK((*decision.action)[0] == -1.0);
  CHECK(decision.source == sim::ActionSource::kOverseer);
  CHECK(Contains(std::string(decision.reason), "the blocker gives "));
  CHECK(Contains(std::string(decision.reason), ", above "));
  CHECK(filter.counts().steps == 2);
  CHECK(filter.counts().blocks == 1);
}

TEST_CASE("an agent that drives at the wall costs less with the blocker on duty") {
  const auto cost_of = [](ActionFilter* filter) {
    test::WallEnvironment wall;
    Stepper stepper(wall, filter);
    double cost = 0.0;
    for (std::uint32_t seed = 1; seed <= 5; ++seed) {
      REQUIRE(wall.Reset(seed).ok());
      stepper.BeginEpisode();
      for (int i = 0; i < 40; ++i) {
        stepper.Hold(Eigen::VectorXd::Constant(1, 1.0), sim::ActionSource::kAgent, 1);
        cost += stepper.Step().result.costs.total;
      }
    }
    return cost;
  };
  BlockerFilter filter(FittedToWall(), BackOff);
  CHECK(cost_of(nullptr) > 50.0);
  CHECK(cost_of(&filter) < 5.0);
}

TEST_CASE("what is unlike anything learned from is counted, and blocked if that is wished") {
  test::WallEnvironment wall;
  wall.Place(50.0, 0.0);  // far from the wall, and from all that was seen
  BlockerFilter counting(FittedToWall(), BackOff);
  counting.Review({wall}, Eigen::VectorXd::Zero(1));
  CHECK(counting.counts().unknown == 1);
  CHECK(counting.counts().blocks == 0);
  BlockerFilter careful(FittedToWall(), BackOff, {.block_unknown = true});
  const Decision decision = careful.Review({wall}, Eigen::VectorXd::Zero(1));
  REQUIRE(decision.kind == Decision::Kind::kReplace);
  CHECK(decision.reason == "it is unlike anything that the blocker learned from");
}

TEST_CASE("what cannot be read is blocked") {
  test::WallEnvironment wall;
  wall.Place(std::numeric_limits<double>::quiet_NaN(), 0.0);
  BlockerFilter filter(FittedToWall(), BackOff);
  const Decision decision = filter.Review({wall}, Eigen::VectorXd::Zero(1));
  REQUIRE(decision.kind == Decision::Kind::kReplace);
  CHECK(Contains(std::string(decision.reason), "cannot read"));
}

TEST_CASE("a review does not allocate") {
  test::WallEnvironment wall;
  wall.Place(0.15, 0.6);
  BlockerFilter filter(FittedToWall(), BackOff);
  const Eigen::VectorXd full = Eigen::VectorXd::Constant(1, 1.0);
  filter.Review({wall}, full);
  if (!test::CountsAllocations()) return;
  const auto allocated = test::AllocationsIn([&] {
    for (int i = 0; i < 10; ++i) filter.Review({wall}, full);
  });
  CHECK(allocated == 0);
}

TEST_CASE("the score of one step is what the rows of a table are scored with") {
  const BlockerData data = test::WallData(2, 9);
  const BlockerScores table = ScoreRows(*FittedToWall(), data);
  BlockerScorer scorer(FittedToWall());
  for (int row = 0; row < data.rows(); ++row) {
    const BlockerOpinion opinion = scorer.Judge(data.observation_columns().col(row).cast<double>(),
                                                data.action_columns().col(row).cast<double>());
    CHECK(opinion.score == doctest::Approx(table.scores[std::size_t(row)]).epsilon(1e-4));
    CHECK(opinion.spread == doctest::Approx(table.spreads[std::size_t(row)]).epsilon(1e-3));
  }
}

TEST_CASE("another environment is refused, with what differs") {
  sim::EnvironmentSpec other = test::WallSpec();
  other.observation_entries[1].key = "heat";
  const auto refused = MakeBlockerFilter(FittedToWall(), BackOff, other);
  REQUIRE_FALSE(refused.ok());
  CHECK(Contains(refused.error().message, "heat"));
  sim::EnvironmentSpec longer = test::WallSpec();
  longer.action_dim = 2;
  CHECK_FALSE(MakeBlockerFilter(FittedToWall(), BackOff, longer).ok());
  CHECK(MakeBlockerFilter(FittedToWall(), BackOff, test::WallSpec()).ok());
}

TEST_CASE("a blocker comes back from its bytes as it was") {
  const std::string bytes = EncodeBlocker(*FittedToWall());
  CHECK(IsBlocker(bytes));
  const auto read = DecodeBlocker(bytes);
  REQUIRE_MESSAGE(read.ok(), read.error().message);
  CHECK(EncodeBlocker(**read) == bytes);
  CHECK((*read)->teacher == "Ann");
  CHECK((*read)->report.table == FittedToWall()->report.table);
  const BlockerData data = test::WallData(3, 9);
  CHECK(ScoreRows(**read, data).scores == ScoreRows(*FittedToWall(), data).scores);
}

TEST_CASE("foreign, newer and damaged bytes are refused, each with what was found") {
  const std::string bytes = EncodeBlocker(*FittedToWall());
  CHECK_FALSE(DecodeBlocker("not a blocker").ok());
  CHECK_FALSE(DecodeBlocker(bytes.substr(0, bytes.size() / 2)).ok());
  std::string newer = bytes;
  newer[24] = 9;  // the version, see archive.h
  const auto refused = DecodeBlocker(newer);
  REQUIRE_FALSE(refused.ok());
  CHECK(Contains(refused.error().message, "9"));
  std::string damaged = bytes;
  damaged[bytes.size() / 2] ^= 1;
  CHECK_FALSE(DecodeBlocker(damaged).ok());
}

}  // namespace
}  // namespace lookout::agents
