#include "agents/feedback/fitting/cost_model_fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "agents/feedback/fitting/class_head_fit.h"
#include "agents/feedback/fitting/judging.h"
#include "agents/feedback/fitting/label_inputs.h"
#include "agents/feedback/fitting/mark_shares.h"
#include "agents/feedback/fitting/member_training.h"
#include "agents/feedback/fitting/noisy_inputs.h"
#include "agents/feedback/fitting/other_sights.h"
#include "agents/feedback/fitting/warm_start.h"
#include "agents/feedback/models/cost_ensemble.h"
#include "agents/learning/worker_pool.h"
#include "sim/base/fingerprint.h"

namespace lookout::agents {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kWeightNoise = 0.1;  // where noise is asked for

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

// 1 if nothing is marked.
double StepsPerMark(const LabelSet& labels) {
  std::set<MarkId> sources;
  std::int64_t marked = 0;
  for (const TargetPoint& point : labels.points) {
    if (!point.marked) continue;
    sources.insert(point.source);
    ++marked;
  }
  if (marked == 0) return 1.0;
  return static_cast<double>(marked) / static_cast<double>(std::ssize(sources));
}

// Of those who say both unsafe and safe; going on from what the model before held of them.
void StartSlips(const LabelSet& labels, const CostModelSettings& settings, TrainingData& data) {
  std::vector<std::array<bool, 2>> says(labels.annotators.size(), {false, false});
  for (const TargetPoint& point : labels.points) {
    if (point.annotator == kNobody || !point.marked) continue;
    says[static_cast<std::size_t>(point.annotator)][point.unsafe() ? 1 : 0] = true;
  }
  for (std::size_t i = 0; i < says.size(); ++i) {
    if (!says[i][0] || !says[i][1]) continue;
    data.slips[i + 1] = {SlipChances::kFirst, SlipChances::kFirst};
    if (settings.previous == nullptr) continue;
    for (const AnnotatorSlips& before : settings.previous->report().annotators) {
      if (before.annotator != labels.annotators[i]) continue;
      data.slips[i + 1] = {before.false_alarm_rate, before.miss_rate};
    }
  }
  constexpr double kPriorMarks = 10.0;
  data.prior_rows = kPriorMarks * data.steps_per_mark;
}

// Lays what is taught beside the labels, normalised like them.
void AddLessons(const LabelSet& labels, const Lessons& lessons, const CostEnsemble& ensemble,
                TrainingData& data) {
  const LabelSet& taught = lessons.taught;
  data.weight_noise = lessons.weight_noise;
  if (taught.points.empty()) return;
  LOOKOUT_CHECK(taught.observations.rows() == labels.observations.rows() &&
                    taught.observations.cols() == taught.rows() &&
                    taught.past.observations.rows() == labels.past.observations.rows() &&
                    taught.past.actions.rows() == labels.past.actions.rows(),
                "what is taught looks like what was labelled");
  const Eigen::Index labelled = data.inputs.cols();
  Eigen::MatrixXf inputs(data.inputs.rows(), labelled + taught.rows());
  inputs.leftCols(labelled) = data.inputs;
  ensemble.inputs.Write(PointTransitions(taught), inputs.rightCols(taught.rows()));
  auto of_taught = inputs.rightCols(taught.rows());
  ensemble.normaliser.Apply(of_taught);
  data.inputs = std::move(inputs);
  data.points.insert(data.points.end(), taught.points.begin(), taught.points.end());
  data.shares.resize(data.points.size(), 1.0F);
  data.taught_rows = static_cast<int>(taught.rows());
}

// Normalises the labels and weighs their classes.
TrainingData Prepare(const LabelSet& labels, const CostModelSettings& settings, DataSplit split,
                     CostEnsemble& ensemble) {
  TrainingData data;
  data.split = std::move(split);
  data.points = labels.points;
  data.shares = MarkShares(labels.points);
  data.pairs = labels.pairs;
  data.inputs.resize(ensemble.inputs.dim(), labels.observations.cols());
  ensemble.inputs.Write(PointTransitions(labels), data.inputs);
  Eigen::MatrixXf training(data.inputs.rows(), data.split.training.size());
  double unsafe = 0.0;
  double rows = 0.0;
  for (std::size_t i = 0; i < data.split.training.size(); ++i) {
    const int row = data.split.training[i];
    training.col(static_cast<Eigen::Index>(i)) = data.inputs.col(row);
    unsafe += double(data.weight(row)) * double(data.point(row).target);
    rows += double(data.weight(row));
  }
  ensemble.normaliser = Normaliser(ensemble.inputs.dim());
  if (training.cols() > 0) ensemble.normaliser.Update(training);
  if (!data.pairs.empty()) {
    data.pair_inputs.resize(data.inputs.rows(), labels.pair_observations.cols());
    ensemble.inputs.Write(PairTransitions(labels), data.pair_inputs);
    ensemble.normaliser.Update(data.pair_inputs);
    ensemble.normaliser.Apply(data.pair_inputs);
  }
  ensemble.normaliser.Apply(data.inputs);
  data.slips.resize(labels.annotators.size() + 1);
  data.steps_per_mark = StepsPerMark(labels);
  if (settings.slips) StartSlips(labels, settings, data);
  const bool anybody_slips =
      !std::ranges::all_of(data.slips, [](const SlipChances& of) { return of.at_their_word(); });
  if (settings.balance_classes && !anybody_slips && unsafe > 0.0 && unsafe < rows) {
    data.unsafe_weight = static_cast<float>(0.5 * rows / unsafe);
    data.safe_weight = static_cast<float>(0.5 * rows / (rows - unsafe));
  }
  return data;
}

struct TrainedMember {
  MemberRows rows;
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
  MemberRows rows = DrawRows(data.split, labels, seed);
  for (int row = 0; row < data.taught_rows; ++row) {
    rows.learned.push_back(data.labelled_rows() + row);
  }
  MemberTraining training(data, settings, {rows.learned, rows.stopped_on, seed, start});
  const MemberTraining::Outcome outcome = training.Run(on_update);
  return {std::move(rows), outcome, training.mlp(), training.best_epoch()};
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
                    const FitProgress& progress, std::vector<MemberRows>& rows,
                    CostEnsemble& ensemble) {
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
    rows.push_back(std::move(member.rows));
    epochs += member.best_epoch;
  }
  ensemble.report.epochs = (epochs + settings.members / 2) / settings.members;
  ensemble.report.went_on = warm.has_value();
  return {};
}

