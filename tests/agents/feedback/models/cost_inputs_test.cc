#include "agents/feedback/models/cost_inputs.h"

#include <doctest/doctest.h>

#include <cmath>
#include <utility>

namespace lookout::agents {
namespace {

TEST_CASE("a lidar becomes the closeness of the nearest thing and the vector to it") {
  const auto inputs = CostInputs::Create(7, {{1, 4}});
  REQUIRE(inputs.ok());
  CHECK(inputs->dim() == 6);
  Eigen::MatrixXf observations(7, 2);
  observations.col(0) << 5.0F, 0.1F, 0.8F, 0.3F, 0.0F, 6.0F, 7.0F;
  observations.col(1) << 5.0F, 0.0F, 0.0F, 0.0F, 0.0F, 6.0F, 7.0F;
  Eigen::MatrixXf out(6, 2);
  inputs->Write(observations, out);
  // Bin 1 of 4 looks from 90 to 180 degrees: at 135, ahead is x, left is y.
  const float diagonal = 0.8F * 0.70710678F;
  const Eigen::VectorXf expected =
      (Eigen::VectorXf(6) << 5.0F, 0.8F, -diagonal, diagonal, 6.0F, 7.0F).finished();
  CHECK(out.col(0).isApprox(expected));
  CHECK(out.col(1).isApprox((Eigen::VectorXf(6) << 5.0F, 0, 0, 0, 6.0F, 7.0F).finished()));
}

TEST_CASE("without lidars an observation is passed on as it is") {
  const auto inputs = CostInputs::Create(3, {});
  REQUIRE(inputs.ok());
  const Eigen::MatrixXf observations = Eigen::MatrixXf::Random(3, 4);
  Eigen::MatrixXf out(3, 4);
  inputs->Write(observations, out);
  CHECK(out == observations);
}

TEST_CASE("lidars at either end and side by side are found where they are") {
  const auto inputs = CostInputs::Create(6, {{0, 2}, {2, 4}});
  REQUIRE(inputs.ok());
  Eigen::MatrixXf observations(6, 1);
  observations << 0.25F, 0.5F, 0.0F, 0.0F, 0.0F, 0.75F;
  Eigen::MatrixXf out(6, 1);
  inputs->Write(observations, out);
  CHECK(out(0, 0) == 0.5F);
  CHECK(out(3, 0) == 0.75F);
}

TEST_CASE("lidars that overlap, are out of order or outside are refused") {
  CHECK(!CostInputs::Create(6, {{0, 4}, {3, 2}}).ok());
  CHECK(!CostInputs::Create(6, {{3, 2}, {0, 2}}).ok());
  CHECK(!CostInputs::Create(6, {{3, 4}}).ok());
  CHECK(!CostInputs::Create(6, {{-1, 4}}).ok());
  CHECK(!CostInputs::Create(6, {{2, -1}}).ok());
  CHECK(!CostInputs::Create(6, {{2, 2147483647}}).ok());
}

TEST_CASE("a lidar that is not there sees nothing, in its place among the others") {
  const auto inputs = CostInputs::Create(4, {{1, 0}, {1, 2}});
  REQUIRE(inputs.ok());
  CHECK(inputs->dim() == 8);
  Eigen::MatrixXf observations(4, 1);
  observations << 5.0F, 0.5F, 0.25F, 7.0F;
  Eigen::MatrixXf out(8, 1);
  inputs->Write(observations, out);
  CHECK(out(0, 0) == 5.0F);
  CHECK(out.col(0).segment(1, 3).isZero(0.0F));
  CHECK(out(4, 0) == 0.5F);
  CHECK(out(7, 0) == 7.0F);
}

const sim::ObservationSignature kGoal(
    {{"accelerometer", 2}, {"goal_dist", 1}, {"goal_lidar", 4}, {"velocimeter", 1}});

TEST_CASE("the world around are the lidars and distances, by the names of the entries") {
  const auto left_out = LeftOut(InputChoice::kWorld, kGoal);
  REQUIRE(left_out.ok());
  CHECK(*left_out == std::vector<int>{0, 1, 7});
  CHECK(LeftOut(InputChoice::kFull, kGoal)->empty());
  CHECK_FALSE(LeftOut(InputChoice::kWorld, sim::ObservationSignature({{"gyro", 3}})).ok());
  CHECK_FALSE(LeftOut(InputChoice::kWorld, {}).ok());
}

TEST_CASE("what is left out changes nothing of what is written") {
  const auto inputs = CostInputs::Create(8, LidarInputs(kGoal), {0, 1, 7});
  REQUIRE(inputs.ok());
  CHECK(inputs->dim() == 4);
  Eigen::MatrixXf observations(8, 2);
  observations.col(0) << 5.0F, 6.0F, 0.3F, 0.0F, 0.5F, 0.0F, 0.0F, 7.0F;
  observations.col(1) << -1.0F, 0.0F, 0.3F, 0.0F, 0.5F, 0.0F, 0.0F, 9.0F;
  Eigen::MatrixXf out(4, 2);
  inputs->Write(observations, out);
  CHECK(out(0, 0) == 0.3F);
  CHECK(out(1, 0) == 0.5F);
  CHECK(out.col(0) == out.col(1));
  CHECK_FALSE(*inputs == *CostInputs::Create(8, LidarInputs(kGoal)));
}

TEST_CASE("places that cannot be left out are refused") {
  CHECK_FALSE(CostInputs::Create(8, LidarInputs(kGoal), {1, 0}).ok());
  CHECK_FALSE(CostInputs::Create(8, LidarInputs(kGoal), {4}).ok());
  CHECK_FALSE(CostInputs::Create(8, LidarInputs(kGoal), {8}).ok());
  CHECK_FALSE(CostInputs::Create(8, LidarInputs(kGoal), {-1}).ok());
  CHECK_FALSE(CostInputs::Create(2, {}, {0, 1}).ok());
}

TEST_CASE("the lidars of an environment are known by the names of its observation") {
  const sim::ObservationSignature signature(
      {{"accelerometer", 3}, {"goal_lidar", 16}, {"velocimeter", 3}});
  CHECK(LidarInputs(signature) == std::vector<LidarInput>{{3, 16}});
}

// One value and a lidar of two bins.
Result<CostInputs> WithPast(const PastInputs& past, std::vector<int> left_out = {}) {
  return CostInputs::Create(3, {{1, 2}}, std::move(left_out), past);
}

TEST_CASE("of observations before, the inputs are how much each value has changed since") {
  const auto inputs = WithPast({.history = 2, .action_dim = 2});
  REQUIRE(inputs.ok());
  CHECK(inputs->state_dim() == 4);
  CHECK(inputs->dim() == 14);
  const Eigen::Vector3f now(5.0F, 0.0F, 0.75F);  // of two bins, one looks left and one right
  const Eigen::Vector3f before(4.0F, 0.5F, 0.0F);
  const Eigen::Vector3f long_before(7.0F, 0.0F, 0.25F);
  const Eigen::Vector2f action(-1.0F, 0.5F);
  Eigen::MatrixXf out(14, 1);
  inputs->Write({before, action, now, long_before}, out);
  Eigen::MatrixXf states(4, 3);
  Eigen::MatrixXf seen(3, 3);
  seen << now, before, long_before;
  WithPast({})->Write(seen, states);
  CHECK(out.topRows(4) == states.col(0));
  CHECK(out.middleRows(4, 4) == states.col(0) - states.col(1));
  CHECK(out.middleRows(8, 4) == states.col(0) - states.col(2));
  CHECK(out(5, 0) == 0.25F);
  CHECK(out(9, 0) == 0.5F);
  CHECK(out.bottomRows(2) == action);
  CHECK(inputs->CanTell({before, action, now, long_before}, 0));
}

TEST_CASE("a state alone is one where nothing moved and nothing was done") {
  const auto inputs = WithPast({.history = 3, .action_dim = 2});
  const Eigen::MatrixXf seen = Eigen::MatrixXf::Random(3, 5);
  Eigen::MatrixXf out = Eigen::MatrixXf::Ones(18, 5);
  inputs->Write(seen, out);
  CHECK(out.topRows(4).cwiseAbs().minCoeff() > 0.0F);
  CHECK(out.bottomRows(14).isZero(0.0F));
}

TEST_CASE("what is left out of a state is left out of its changes") {
  const auto inputs = WithPast({.history = 1}, {0});
  REQUIRE(inputs.ok());
  CHECK(inputs->dim() == 6);
  Eigen::MatrixXf out(6, 1);
  const Eigen::Vector3f now(5.0F, 0.0F, 0.75F);
  inputs->Write({Eigen::Vector3f(-9.0F, 0.0F, 0.5F), Eigen::Vector3f().head(0), now}, out);
  CHECK(out(3, 0) == 0.25F);
  CHECK(std::abs(out(4, 0)) < 1e-6F);
}

TEST_CASE("it cannot be told where anything that is looked at is not finite or does not fit") {
  const auto inputs = WithPast({.history = 2, .action_dim = 1});
  const Eigen::Vector3f good(1.0F, 0.5F, 0.25F);
  const Eigen::Vector3f bad(1.0F, std::nanf(""), 0.25F);
  const Eigen::VectorXf action = Eigen::VectorXf::Ones(1);
  const auto tells = [&](const Eigen::VectorXf& before, const Eigen::VectorXf& done,
                         const Eigen::VectorXf& after, const Eigen::VectorXf& earlier) {
    return inputs->CanTell({before, done, after, earlier}, 0);
  };
  CHECK(tells(good, action, good, good));
  CHECK_FALSE(tells(bad, action, good, good));
  CHECK_FALSE(tells(good, action, bad, good));
  CHECK_FALSE(tells(good, action, good, bad));
  CHECK_FALSE(tells(good, action * std::nanf(""), good, good));
  CHECK_FALSE(tells(good, Eigen::VectorXf::Ones(2), good, good));
  CHECK(WithPast({})->CanTell({bad, action, good, bad}, 0));
}

TEST_CASE("more history, or more values with it, than there is room for is refused") {
  CHECK(WithPast({.history = 8}).ok());
  CHECK_FALSE(WithPast({.history = 9}).ok());
  CHECK_FALSE(WithPast({.history = -1}).ok());
  CHECK_FALSE(WithPast({.action_dim = -1}).ok());
  CHECK(CostInputs::Create(2000, {}, {}, {.history = 1}).ok());
  CHECK_FALSE(CostInputs::Create(2000, {}, {}, {.history = 2}).ok());
  CHECK_FALSE(*WithPast({.history = 1}) == *WithPast({.history = 2}));
  CHECK_FALSE(*WithPast({.action_dim = 1}) == *WithPast({}));
}

}  // namespace
}  // namespace lookout::agents
