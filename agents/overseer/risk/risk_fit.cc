#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <utility>

#include "agents/feedback/models/evaluation.h"
#include "agents/learning/adam.h"
#include "agents/overseer/risk/risk_critic.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

struct RiskSplit {
  std::vector<int> fit;
  std::vector<int> held_out;
};

// Every fifth episode is held out, of those with violations and of the others, in a random order.
Result<RiskSplit> SplitRiskData(const RiskData& data, std::uint32_t seed) {
  std::map<std::int64_t, bool> violated;  // by episode
  for (std::size_t i = 0; i < data.violation.size(); ++i) {
    violated[data.episode[i]] |= data.violation[i] != 0;
  }
  std::vector<std::int64_t> order[2];
  for (const auto& [episode, has] : violated) order[has ? 1 : 0].push_back(episode);
  if (order[1].size() < 2) {
    return BadInput(
        fmt::format("A risk critic takes two episodes with violations, there are {}; record more "
                    "of a less careful agent.",
                    order[1].size()));
  }
  RandomState random(seed);
  std::map<std::int64_t, bool> held_out;
  for (std::vector<std::int64_t>& episodes : order) {
    for (std::size_t i = episodes.size(); i > 1; --i) {
      std::swap(episodes[i - 1], episodes[static_cast<std::size_t>(random.Choice(int(i)))]);
    }
    for (std::size_t i = 0; i < episodes.size(); ++i) held_out[episodes[i]] = i % 5 == 1;
  }
  RiskSplit split;
  for (int row = 0; row < data.rows(); ++row) {
    const bool out = held_out[data.episode[static_cast<std::size_t>(row)]];
    (out ? split.held_out : split.fit).push_back(row);
  }
  return split;
}

// The two critics, their slow copies, and scratch memory of a batch.
class TwoCritics {
 public:
  TwoCritics(const Eigen::MatrixXf& inputs, const Eigen::MatrixXf& next_inputs,
             const RiskSettings& settings, RandomState& random)
      : settings_(settings), inputs_(inputs), next_inputs_(next_inputs), random_(random) {
    for (int k = 0; k < 2; ++k) {
      Mlp network({static_cast<int>(inputs.rows()), settings.hidden, settings.hidden, 1});
      network.InitialiseGlorot(random);
      adams_.emplace_back(network.parameter_count(),
                          AdamSettings{.learning_rate = settings.learning_rate});
      networks_.push_back(std::move(network));
    }
    slow_ = networks_;
    workspace_ = MlpWorkspace(networks_[0], settings.batch);
    gradient_.resize(networks_[0].parameter_count());
    batch_.resize(inputs.rows(), settings.batch);
    next_batch_.resize(inputs.rows(), settings.batch);
    targets_.resize(settings.batch);
    slopes_.resize(1, settings.batch);
  }

  // One step of each on a batch of rows, of which the wanted share are violations.
  void Update(const RiskData& data, std::span<const int> columns_violating,
              std::span<const int> columns_others, std::span<const int> rows, double rate) {
    for (int i = 0; i < settings_.batch; ++i) {
      const bool violating = columns_others.empty() || i < settings_.positives * settings_.batch;
      const std::span<const int> from = violating ? columns_violating : columns_others;
      const int column = from[static_cast<std::size_t>(random_.Choice(int(from.size())))];
      batch_.col(i) = inputs_.col(column);
      next_batch_.col(i) = next_inputs_.col(column);
      // What the next state adds is put in by SetTargets.
      const auto row = static_cast<std::size_t>(rows[static_cast<std::size_t>(column)]);
      targets_[i] = data.violation[row] != 0 ? 1.0F : data.ended[row] != 0 ? 0.0F : -1.0F;
    }
    SetTargets();
    for (std::size_t k = 0; k < 2; ++k) StepOne(k, rate);
  }

  std::vector<Mlp> Take() && { return std::move(networks_); }

