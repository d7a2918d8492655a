#include "tests/agents/inspect/verification/verification_support.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>

namespace lookout::test {

using agents::CostEnsemble;
using agents::CostInputs;

int RandomCases() { return std::getenv("LOOKOUT_LONG") != nullptr ? 1'000'000 : 100'000; }

std::unique_ptr<sim::SafetyGym> ResetGym(std::uint32_t seed, const char* id) {
  auto gym = sim::SafetyGym::Create(*sim::ConfigForId(id));
  REQUIRE(gym.ok());
  REQUIRE((*gym)->Reset(seed).ok());
  return std::move(*gym);
}

agents::CostModelPtr RandomModel(const sim::SafetyGym& gym, std::uint32_t seed,
                                 bool lidars_as_nearest) {
  RandomState random(seed);
  const sim::ObservationSignature signature = gym.spec().signature();
  auto lidars =
      lidars_as_nearest ? agents::LidarInputs(signature) : std::vector<agents::LidarInput>();
  CostEnsemble ensemble{
      .id = {1},
      .signature = signature,
      .inputs = *CostInputs::Create(signature.observation_dim(), std::move(lidars)),
      .calibration = {1.3, 0.2}};
  const int dim = ensemble.inputs.dim();
  ensemble.normaliser = agents::Normaliser(dim);
  Eigen::MatrixXf seen(dim, 200);
  for (float& value : seen.reshaped()) value = static_cast<float>(random.Normal());
  ensemble.normaliser.Update(seen);
  for (int i = 0; i < 3; ++i) {
    ensemble.members.emplace_back(std::vector<int>{dim, 24, 16, 1});
    ensemble.members.back().InitialiseGlorot(random);
    for (float& value : ensemble.members.back().mutable_parameters()) value *= 1.5F;
  }
  return agents::MakeCostModel(std::move(ensemble));
}

// tanh(a) - tanh(b) is a bump of height 2 between the zeros of a and b. Only where both bumps are
// there do they outweigh the first neuron.
agents::CostModelPtr HandMadeModel(const sim::SafetyGym& gym, double from_m, const Hole* hole,
                                   float steepness) {
  const sim::ObservationSignature signature = gym.spec().signature();
  const int turn = gym.spec().FindEntry("gyro")->offset + 2;
  const int forward = gym.spec().FindEntry("velocimeter")->offset;
  const int hazards = gym.spec().FindEntry("hazards_lidar")->offset;
  std::vector<int> left_out;
  for (int place = 0; place < signature.observation_dim(); ++place) {
    if (place == turn || place == forward || (place >= hazards && place < hazards + 16)) continue;
    left_out.push_back(place);
  }
  CostEnsemble ensemble{
      .id = {2},
      .signature = signature,
      .inputs = *CostInputs::Create(signature.observation_dim(), {{hazards, 16}}, left_out)};
  const int dim = ensemble.inputs.dim();  // turn rate, closeness, its vector, forward speed
  REQUIRE(dim == 5);
  ensemble.normaliser = agents::Normaliser(dim);
  agents::Mlp net({dim, 5, 1});
  Eigen::Map<Eigen::MatrixXf> weights(net.mutable_parameters().data(), 5, dim);
  Eigen::Map<Eigen::VectorXf> bias(net.mutable_parameters().data() + 25, 5);
  Eigen::Map<Eigen::VectorXf> out(net.mutable_parameters().data() + 30, 5);
  weights(0, 1) = steepness;  // the hazard
  bias[0] = static_cast<float>(-double(steepness) * (1.0 - from_m / 3.0));
  out[0] = 6.0F;
  if (hole != nullptr) {
    constexpr float kSteep = 4000.0F;
    const double centres[] = {hole->forward_m_per_s, hole->turn_rate_rad_per_s};
    const int inputs[] = {4, 0};
    for (int i = 0; i < 4; ++i) {
      weights(1 + i, inputs[i / 2]) = kSteep;
      const double edge = centres[i / 2] + (i % 2 == 0 ? -0.002 : 0.002);
      bias[1 + i] = static_cast<float>(-double(kSteep) * edge);
      out[1 + i] = i % 2 == 0 ? -2.0F : 2.0F;
    }
  }
  ensemble.members.push_back(std::move(net));
  return agents::MakeCostModel(std::move(ensemble));
}

double DrawIn(const agents::Interval& interval, RandomState& random) {
  return random.Uniform(interval.low, interval.high);
}

agents::Interval DrawInterval(double from, double to, double most_width, RandomState& random) {
  const double low = random.Uniform(from, to);
  return {low, low + random.Uniform(0.0, most_width)};
}

}  // namespace lookout::test
