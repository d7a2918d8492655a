#include "agents/overseer/blocker/blocker_fit.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "agents/feedback/models/evaluation.h"
#include "agents/learning/worker_pool.h"
#include "agents/overseer/blocker/train_member.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

std::int64_t BlocksAmong(const BlockerData& data, std::span<const int> rows) {
  return std::ranges::count_if(
      rows, [&](int row) { return data.blocked[static_cast<std::size_t>(row)] != 0; });
}

std::vector<int> GroupsOf(const BlockerData& data, std::span<const int> rows) {
  std::vector<int> groups;
  int group = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto row = static_cast<std::size_t>(rows[i]);
    if (i > 0 && data.episode[row] != data.episode[static_cast<std::size_t>(rows[i - 1])]) ++group;
    groups.push_back(group);
  }
  return groups;
}

Eigen::MatrixXf InputsOf(const ActionNetworks& networks, const BlockerData& data,
                         std::span<const int> rows) {
  const Eigen::MatrixXf observations = data.observation_columns()(Eigen::all, rows);
  return networks.NormalisedInputs(observations, data.action_columns()(Eigen::all, rows));
}

// The members' logits [members x rows] of normalised inputs.
Eigen::MatrixXf LogitsOf(const ActionNetworks& networks, const Eigen::MatrixXf& inputs) {
  Eigen::MatrixXf logits(networks.members.size(), inputs.cols());
  MlpWorkspace workspace(networks.members.front(), kColumnBlock);
  for (Eigen::Index begin = 0; begin < inputs.cols(); begin += kColumnBlock) {
    const Eigen::Index n = std::min<Eigen::Index>(kColumnBlock, inputs.cols() - begin);
    for (std::size_t k = 0; k < networks.members.size(); ++k) {
      logits.row(static_cast<Eigen::Index>(k)).segment(begin, n) =
          networks.members[k].Forward(inputs.middleCols(begin, n), workspace);
    }
  }
  return logits;
}

bool TrainMembers(const BlockerData& data, const BlockerSettings& settings,
                  std::span<const int> rows, const BlockerProgress& progress,
                  ActionNetworks& networks) {
  const Eigen::MatrixXf inputs = InputsOf(networks, data, rows);
  const std::vector<int> groups = GroupsOf(data, rows);
  networks.support = Support::Of(inputs, groups);
  std::vector<std::uint8_t> blocked;
  for (const int row : rows) blocked.push_back(data.blocked[static_cast<std::size_t>(row)]);
  networks.members.resize(static_cast<std::size_t>(settings.members));
  WorkerPool pool(std::min(settings.workers, settings.members));
  std::atomic<bool> stop = false;
  pool.ForEach(settings.members, [&](int k, int worker) {
    const auto go_on = [&](double fraction) {
      if (worker == 0 && progress && !progress((k + fraction) / settings.members)) stop = true;
      return !stop.load();
    };
    networks.members[static_cast<std::size_t>(k)] =
        TrainBlockerMember({inputs, blocked, groups}, settings, k, go_on);
  });
  return !stop;
}

// So that scores are probabilities of blocks as rare as they are; it keeps their order.
void Calibrate(const BlockerData& data, std::span<const int> rows, BlockerModel& model) {
  const Eigen::MatrixXf logits = LogitsOf(model.networks, InputsOf(model.networks, data, rows));
  const Eigen::VectorXf means = logits.colwise().mean();
  std::vector<std::uint8_t> blocked;
  for (const int row : rows) blocked.push_back(data.blocked[static_cast<std::size_t>(row)]);
  if (std::ranges::count(blocked, 0) == 0 || std::ranges::count(blocked, 1) == 0) return;
  model.calibration =
      FitCalibration({means.data(), static_cast<std::size_t>(means.size())}, blocked);
}

Eigen::VectorXf QuantilesOf(std::vector<float> values) {
  std::ranges::sort(values);
  Eigen::VectorXf quantiles = Eigen::VectorXf::Zero(ScoreQuantiles::kCount);
  for (int i = 0; i < ScoreQuantiles::kCount && !values.empty(); ++i) {
    quantiles[i] = values[(values.size() - 1) * static_cast<std::size_t>(i) / 100];
  }
  return quantiles;
}

Result<float> ThresholdOf(ThresholdRule rule, const ScoredRows& rows, double alpha) {
  return rule == ThresholdRule::kConformal ? ConformalThreshold(rows, alpha)
                                           : LowestThreshold(rows);
}

// Whether the rule will find a threshold, which only depends on how much was kept for it: told
// before the networks are trained.
Status CheckEnough(const BlockerData& data, const BlockerSettings& settings,
                   std::span<const int> rows) {
  const std::vector<float> scores(rows.size(), 0.0F);
  std::vector<std::uint8_t> blocked;
  std::vector<std::int64_t> episode;
  for (const int row : rows) {
    blocked.push_back(data.blocked[static_cast<std::size_t>(row)]);
    episode.push_back(data.episode[static_cast<std::size_t>(row)]);
  }
  const auto threshold = ThresholdOf(settings.rule, {scores, blocked, episode}, settings.alpha);
  return threshold.ok() ? Status() : Status(threshold.error());
}