 private:
  void SetTargets() {
    const Eigen::RowVectorXf first = slow_[0].Forward(next_batch_, workspace_);
    const Eigen::RowVectorXf second = slow_[1].Forward(next_batch_, workspace_);
    for (int i = 0; i < settings_.batch; ++i) {
      if (targets_[i] >= 0.0F) continue;
      targets_[i] = static_cast<float>(settings_.gamma) * Sigmoid(std::max(first[i], second[i]));
    }
  }

  // Cross-entropy in place of the paper's squared error: its gradient does not fade where the
  // network is surely wrong, and both have their minimum at the expected target.
  void StepOne(std::size_t k, double rate) {
    const auto logits = networks_[k].Forward(batch_, workspace_);
    for (int i = 0; i < settings_.batch; ++i) {
      slopes_(0, i) = (Sigmoid(logits(0, i)) - targets_[i]) / static_cast<float>(settings_.batch);
    }
    networks_[k].Backward(batch_, slopes_, workspace_, gradient_);
    adams_[k].set_learning_rate(rate);
    adams_[k].Step(networks_[k].mutable_parameters(), gradient_);
    const auto share = static_cast<float>(settings_.target_rate);
    Eigen::VectorXf& slow = slow_[k].mutable_parameters();
    slow += share * (networks_[k].parameters() - slow);
  }

  const RiskSettings& settings_;
  const Eigen::MatrixXf& inputs_;
  const Eigen::MatrixXf& next_inputs_;
  RandomState& random_;
  std::vector<Mlp> networks_;
  std::vector<Mlp> slow_;
  std::vector<Adam> adams_;
  MlpWorkspace workspace_;
  Eigen::VectorXf gradient_;
  Eigen::MatrixXf batch_;
  Eigen::MatrixXf next_batch_;
  Eigen::VectorXf targets_;
  Eigen::MatrixXf slopes_;
};

// Of the given rows, what the networks see before and after.
Eigen::MatrixXf InputsBefore(const ActionNetworks& networks, const RiskData& data,
                             std::span<const int> rows) {
  const Eigen::MatrixXf seen = data.ObservationColumns(data.observations)(Eigen::all, rows);
  return networks.NormalisedInputs(seen, data.ActionColumns(data.actions)(Eigen::all, rows));
}

Eigen::MatrixXf InputsAfter(const ActionNetworks& networks, const RiskData& data,
                            std::span<const int> rows) {
  const Eigen::MatrixXf seen = data.ObservationColumns(data.next_observations)(Eigen::all, rows);
  return networks.NormalisedInputs(seen, data.ActionColumns(data.next_actions)(Eigen::all, rows));
}

bool TrainCritics(const RiskData& data, const RiskSettings& settings, std::span<const int> rows,
                  const std::function<bool(double)>& progress, ActionNetworks& networks) {
  const Eigen::MatrixXf inputs = InputsBefore(networks, data, rows);
  const Eigen::MatrixXf next_inputs = InputsAfter(networks, data, rows);
  std::vector<int> groups(rows.size(), 0);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const bool same = data.episode[std::size_t(rows[i])] == data.episode[std::size_t(rows[i - 1])];
    groups[i] = groups[i - 1] + (same ? 0 : 1);
  }
  networks.support = Support::Of(inputs, groups);
  std::vector<int> columns[2];
  for (std::size_t i = 0; i < rows.size(); ++i) {
    columns[data.violation[static_cast<std::size_t>(rows[i])]].push_back(static_cast<int>(i));
  }
  RandomState random(settings.seed + 1U);
  TwoCritics critics(inputs, next_inputs, settings, random);
  for (int update = 0; update < settings.updates; ++update) {
    const double done = double(update) / settings.updates;
    if (update % 50 == 0 && progress && !progress(done)) return false;
    critics.Update(data, columns[1], columns[0], rows, settings.learning_rate * (1.0 - done));
  }
  networks.members = std::move(critics).Take();
  return true;
}

