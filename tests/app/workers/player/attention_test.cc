// What the acting agent attends to, as the player publishes it.
#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "agents/learning/transformer_network.h"
#include "agents/policies/learned/gaussian_actor.h"
#include "app/workers/player/attention_keeper.h"
#include "tests/app/workers/player_loop_fixture.h"

namespace lookout::app {
namespace {

constexpr int kToyObservations = 4;

agents::GaussianActor AttentiveActor(int action_repeat) {
  RandomState random(11);
  agents::TransformerNetwork mean(
      {.input_dim = kToyObservations, .output_dim = 2, .width = 8, .heads = 2, .memory = 5});
  mean.Initialise(random, 1.0, /*gate_bias=*/0.0);
  for (float& value : mean.mutable_parameters()) value += float(random.Uniform(-0.4, 0.4));
  return {.name = "PPO, GTrXL",
          .origin = {.environment_id = "toy"},
          .mean = mean,
          .log_std = Eigen::Vector2f::Zero(),
          .action_repeat = action_repeat};
}

TEST_CASE("an attentive policy says what its last action went by, and a new episode has no past") {
  const agents::GaussianActor actor = AttentiveActor(1);
  const agents::PolicyPtr policy = agents::MakeGaussianPolicy(actor, true);
  const auto* attentive = dynamic_cast<const agents::AttentivePolicy*>(policy.get());
  REQUIRE(attentive != nullptr);
  RandomState random(1);
  Eigen::MatrixXf seen(kToyObservations, 9);
  for (float& value : seen.reshaped()) value = float(random.Normal());
  // All steps at once, as training computes them.
  const agents::TransformerNetwork& network = *actor.mean.transformer();
  agents::TransformerWorkspace workspace(network, 9);
  const std::vector<int> starts{0};
  const Eigen::MatrixXf start = Eigen::MatrixXf::Zero(network.state_dim(), 1);
  network.Forward({seen, starts, start}, workspace);

  const auto memory = policy->NewMemory();
  CHECK(attentive->AttentionOf(*memory).weights.size() == 0);
  Eigen::VectorXd action;
  for (int step = 0; step < 9; ++step) {
    policy->Act(seen.col(step).cast<double>(), *memory, random, action);
    const agents::Attention attention = attentive->AttentionOf(*memory);
    CHECK(attention.layers == 2);
    REQUIRE(attention.weights.rows() == 4);
    REQUIRE(attention.weights.cols() == std::min(step, 5) + 1);
    for (int layer = 0; layer < 2; ++layer) {
      const Eigen::MatrixXf whole = network.AttentionOf(workspace, layer, step);
      CHECK((attention.weights.middleRows(2 * layer, 2) - whole.rightCols(attention.weights.cols()))
                .norm() < 1e-4F);
    }
    CHECK((attention.weights.rowwise().sum().array() - 1.0F).abs().maxCoeff() < 1e-4F);
  }
}

TEST_CASE_FIXTURE(SessionFixture, "the player publishes which of its decisions an agent goes by") {
  PlayerOptions options = Options();
  options.agent = {ui::AgentKind::kNamedPolicy, "attends"};
  options.read_policy = [](const std::string&) -> Result<std::string> {
    return agents::EncodePolicyFile(AttentiveActor(3));
  };
  Open(std::move(options));
  CHECK(Shown().attention == nullptr);  // nothing was decided yet
  Do(ui::StepForward{8});               // decisions at 0, 3 and 6
  const auto track = Shown().attention;
  REQUIRE(track != nullptr);
  REQUIRE(track->moments.size() == 3);
  CHECK(track->episode == Shown().episode);
  CHECK(track->moments[2]->attended == std::vector<StepIndex>{0, 3, 6});
  CHECK(track->LedTo(6)->step == 3);
  CHECK(track->LedTo(7)->step == 6);
  CHECK(track->LedTo(0)->step == 0);
  float sum = 0.0F;
  for (const float weight : track->moments[2]->MeanWeights()) sum += weight;
  CHECK(sum == doctest::Approx(1.0F));

  SUBCASE("nothing of an earlier episode") {
    Do(ui::ResetEpisode{});
    CHECK(Shown().attention == nullptr);
  }
  SUBCASE("nor of another agent") {
    Do(ui::SetAgent{ui::AgentKind::kRandom, {}});
    Do(ui::StepForward{2});
    CHECK(Shown().attention == nullptr);
  }
}

TEST_CASE("of decisions that nobody saw the agent make, it is not said when they were") {
  AttentionKeeper keeper;
  keeper.Begin(EpisodeId{4});
  CHECK(keeper.Share() == nullptr);
  keeper.Add(10, {1, Eigen::MatrixXf::Constant(2, 3, 1.0F / 3)});
  const auto track = keeper.Share();
  REQUIRE(track->moments.size() == 1);
  CHECK(track->moments[0]->attended == std::vector<StepIndex>{10});
  CHECK(track->moments[0]->attention.weights.cols() == 1);
  CHECK(keeper.Share() == track);  // the same while nothing is new
}

}  // namespace
}  // namespace lookout::app
