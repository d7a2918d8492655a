#include "app/experiments/transfer/transfer_summary.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace lookout::app {
namespace {

constexpr int kDraws = 2000;
constexpr std::uint32_t kSeed = 1;

using Cells = std::vector<const TransferCell*>;

// Of those values that are known.
agents::Estimate OverSeeds(const std::vector<const ModelInTarget*>& models,
                           double ModelInTarget::*figure) {
  std::vector<double> values;
  for (const ModelInTarget* model : models) {
    if (!std::isnan(model->*figure)) values.push_back(model->*figure);
  }
  if (values.empty()) return {};
  return agents::MeanOver(values,
                          agents::EpisodeBootstrap(static_cast<int>(values.size()), kDraws, kSeed));
}

ModelAcross ModelOf(const Cells& cells, TransferInputs inputs) {
  ModelAcross across;
  std::vector<const ModelInTarget*> measured;
  for (const TransferCell* cell : cells) {
    const ModelInTarget& model = cell->Of(inputs);
    if (model.is_measured()) {
      if (measured.empty()) across.first_seed = static_cast<int>(cell->key.seed);
      measured.push_back(&model);
    }
  }
  across.seeds = static_cast<int>(measured.size());
  if (measured.empty()) {
    across.why = cells.front()->Of(inputs).why;
    return across;
  }
  across.absent = measured.front()->absent;
  across.unknown = measured.front()->unknown;
  across.auc = OverSeeds(measured, &ModelInTarget::auc);
  across.missed = OverSeeds(measured, &ModelInTarget::missed);
  across.false_alarms = OverSeeds(measured, &ModelInTarget::false_alarms);
  across.ratio = OverSeeds(measured, &ModelInTarget::ratio);
  return across;
}

PolicyAcross PolicyOf(const Cells& cells) {
  PolicyAcross across{.why = cells.front()->policy.why};
  if (!across.why.empty()) return across;
  std::vector<double> returns;
  std::vector<double> costs;
  for (const TransferCell* cell : cells) {
    const PolicyInTarget& policy = cell->policy;
    returns.insert(returns.end(), policy.returns.begin(), policy.returns.end());
    costs.insert(costs.end(), policy.true_costs.begin(), policy.true_costs.end());
  }
  across.episodes = static_cast<int>(returns.size());
  const agents::EpisodeBootstrap bootstrap(across.episodes, kDraws, kSeed);
  across.total_reward = agents::MeanOver(returns, bootstrap);
  across.true_cost = agents::MeanOver(costs, bootstrap);
  return across;
}

}  // namespace

std::vector<TransferLine> Summarise(std::span<const TransferCell> cells) {
  std::vector<TransferLine> lines;
  for (const TransferCell& cell : cells) {
    const auto is_of = [&](const auto& of) {
      return of.source == cell.key.source && of.target == cell.key.target;
    };
    if (std::ranges::any_of(lines, is_of)) continue;
    Cells of_line;
    for (const TransferCell& other : cells) {
      if (is_of(other.key)) of_line.push_back(&other);
    }
    TransferLine line{.source = cell.key.source, .target = cell.key.target};
    for (const Choice<TransferInputs>& inputs : Choices(TransferInputs{})) {
      line.models[static_cast<std::size_t>(inputs.value)] = ModelOf(of_line, inputs.value);
    }
    line.policy = PolicyOf(of_line);
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace lookout::app
