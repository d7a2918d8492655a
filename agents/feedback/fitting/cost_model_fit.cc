#include "agents/feedback/fitting/cost_model_fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "agents/feedback/fitting/member_training.h"
#include "agents/feedback/fitting/warm_start.h"
#include "agents/feedback/models/cost_ensemble.h"
#include "agents/feedback/models/evaluation.h"
#include "agents/learning/worker_pool.h"
#include "sim/base/fingerprint.h"

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

// Tells the caller how far the fit is, every few updates of the networks on its own thread, and all
// threads when it is to be abandoned.
class Ticker {
 public:
  Ticker(const FitProgress& progress, int members)
      : progress_(progress), done_(static_cast<std::size_t>(members)) {
    Ask();
  }

  // False once the fit is to be abandoned. Called once for each update of a member, by its thread.
  bool Continue(int member, double fraction, bool is_callers_thread) {
    constexpr int kUpdatesBetweenCalls = 32;
    done_[static_cast<std::size_t>(member)] = fraction;
    if (is_callers_thread && ++updates_ % kUpdatesBetweenCalls == 0) Ask();
    return going_;
  }
  void Finish(int member) { done_[static_cast<std::size_t>(member)] = 1.0; }
  bool going() const { return going_; }

 private:
  void Ask() {
    if (!going_ || !progress_) return;
    double sum = 0.0;
    for (const std::atomic<double>& done : done_) sum += done;
    going_ = progress_(sum / static_cast<double>(done_.size()));
  }

  const FitProgress& progress_;
  std::vector<std::atomic<double>> done_;  // fraction of each member
  std::int64_t updates_ = 0;               // on the caller's thread
  std::atomic<bool> going_ = true;
};

DataSplit SplitAnew(const LabelSet& labels, const CostModelSettings& settings) {
  RandomState random(settings.seed);
  return SplitLabels(labels, settings.held_out_fraction, random);
}

// Normalises the labels and weighs their classes.
TrainingData Prepare(const LabelSet& labels, const CostModelSettings& settings, DataSplit split,
                     CostEnsemble& ensemble) {
  TrainingData data;
  data.split = std::move(split);
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

struct TrainedMember {
  MemberTraining::Outcome outcome = MemberTraining::Outcome::kAbandoned;
  Mlp network;
  int best_epoch = 0;
};

// Of a member's weights and draws.
std::uint32_t SeedOf(const CostModelSettings& settings, int member) {
  return static_cast<std::uint32_t>(Fnv1a(fmt::format("{} {}", settings.seed, member)));
}

TrainedMember TrainMember(int member, const LabelSet& labels, const TrainingData& data,
                          const CostModelSettings& settings, const Mlp* start,
                          const MemberTraining::OnUpdate& on_update) {
  const std::uint32_t seed = SeedOf(settings, member);
  MemberTraining training(data, settings, {BootstrapRows(data.split, labels, seed), seed, start});
  const MemberTraining::Outcome outcome = training.Run(on_update);
  return {outcome, training.mlp(), training.best_epoch()};
}

// One error for all members, or none.
Status StatusOf(std::span<const TrainedMember> members) {
  for (const TrainedMember& member : members) {
    if (member.outcome == MemberTraining::Outcome::kDiverged) {
      return Error{
          "The fit of the cost model diverged; the model before it stays in use. Fit with a "
          "smaller learning rate, or with smaller weights of what was said."};
    }
    if (member.outcome == MemberTraining::Outcome::kAbandoned) {
      return Error{"The fit of the cost model was stopped; the model before it stays in use."};
    }
  }
  return {};
}

Status TrainMembers(const LabelSet& labels, const TrainingData& data,
                    const CostModelSettings& settings, const std::optional<WarmStart>& warm,
                    const FitProgress& progress, CostEnsemble& ensemble) {
  Ticker ticker(progress, settings.members);
  std::vector<TrainedMember> members(static_cast<std::size_t>(settings.members));
  WorkerPool pool(std::min(settings.workers, settings.members));
  pool.ForEach(settings.members, [&](int member, int worker) {
    if (!ticker.going()) return;
    Mlp start;
    if (warm) start = warm->NetworkFor(member, ensemble.normaliser);
    members[static_cast<std::size_t>(member)] =
        TrainMember(member, labels, data, settings, warm ? &start : nullptr,
                    [&](double done) { return ticker.Continue(member, done, worker == 0); });
    ticker.Finish(member);
  });
  if (Status status = StatusOf(members); !status) return status;
  int epochs = 0;
  for (TrainedMember& member : members) {
    ensemble.members.push_back(std::move(member.network));
    epochs += member.best_epoch;
  }
  ensemble.report.epochs = (epochs + settings.members / 2) / settings.members;
  ensemble.report.went_on = warm.has_value();
  return {};
}

// Of all that was labelled, held out or not: it is known. Points and steps of pairs have an equal
// say, however many more the one are.
Support SupportOf(const TrainingData& data) {
  constexpr std::int64_t kSome = Support::kMostLookedAt / 2;
  const std::int64_t points = std::min<std::int64_t>(data.inputs.cols(), kSome);
  const std::int64_t pairs = std::min<std::int64_t>(std::ssize(data.pairs), kSome / 2);
  Eigen::MatrixXf inputs(data.inputs.rows(), points + 4 * pairs);
  std::vector<int> groups;
  for (std::int64_t i = 0; i < points; ++i) {
    const auto row = static_cast<int>(i * data.inputs.cols() / points);
    inputs.col(i) = data.inputs.col(row);
    groups.push_back(static_cast<int>(data.point(row).episode.value));
  }
  int stretches = 0;
  for (std::int64_t i = 0; i < pairs; ++i) {
    const auto pair = static_cast<std::size_t>(i * std::ssize(data.pairs) / pairs);
    for (const TargetPair::Steps& steps : {data.pairs[pair].first, data.pairs[pair].second}) {
      --stretches;  // numbers that no episode has
      if (steps.count == 0) continue;
      for (const int step : {steps.begin, steps.begin + steps.count / 2}) {
        inputs.col(std::ssize(groups)) = data.pair_inputs.col(step);
        groups.push_back(stretches);
      }
    }
  }
  return Support::Of(inputs.leftCols(std::ssize(groups)), groups);
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
  auto left_out = LeftOut(settings.inputs, settings.signature);
  if (!left_out) return left_out.error();
  auto inputs = CostInputs::Create(static_cast<int>(labels.observations.rows()),
                                   LidarInputs(settings.signature), std::move(*left_out));
  if (!inputs) return inputs.error();

  const auto warm = WarmStartFrom(settings.previous, labels, settings, *inputs);
  CostEnsemble ensemble{.id = id, .signature = settings.signature, .inputs = std::move(*inputs)};
  const TrainingData data =
      Prepare(labels, settings, warm ? warm->split : SplitAnew(labels, settings), ensemble);
  ensemble.episodes = EpisodesOf(data.split, labels);
  if (Status done = TrainMembers(labels, data, settings, warm, progress, ensemble); !done) {
    return done.error();
  }
  Judge(data, ensemble);
  ensemble.support = SupportOf(data);

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
