#include <cstdint>
#include <span>
#include <utility>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/models/cost_ensemble.h"
#include "agents/feedback/robustness/hard_states.h"
#include "app/experiments/robustness/measure_robustness.h"
#include "app/experiments/simulated_sitting.h"

namespace lookout::app {
namespace {

constexpr int kNetworks = 5;
constexpr std::uint32_t kNetworkSeeds = 7000;  // of baselines, away from those of what is measured

// What a plain network looks at, normalised as it does.
Eigen::MatrixXf InputsOf(const agents::CostEnsemble& plain, const Eigen::MatrixXf& observations) {
  Eigen::MatrixXf inputs(plain.inputs.dim(), observations.cols());
  plain.inputs.Write(observations, inputs);
  plain.normaliser.Apply(inputs);
  return inputs;
}

}  // namespace

Result<HardSteps> FindHardSteps(const RobustnessMaterial& material, const agents::LabelSet& labels,
                                const agents::CostModelSettings& settings,
                                const KeepGoing& keep_going) {
  std::vector<agents::CostModelPtr> networks;
  for (std::uint32_t i = 0; i < kNetworks; ++i) {
    agents::CostModelSettings single = settings;
    single.members = 1;
    single.seed = kNetworkSeeds + settings.seed * kNetworks + i;
    auto network =
        agents::FitCostModel(labels, single, CostModelId{1}, [&](double) { return keep_going(); });
    if (!network) return network.error();
    networks.push_back(std::move(*network));
  }
  const agents::CostEnsemble& first = *networks.front()->ensemble();
  std::vector<std::uint8_t> said;
  for (const agents::TargetPoint& point : labels.points) said.push_back(point.unsafe() ? 1 : 0);
  const Eigen::MatrixXf inputs = InputsOf(first, labels.observations);
  const auto linear = agents::LinearBaseline::Fit(inputs, said);
  const agents::NeighbourBaseline near(inputs, said);
  HardSteps hard;
  for (const StudyEpisode& episode : material.evaluation) {
    const Eigen::Index count = episode.steps() - 1;
    const Eigen::MatrixXf seen = InputsOf(first, episode.observations.rightCols(count));
    std::vector<Eigen::VectorXf> probabilities{linear.Probabilities(seen),
                                               near.Probabilities(seen)};
    agents::CostModelWorkspace workspace;
    for (const agents::CostModelPtr& network : networks) {
      const PredictedSteps predicted = PredictSteps(episode, *network, workspace);
      probabilities.emplace_back(
          Eigen::Map<const Eigen::VectorXf>(predicted.cost.data() + 1, count));
    }
    std::vector<std::uint8_t> unsafe;
    for (std::size_t step = 1; step < episode.seen.size(); ++step) {
      unsafe.push_back(episode.seen[step].margin > 0.0F ? 1 : 0);
    }
    hard.of_episode.push_back(agents::HardStates(probabilities, unsafe, {}));
  }
  return hard;
}

}  // namespace lookout::app
