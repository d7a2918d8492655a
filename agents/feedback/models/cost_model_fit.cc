#include "agents/feedback/models/cost_model_fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <set>
#include <string>

#include "agents/feedback/models/cost_ensemble.h"
#include "agents/feedback/models/evaluation.h"
#include "agents/feedback/models/member_training.h"

namespace lookout::agents {
namespace {

using Clock = std::chrono::steady_clock;

Status CheckLabels(const LabelSet& labels, std::int64_t unsafe) {
  LOOKOUT_CHECK(labels.observations.cols() == labels.rows(),
                "a label set has one observation for each point");
  const std::int64_t safe = labels.rows() - unsafe;
  if (labels.pairs.empty() && (unsafe == 0 || safe == 0)) {
    return BadInput(
        fmt::format("There are {} unsafe and {} safe steps among the marks; a cost model learns "
                    "from both: mark some {} spans{}",
                    unsafe, safe, unsafe == 0 ? "unsafe" : "safe",
                    unsafe + safe == 0 ? " and some safe ones." : " as well."));
  }
  if (labels.rows() > std::numeric_limits<int>::max()) {
    return BadInput("There are more labelled steps than a cost model can be fitted to.");
  }
  const Eigen::Index dim = labels.observations.rows();
  LOOKOUT_CHECK(labels.pairs.empty() || labels.pair_observations.rows() == dim,
                "pairs are of observations like those of the points");
  if (dim < 1 || dim > CostEnsemble::kMaxWidth) {
    return BadInput(fmt::format("The observations have {} values; a cost model takes 1 to {}.", dim,
                                CostEnsemble::kMaxWidth));
  }
  if (!labels.observations.allFinite() || !labels.pair_observations.allFinite()) {
    return BadInput("A labelled observation is not finite; leave diverged episodes out.");
  }
  return {};
}

Status CheckSignature(const LabelSet& labels, const sim::ObservationSignature& signature) {
  if (signature.empty() || signature.observation_dim() == labels.observations.rows()) return {};
  return BadInput(
      fmt::format("The labelled observations have {} values, the environment's {}; mark in one "
                  "environment at a time.",
                  labels.observations.rows(), signature.observation_dim()));
}

// Tells the caller how far the fit is, every few updates of a network, and remembers its command to
// stop. Counted and not timed, so that the calls are the same on every machine.
class Ticker {
 public:
  explicit Ticker(const FitProgress& progress) : progress_(progress) {}

  // False once the fit is to be abandoned. Called once for each update.
  bool Continue(double fraction) {
    constexpr int kUpdatesBetweenCalls = 32;
    if (going_ && progress_ && updates_++ % kUpdatesBetweenCalls == 0) going_ = progress_(fraction);
    return going_;
  }

