#include "app/experiments/transfer/other_view.h"

#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include "agents/policies/scripted/scripted_policies.h"
#include "app/experiments/transfer/transfer_answers.h"
#include "tests/support/contains.h"

namespace lookout::app {
namespace {

using sim::ObservationSignature;

const ObservationSignature kHere({{"gyro", 1}, {"hazards_lidar", 2}, {"vases_lidar", 1}});
const ObservationSignature kThere({{"gremlins_lidar", 1}, {"gyro", 1}, {"hazards_lidar", 2}});

TEST_CASE("an observation is written in the terms of another, and a missing lidar sees nothing") {
  const auto view = OtherView::Create(kHere, kThere);
  REQUIRE_MESSAGE(view.ok(), view.error().message);
  Eigen::MatrixXf here(4, 2);
  here << 1, 2, 3, 4, 5, 6, 7, 8;
  Eigen::MatrixXf there = Eigen::MatrixXf::Constant(4, 2, 9.0F);
  view->Write(here, there);
  Eigen::MatrixXf expected(4, 2);
  expected << 0, 0, 1, 2, 3, 4, 5, 6;
  CHECK(there == expected);
}

TEST_CASE("parts that are missing or mean something else are named, but for unneeded ones") {
  const ObservationSignature without({{"hazards_lidar", 2}});
  const auto refused = OtherView::Create(without, kHere);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message == "lacks gyro (1)");
  CHECK(OtherView::Create(without, kHere, {0}).ok());
  const ObservationSignature finer({{"gyro", 1}, {"hazards_lidar", 3}});
  const auto other = OtherView::Create(finer, kHere);
  REQUIRE_FALSE(other.ok());
  CHECK(other.error().message == "lacks hazards_lidar as it is there");
}

// Says what it saw last.
class Watching : public agents::Policy {
 public:
  explicit Watching(Eigen::VectorXd& saw) : saw_(saw) {}
  std::string name() const override { return "watching"; }
  std::unique_ptr<agents::PolicyMemory> NewMemory() const override {
    return std::make_unique<agents::PolicyMemory>();
  }
  void Act(const Eigen::VectorXd& observation, agents::PolicyMemory& /*memory*/,
           RandomState& /*random*/, Eigen::VectorXd& action) const override {
    saw_ = observation;
    action.setZero();
  }

 private:
  Eigen::VectorXd& saw_;
};

sim::EnvironmentSpec SpecOf(const ObservationSignature& signature, const char* action) {
  sim::EnvironmentSpec spec;
  spec.id = std::string("Safexp-") + action + "-v0";
  int offset = 0;
  for (const ObservationSignature::Entry& entry : signature.entries()) {
    spec.observation_entries.push_back({entry.key, offset, entry.size, entry.meaning});
    offset += entry.size;
  }
  spec.observation_dim = offset;
  spec.action_dim = 1;
  spec.action_meaning = {action};
  return spec;
}

TEST_CASE("a policy acts elsewhere by what it would see at home, if its actions mean the same") {
  Eigen::VectorXd saw;
  const auto watching = std::make_shared<Watching>(saw);
  const auto away = PolicyElsewhere(watching, SpecOf(kThere, "roll"), SpecOf(kHere, "roll"));
  REQUIRE_MESSAGE(away.ok(), away.error().message);
  const auto memory = (*away)->NewMemory();
  RandomState random(1);
  Eigen::VectorXd action(1);
  (*away)->Act(Eigen::Vector4d(1, 2, 3, 4), *memory, random, action);
  CHECK(saw == Eigen::Vector4d(0, 1, 2, 3));
  const auto refused = PolicyElsewhere(watching, SpecOf(kThere, "roll"), SpecOf(kHere, "walk"));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message ==
        "The policy of roll cannot act in walk: it acts by roll, which takes walk.");
}

TEST_CASE("labels of two places are joined in the terms of the second, episodes apart") {
  agents::LabelSet source;
  source.observations = Eigen::Vector4f(1, 2, 3, 4);
  source.points = {{.target = 1.0F, .episode = EpisodeId{1}, .annotator = 0}};
  source.annotators = {"Ann"};
  source.viewed_steps = 5;
  agents::LabelSet target = source;
  target.observations = Eigen::Vector4f(5, 6, 7, 8);
  target.points[0].target = 0.0F;
  const auto joint = JoinLabels(kHere, source, kThere, target);
  REQUIRE_MESSAGE(joint.ok(), joint.error().message);
  REQUIRE(joint->rows() == 2);
  // Without the gyro, which a model of the world alone does not look at.
  CHECK(joint->observations.col(0) == Eigen::Vector4f(0, 1, 2, 3));
  CHECK(joint->observations.col(1) == Eigen::Vector4f(5, 6, 7, 8));
  CHECK(joint->points[0].episode != joint->points[1].episode);
  CHECK(joint->unsafe(0));
  CHECK_FALSE(joint->unsafe(1));
  CHECK(joint->viewed_steps == 10);
}

}  // namespace
}  // namespace lookout::app
