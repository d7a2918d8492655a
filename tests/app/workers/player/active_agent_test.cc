#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

#include "agents/policies/learned/gaussian_actor.h"
#include "agents/rl/runs/training.h"
#include "tests/app/workers/player_loop_fixture.h"

namespace lookout::app {
namespace {

// Always does the same, and says which version it is.
class FixedPolicy : public agents::Policy {
 public:
  FixedPolicy(std::int64_t version, double action) : version_(version), action_(action) {}
  std::string name() const override { return fmt::format("Fixed {}", version_); }
  std::int64_t version() const override { return version_; }
  std::unique_ptr<agents::PolicyMemory> NewMemory() const override {
    return std::make_unique<agents::PolicyMemory>();
  }
  void Act(const Eigen::VectorXd&, agents::PolicyMemory&, RandomState&,
           Eigen::VectorXd& action) const override {
    action.setConstant(action_);
  }

 private:
  std::int64_t version_;
  double action_;
};

std::shared_ptr<const TrainedPolicy> Trained(std::int64_t version, double action,
                                             int observation_dim = 4) {
  return std::make_shared<const TrainedPolicy>(
      TrainedPolicy{std::make_shared<FixedPolicy>(version, action),
                    {.environment_id = "toy",
                     .signature = sim::ObservationSignature({{"observation", observation_dim}})}});
}

TEST_CASE_FIXTURE(SessionFixture, "there is nothing to watch before the first training run") {
  Open();
  Do(ui::SetAgent{ui::AgentKind::kNewestPolicy, {}});
  REQUIRE(Notices().size() == 1);
  CHECK(Shown().agent == ui::AgentKind::kHuman);
}

TEST_CASE_FIXTURE(SessionFixture, "a newer policy is adopted at the next episode, not before") {
  newest_policy.Set(Trained(1, 0.5));
  Open();
  Do(ui::SetAgent{ui::AgentKind::kNewestPolicy, {}});
  Do(ui::StepForward{1});
  newest_policy.Set(Trained(2, -3.0));
  Do(ui::StepForward{1});
  Do(ui::ResetEpisode{});
  Do(ui::StepForward{1});
  const auto& first = Recorded().At(1).steps;
  const auto& second = Recorded().At(2).steps;
  CHECK(first[2].policy_version == 1);
  CHECK(first[2].executed_action[0] == 0.5);
  CHECK(second[1].policy_version == 2);
  CHECK(second[1].proposed_action[0] == -3.0F);
  CHECK(second[1].executed_action[0] == -1.0);  // as clipped
  CHECK(Recorded().At(2).scene->header->agent == "Fixed 2");
}

TEST_CASE_FIXTURE(SessionFixture, "a hand-over is recorded with the first step of the new agent") {
  newest_policy.Set(Trained(1, 0.5));
  Open();
  Do(ui::StepForward{3});
  Do(ui::SetAgent{ui::AgentKind::kNewestPolicy, {}});
  Do(ui::StepForward{2});
  const Recordings::Episode& episode = Recorded().At(1);
  REQUIRE(episode.steps.size() == 6);
  CHECK(episode.scene->header->agent == "You");
  CHECK(episode.steps[0].agent == nullptr);
  for (std::size_t i = 1; i < 6; ++i) {
    CAPTURE(i);
    REQUIRE(episode.steps[i].agent != nullptr);
    CHECK(*episode.steps[i].agent == (i <= 3 ? "You" : "Fixed 1"));
    CHECK(episode.steps[i].source ==
          (i <= 3 ? sim::ActionSource::kHuman : sim::ActionSource::kAgent));
  }
  CHECK(episode.steps[1].agent == episode.steps[3].agent);  // shared, not copied
  CHECK_FALSE(episode.scene->header->signature.empty());
}

TEST_CASE_FIXTURE(SessionFixture, "a policy that senses other things is refused or left in place") {
  newest_policy.Set(Trained(1, 0.5));
  Open();
  Do(ui::SetAgent{ui::AgentKind::kNewestPolicy, {}});
  newest_policy.Set(Trained(2, 0.5, 60));
  Do(ui::ResetEpisode{});
  CHECK(Shown().agent_name == "Fixed 1");
  Do(ui::SetAgent{ui::AgentKind::kRandom, {}});
  Do(ui::SetAgent{ui::AgentKind::kNewestPolicy, {}});
  const auto notices = Notices();
  REQUIRE(notices.size() == 1);
  CHECK(notices[0] ==
        "The policy in training was trained in toy and does not fit toy: its observation has "
        "observation (60), expected observation (4).");
  CHECK(Shown().agent == ui::AgentKind::kRandom);
}

TEST_CASE_FIXTURE(SessionFixture, "the random agent repeats itself for the same seed and step") {
  PlayerOptions options = Options();
  options.agent = {ui::AgentKind::kRandom, {}};
  Open(std::move(options));
  Do(ui::StepForward{20});
  Do(ui::ResetEpisode{});
  Do(ui::StepForward{20});
  CHECK(SameSteps(Recorded().At(1).steps, Recorded().At(2).steps));
  Do(ui::ResetEpisode{ui::ResetEpisode::Seed::kNext, 0});
  Do(ui::StepForward{20});
  CHECK(Recorded().At(3).steps[5].executed_action != Recorded().At(1).steps[5].executed_action);
}

TEST_CASE_FIXTURE(SessionFixture, "a shipped policy is read by name, a bad file is refused") {
  PlayerOptions options = Options();
  options.read_policy = [](const std::string& name) -> Result<std::string> {
    if (name == "good") return std::string("not a policy file");
    return BadInput("There is no policy " + name + ".");
  };
  Open(std::move(options));
  Do(ui::SetAgent{ui::AgentKind::kNamedPolicy, "missing"});
  Do(ui::SetAgent{ui::AgentKind::kNamedPolicy, "good"});
  const auto notices = Notices();
  REQUIRE(notices.size() == 2);
  CHECK(notices[0] == "There is no policy missing.");
  CHECK(Shown().agent == ui::AgentKind::kHuman);
}

// The bytes of a policy that was trained elsewhere, on as many numbers.
agents::GaussianActor TrainedElsewhere() {
  agents::GaussianActor actor{
      .name = "PPO",
      .origin = {.environment_id = "Safexp-PointGoal1-v0",
                 .signature = sim::ObservationSignature({{"goal_lidar", 4}})}};
  actor.mean = agents::Mlp({4, 2});
  actor.log_std.setZero(2);
  return actor;
}

TEST_CASE_FIXTURE(SessionFixture, "a policy of another environment is refused by what differs") {
  agents::GaussianActor actor = TrainedElsewhere();
  PlayerOptions options = Options();
  options.read_policy = [&](const std::string&) -> Result<std::string> {
    return agents::EncodePolicyFile(actor);
  };
  Open(std::move(options));
  Do(ui::SetAgent{ui::AgentKind::kNamedPolicy, "r1"});
  const auto notices = Notices();
  REQUIRE(notices.size() == 1);
  CHECK(notices[0] ==
        "r1 was trained in PointGoal1 and does not fit toy: its observation has goal_lidar (4), "
        "expected observation (4).");
  CHECK(Shown().agent == ui::AgentKind::kHuman);
  // A file that does not say what it was trained on is told by its length.
  actor.origin.signature = {};
  Do(ui::SetAgent{ui::AgentKind::kNamedPolicy, "r1"});
  CHECK(Shown().agent == ui::AgentKind::kNamedPolicy);
}

TEST_CASE_FIXTURE(SessionFixture,
                  "who acts instead, in an environment that does not fit, is named") {
  PlayerOptions options = Options();
  options.agent = {ui::AgentKind::kNamedPolicy, "r1"};
  options.read_policy = [](const std::string&) -> Result<std::string> {
    return agents::EncodePolicyFile(TrainedElsewhere());
  };
  Open(std::move(options));
  const auto notices = Notices();
  REQUIRE(notices.size() == 1);
  CHECK(notices[0] ==
        "r1 was trained in PointGoal1 and does not fit toy: its observation has goal_lidar (4), "
        "expected observation (4). " +
            Shown().agent_name + " drives instead.");
}

}  // namespace
}  // namespace lookout::app