 private:
  const FitProgress& progress_;
  std::int64_t updates_ = 0;
  bool going_ = true;
};

// Splits and normalises the labels and weighs their classes.
TrainingData Prepare(const LabelSet& labels, const CostModelSettings& settings, RandomState& random,
                     CostEnsemble& ensemble) {
  TrainingData data;
  data.split = SplitLabels(labels, settings.held_out_fraction, random);
  data.points = labels.points;
  data.pairs = labels.pairs;
  data.inputs.resize(ensemble.inputs.dim(), labels.observations.cols());
  ensemble.inputs.Write(labels.observations, data.inputs);
  Eigen::MatrixXf training(data.inputs.rows(), data.split.training.size());
  double unsafe = 0.0;
  double rows = 0.0;
  for (std::size_t i = 0; i < data.split.training.size(); ++i) {
    const int row = data.split.training[i];
    training.col(static_cast<Eigen::Index>(i)) = data.inputs.col(row);
    unsafe += double(data.point(row).weight) * double(data.point(row).target);
    rows += double(data.point(row).weight);
  }
  ensemble.normaliser = Normaliser(ensemble.inputs.dim());
  if (training.cols() > 0) ensemble.normaliser.Update(training);
  if (!data.pairs.empty()) {
    data.pair_inputs.resize(data.inputs.rows(), labels.pair_observations.cols());
    ensemble.inputs.Write(labels.pair_observations, data.pair_inputs);
    ensemble.normaliser.Update(data.pair_inputs);
    ensemble.normaliser.Apply(data.pair_inputs);
  }
  ensemble.normaliser.Apply(data.inputs);
  if (settings.balance_classes && unsafe > 0.0 && unsafe < rows) {
    data.unsafe_weight = static_cast<float>(0.5 * rows / unsafe);
    data.safe_weight = static_cast<float>(0.5 * rows / (rows - unsafe));
  }
  return data;
}

Status TrainMembers(const LabelSet& labels, const TrainingData& data,
                    const CostModelSettings& settings, RandomState& random,
                    const FitProgress& progress, CostEnsemble& ensemble) {
  Ticker ticker(progress);
  int epochs = 0;
  for (int member = 0; member < settings.members; ++member) {
    MemberTraining training(data, settings, BootstrapRows(data.split, labels, random), random);
    const MemberTraining::Outcome outcome = training.Run(
        [&](double fraction) { return ticker.Continue((member + fraction) / settings.members); });
    if (outcome == MemberTraining::Outcome::kAbandoned) {
      return Error{"The fit of the cost model was stopped; the model before it stays in use."};
    }
    if (outcome == MemberTraining::Outcome::kDiverged) {
      return Error{
          "The fit of the cost model diverged; the model before it stays in use. Fit with a "
          "smaller learning rate, or with smaller weights of what was said."};
    }
    ensemble.members.push_back(training.mlp());
    epochs += training.best_epoch();
  }
  ensemble.report.epochs = (epochs + settings.members / 2) / settings.members;
  return {};
}

// The mean logit of the ensemble for each held-out row.
std::vector<float> HeldOutLogits(const CostEnsemble& ensemble, const TrainingData& data) {
  std::vector<float> logits(data.split.held_out.size(), 0.0F);
  LogitReader reader(ensemble.members[0]);
  for (const Mlp& member : ensemble.members) {
    reader.AddTo(logits, member, data, data.split.held_out);
  }
  for (float& logit : logits) logit /= static_cast<float>(ensemble.members.size());
  return logits;
}

// Calibrates on the held-out rows and measures there.
void Judge(const TrainingData& data, CostEnsemble& ensemble) {
  std::vector<std::uint8_t> unsafe;
  for (const int row : data.split.held_out) unsafe.push_back(data.point(row).unsafe() ? 1 : 0);
  const std::vector<float> logits = HeldOutLogits(ensemble, data);
  const auto unsafe_rows = std::ranges::count(unsafe, std::uint8_t{1});
  if (unsafe_rows > 0 && unsafe_rows < std::ssize(unsafe)) {
    ensemble.calibration = FitCalibration(logits, unsafe);
  } else {
    // Nothing to calibrate on: only take back what the weights did to the prior odds.
    ensemble.calibration.bias = std::log(double(data.safe_weight) / double(data.unsafe_weight));
  }
  std::vector<float> probabilities;
  for (const float logit : logits) probabilities.push_back(ensemble.calibration.Probability(logit));
  CostModelReport& report = ensemble.report;
  report.auc = RocAuc(logits, unsafe);
  report.brier = BrierScore(probabilities, unsafe);
  report.reliability = ReliabilityBins(probabilities, unsafe);
  report.expected_calibration_error = ExpectedCalibrationError(report.reliability);
}

}  // namespace

Result<CostModelPtr> FitCostModel(const LabelSet& labels, const CostModelSettings& settings,
                                  CostModelId id, const FitProgress& progress) {
  const Clock::time_point start = Clock::now();
  const std::int64_t unsafe = std::ranges::count_if(labels.points, &TargetPoint::unsafe);
  if (const Status status = CheckRanges(settings, "The cost model's setting "); !status)
    return status.error();
  if (const Status status = CheckLabels(labels, unsafe); !status) return status.error();

  if (Status status = CheckSignature(labels, settings.signature); !status) return status.error();
  auto inputs = CostInputs::Create(static_cast<int>(labels.observations.rows()),
                                   LidarInputs(settings.signature));
  if (!inputs) return inputs.error();

  RandomState random(settings.seed);
  CostEnsemble ensemble{.id = id, .signature = settings.signature, .inputs = std::move(*inputs)};
  const TrainingData data = Prepare(labels, settings, random, ensemble);
  if (Status done = TrainMembers(labels, data, settings, random, progress, ensemble); !done) {
    return done.error();
  }
  Judge(data, ensemble);

  CostModelReport& report = ensemble.report;
  report.train_rows = std::ssize(data.split.training);
  report.held_out_rows = std::ssize(data.split.held_out);
  report.unsafe_rows = unsafe;
  report.safe_rows = labels.rows() - unsafe;
  std::set<EpisodeId> episodes;
  for (const TargetPoint& point : labels.points) episodes.insert(point.episode);
  report.episodes = std::ssize(episodes);
  report.held_out_by_episode = data.split.by_episode;
  report.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return MakeCostModel(std::move(ensemble));
}

}  // namespace lookout::agents