// Sets threshold, quantiles and report.
Status JudgeModel(const BlockerData& data, const BlockerSettings& settings,
                  const BlockerSplit& split, BlockerModel& model) {
  const BlockerScores kept = ScoreRows(model, data, split.threshold);
  const BlockerScores report = ScoreRows(model, data, split.report);
  model.quantiles = {QuantilesOf(kept.scores), QuantilesOf(kept.spreads)};
  const BlockRuns runs = CountRuns(kept.rows());
  model.report.threshold_runs = runs.runs;
  model.report.threshold_episodes = runs.episodes;
  for (const Choice<ThresholdRule>& choice : Choices(ThresholdRule{})) {
    const auto threshold = ThresholdOf(choice.value, kept.rows(), settings.alpha);
    RuleReport rule{.rule = choice.value};
    if (threshold.ok()) {
      rule.consequences = ConsequencesAt(report.rows(), double(*threshold));
    } else {
      rule.refusal = threshold.error().message;
    }
    if (choice.value == settings.rule) {
      if (!threshold.ok()) return threshold.error();
      model.threshold = double(*threshold);
    }
    model.report.rules.push_back(std::move(rule));
  }
  model.report.table = ConsequencesOverRange(report.rows());
  model.report.auc = RocAuc(report.scores, report.blocked);
  model.report.unknown_share =
      double(std::ranges::count(report.unknown, 1)) / double(report.unknown.size());
  return {};
}

BlockerReport CountsOf(const BlockerData& data, const BlockerSplit& split, double alpha) {
  BlockerReport report{.fit_rows = std::ssize(split.fit),
                       .fit_blocks = BlocksAmong(data, split.fit),
                       .threshold_rows = std::ssize(split.threshold),
                       .threshold_blocks = BlocksAmong(data, split.threshold),
                       .report_rows = std::ssize(split.report),
                       .report_blocks = BlocksAmong(data, split.report),
                       .alpha = alpha};
  std::vector<std::int64_t> episodes = data.episode;
  std::ranges::sort(episodes);
  report.episodes = std::unique(episodes.begin(), episodes.end()) - episodes.begin();
  return report;
}

}  // namespace

Result<BlockerModelPtr> FitBlocker(const BlockerData& data, const BlockerSettings& settings,
                                   const std::string& teacher, const std::string& environment,
                                   const BlockerProgress& progress) {
  const auto start = std::chrono::steady_clock::now();
  const auto split = SplitBlockerData(data, settings.seed);
  if (!split.ok()) return split.error();
  if (Status enough = CheckEnough(data, settings, split->threshold); !enough.ok()) {
    return enough.error();
  }
  auto networks = ActionNetworks::For(data.signature, data.action_dim, settings.lidars);
  if (!networks.ok()) return networks.error();
  BlockerModel model{.teacher = teacher, .environment = environment, .rule = settings.rule};
  model.networks = std::move(*networks);
  // The normaliser passes values through until it has seen some.
  Normaliser normaliser(model.networks.inputs.dim());
  normaliser.Update(InputsOf(model.networks, data, split->fit));
  model.networks.normaliser = normaliser;
  if (!TrainMembers(data, settings, split->fit, progress, model.networks)) {
    return Error{"The fit was stopped."};
  }
  Calibrate(data, split->threshold, model);
  model.report = CountsOf(data, *split, settings.alpha);
  if (Status judged = JudgeModel(data, settings, *split, model); !judged.ok()) {
    return judged.error();
  }
  model.report.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return std::make_shared<const BlockerModel>(std::move(model));
}

BlockerScores ScoreRows(const BlockerModel& model, const BlockerData& data,
                        std::span<const int> rows) {
  BlockerScores result;
  const Eigen::MatrixXf inputs = InputsOf(model.networks, data, rows);
  const Eigen::MatrixXf logits = LogitsOf(model.networks, inputs);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto column = static_cast<Eigen::Index>(i);
    const auto row = static_cast<std::size_t>(rows[i]);
    const BlockerOpinion opinion = OpinionOf(model, logits.col(column));
    const Support& support = model.networks.support;
    const bool known =
        support.empty() || support.ScoreOne(inputs.col(column)) >= kUnknownActionBelow;
    result.scores.push_back(opinion.score);
    result.spreads.push_back(opinion.spread);
    result.unknown.push_back(known ? 0 : 1);
    result.blocked.push_back(data.blocked[row]);
    result.episode.push_back(data.episode[row]);
  }
  return result;
}

BlockerScores ScoreRows(const BlockerModel& model, const BlockerData& data) {
  std::vector<int> rows(static_cast<std::size_t>(data.rows()));
  std::iota(rows.begin(), rows.end(), 0);
  return ScoreRows(model, data, rows);
}

}  // namespace lookout::agents