Result<CostModelPtr> FitWith(const LabelSet& labels, const CostModelSettings& settings,
                             CostModelId id, const FitProgress& progress, const Lessons& lessons) {
  const Clock::time_point start = Clock::now();
  const std::int64_t unsafe = std::ranges::count_if(labels.points, &TargetPoint::unsafe);
  if (const Status status = CheckRanges(settings, "The cost model's setting "); !status)
    return status.error();
  if (const Status status = CheckLabels(labels, unsafe); !status) return status.error();

  auto inputs = InputsFor(labels, settings);
  if (!inputs) return inputs.error();

  const auto warm = WarmStartFrom(settings.previous, labels, settings, *inputs);
  CostEnsemble ensemble{.id = id, .signature = settings.signature, .inputs = std::move(*inputs)};
  TrainingData data =
      Prepare(labels, settings, warm ? warm->split : SplitAnew(labels, settings), ensemble);
  AddLessons(labels, lessons, ensemble, data);
  const NoisyInputs noisy(labels, lessons, ensemble.inputs, ensemble.normaliser);
  if (lessons.changes_inputs()) data.noisy = &noisy;
  ensemble.episodes = EpisodesOf(data.split, labels);
  std::vector<MemberRows> rows;
  if (Status done = TrainMembers(labels, data, settings, warm, progress, rows, ensemble); !done) {
    return done.error();
  }
  Judge(labels, data, rows, ensemble);
  if (settings.classes) FitClassHeads(data, rows, settings, ensemble);
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

}  // namespace

Result<CostModelPtr> FitCostModel(const LabelSet& labels, const CostModelSettings& settings,
                                  CostModelId id, const FitProgress& progress,
                                  const Lessons& lessons) {
  if (!settings.noise || lessons.changes_inputs()) {
    return FitWith(labels, settings, id, progress, lessons);
  }
  Lessons noisy = lessons;
  noisy.noise = OtherSights(settings.signature);
  noisy.weight_noise = kWeightNoise;
  return FitWith(labels, settings, id, progress, noisy);
}

}  // namespace lookout::agents