// Whether a violation comes within `horizon` steps of each row, itself included; 2: the episode's
// record ends before that can be told.
std::vector<std::uint8_t> ViolatesSoon(const RiskData& data, std::span<const int> rows,
                                       int horizon) {
  constexpr int kFar = 1 << 30;
  std::vector<std::uint8_t> soon(rows.size(), 0);
  int until = kFar;  // steps to the next violation
  int recorded = 0;  // steps of the episode that come, this one included
  for (std::size_t i = rows.size(); i-- > 0;) {
    const auto row = static_cast<std::size_t>(rows[i]);
    const bool is_last = i + 1 == rows.size() ||
                         data.episode[static_cast<std::size_t>(rows[i + 1])] != data.episode[row];
    until = data.violation[row] != 0 ? 0 : is_last ? kFar : std::min(until + 1, kFar);
    recorded = is_last ? (data.ended[row] != 0 ? kFar : 1) : std::min(recorded + 1, kFar);
    soon[i] = until < horizon ? 1 : recorded < horizon ? 2 : 0;
  }
  return soon;
}

void ReportOn(const RiskData& data, std::span<const int> rows, RiskCritic& critic) {
  critic.report.horizon_steps = static_cast<int>(std::lround(1.0 / (1.0 - critic.gamma)));
  const auto soon = ViolatesSoon(data, rows, critic.report.horizon_steps);
  const Eigen::MatrixXf inputs = InputsBefore(critic.networks, data, rows);
  MlpWorkspace workspace(critic.networks.members.front(), 1);
  std::vector<float> risks;
  std::vector<float> known_risks;
  std::vector<std::uint8_t> known_soon;
  std::vector<std::int64_t> episode;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto column = inputs.col(static_cast<Eigen::Index>(i));
    Eigen::Vector2f logits;
    for (int k = 0; k < 2; ++k) {
      logits[k] = critic.networks.members[std::size_t(k)].Forward(column, workspace)(0, 0);
    }
    risks.push_back(RiskOf(logits));
    if (soon[i] == 2) continue;
    known_risks.push_back(risks.back());
    known_soon.push_back(soon[i]);
    episode.push_back(data.episode[static_cast<std::size_t>(rows[i])]);
  }
  critic.report.auc = RocAuc(known_risks, known_soon);
  critic.report.consequences = ConsequencesAt({known_risks, known_soon, episode}, critic.epsilon);
  std::ranges::sort(risks);
  for (std::size_t i = 0; i < 101 && !risks.empty(); ++i) {
    critic.quantiles[static_cast<Eigen::Index>(i)] = risks[(risks.size() - 1) * i / 100];
  }
}

}  // namespace

Result<RiskCriticPtr> FitRiskCritic(const RiskData& data, const RiskSettings& settings,
                                    const std::string& environment,
                                    const std::function<bool(double)>& progress) {
  const auto start = std::chrono::steady_clock::now();
  const auto split = SplitRiskData(data, settings.seed);
  if (!split.ok()) return split.error();
  auto networks = ActionNetworks::For(data.signature, data.action_dim);
  if (!networks.ok()) return networks.error();
  RiskCritic critic{.environment = environment,
                    .networks = std::move(*networks),
                    .gamma = settings.gamma,
                    .epsilon = settings.epsilon};
  Normaliser normaliser(critic.networks.inputs.dim());
  normaliser.Update(InputsBefore(critic.networks, data, split->fit));
  critic.networks.normaliser = normaliser;
  if (!TrainCritics(data, settings, split->fit, progress, critic.networks)) {
    return Error{"The fit was stopped."};
  }
  std::vector<std::int64_t> episodes = data.episode;
  std::ranges::sort(episodes);
  critic.report.episodes = std::unique(episodes.begin(), episodes.end()) - episodes.begin();
  critic.report.rows = std::ssize(split->fit);
  for (const int row : split->fit) {
    critic.report.violations += data.violation[static_cast<std::size_t>(row)];
  }
  ReportOn(data, split->held_out, critic);
  critic.report.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return std::make_shared<const RiskCritic>(std::move(critic));
}

}  // namespace lookout::agents
