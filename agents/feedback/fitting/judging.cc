#include "agents/feedback/fitting/judging.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>

#include "agents/feedback/fitting/slip_estimate.h"
#include "agents/feedback/models/evaluation.h"

namespace lookout::agents {
namespace {

// Rows and the mean logit of the members that count for each.
struct JudgedRows {
  std::vector<int> rows;
  std::vector<float> logits;
  bool both_classes(const TrainingData& data) const {
    const auto unsafe =
        std::ranges::count_if(rows, [&](int row) { return data.point(row).unsafe(); });
    return unsafe > 0 && unsafe < std::ssize(rows);
  }
};

// Of the training rows that some member has not learned from; stopped_on: also of those that it
// stopped on.
JudgedRows JudgeUnseen(const CostEnsemble& ensemble, const TrainingData& data,
                       const std::vector<MemberRows>& members, bool stopped_on) {
  std::vector<float> sums(data.points.size(), 0.0F);
  std::vector<int> counts(data.points.size(), 0);
  LogitReader reader(ensemble.members[0]);
  for (std::size_t i = 0; i < members.size(); ++i) {
    std::vector<int> rows = members[i].unseen;
    if (stopped_on) {
      rows.insert(rows.end(), members[i].stopped_on.begin(), members[i].stopped_on.end());
    }
    std::vector<float> logits(rows.size(), 0.0F);
    reader.AddTo(logits, ensemble.members[i], data, rows);
    for (std::size_t k = 0; k < rows.size(); ++k) {
      sums[static_cast<std::size_t>(rows[k])] += logits[k];
      ++counts[static_cast<std::size_t>(rows[k])];
    }
  }
  JudgedRows judged;
  for (std::size_t row = 0; row < sums.size(); ++row) {
    if (counts[row] == 0) continue;
    judged.rows.push_back(static_cast<int>(row));
    judged.logits.push_back(sums[row] / static_cast<float>(counts[row]));
  }
  return judged;
}

JudgedRows JudgeHeldOut(const CostEnsemble& ensemble, const TrainingData& data) {
  JudgedRows judged{data.split.held_out, std::vector<float>(data.split.held_out.size(), 0.0F)};
  LogitReader reader(ensemble.members[0]);
  for (const Mlp& member : ensemble.members) {
    reader.AddTo(judged.logits, member, data, judged.rows);
  }
  for (float& logit : judged.logits) logit /= static_cast<float>(ensemble.members.size());
  return judged;
}

// At most, evenly: more say nothing new of a handful of numbers.
JudgedRows Some(const JudgedRows& all) {
  constexpr std::size_t kMost = 6000;
  const std::size_t every = (all.rows.size() + kMost - 1) / kMost;
  if (every <= 1) return all;
  JudgedRows some;
  for (std::size_t i = 0; i < all.rows.size(); i += every) {
    some.rows.push_back(all.rows[i]);
    some.logits.push_back(all.logits[i]);
  }
  return some;
}

// The slips on all that some member has not learned; with them, the calibration on what none of
// those that count has stopped on either, or on all that where there are too few.
SlipTable Calibrate(const TrainingData& data, const std::vector<MemberRows>& members,
                    CostEnsemble& ensemble) {
  SlipTable slips = data.slips;
  const JudgedRows all = Some(JudgeUnseen(ensemble, data, members, true));
  if (!all.both_classes(data)) {
    // Nothing to calibrate on: only take back what the weights did to the prior odds.
    ensemble.calibration.bias = std::log(double(data.safe_weight) / double(data.unsafe_weight));
    for (SlipChances& of : slips) of = {};
    return slips;
  }
  EstimateSlips(SaidByRow(data, all.rows, all.logits).rows(), data.prior_rows, slips,
                ensemble.calibration);
  const JudgedRows unseen = Some(JudgeUnseen(ensemble, data, members, false));
  if (std::ssize(data.split.training_groups) >= kLeastGroupsToNest && unseen.both_classes(data)) {
    ensemble.calibration = CalibrateWith(SaidByRow(data, unseen.rows, unseen.logits).rows(), slips,
                                         ensemble.calibration);
  }
  return slips;
}

// On the rows that are held out.
void Measure(const TrainingData& data, const SlipTable& slips, CostEnsemble& ensemble) {
  const JudgedRows held_out = JudgeHeldOut(ensemble, data);
  std::vector<std::uint8_t> unsafe;
  std::vector<float> probabilities;
  for (std::size_t i = 0; i < held_out.rows.size(); ++i) {
    const int row = held_out.rows[i];
    unsafe.push_back(data.point(row).unsafe() ? 1 : 0);
    const double probability = double(ensemble.calibration.Probability(held_out.logits[i]));
    probabilities.push_back(static_cast<float>(data.SlipsOf(row, slips).SaysUnsafe(probability)));
  }
  CostModelReport& report = ensemble.report;
  report.auc = RocAuc(held_out.logits, unsafe);
  report.brier = BrierScore(probabilities, unsafe);
  report.reliability = ReliabilityBins(probabilities, unsafe);
  report.expected_calibration_error = ExpectedCalibrationError(report.reliability);
}

// The probability that a row is unsafe, by what the networks predict of it and what is said.
double UnsafeAsSaid(const TrainingData& data, int row, double predicted, const SlipTable& slips) {
  const SlipChances& of = data.SlipsOf(row, slips);
  const auto target = double(data.point(row).target);
  return of.at_their_word() ? target : of.Posterior(predicted, target);
}

// What rows come to, each by a weight.
struct ShareOfUnsafe {
  double unsafe = 0.0;
  double rows = 0.0;
  void Add(double weight, double probability) {
    unsafe += weight * probability;
    rows += weight;
  }
  double share() const { return unsafe / rows; }
};

constexpr double kLeastShare = 1e-4;

double LogOdds(double share) { return std::log(share / (1.0 - share)); }

// Of the viewed steps: those that are rows, and all others, which nobody called unsafe.
double ShareOfViewed(const ShareOfUnsafe& judged, double marked, double viewed, bool all_are_rows) {
  return judged.share() * (all_are_rows ? 1.0 : std::min(1.0, marked / viewed));
}

// What is said of rows that were drawn by chance, each for all that it stands for. Together they
// count like as many rows as there are marks, for the steps of one mark slip together.
class AuditedRows {
 public:
  AuditedRows(const TrainingData& data, const JudgedRows& judged) : data_(data) {
    double stand_for = 0.0;
    for (std::size_t i = 0; i < judged.rows.size(); ++i) {
      const TargetPoint& point = data.point(judged.rows[i]);
      if (point.audit_chance <= 0.0F) continue;
      const double weight = double(point.marked ? point.weight : point.stands_for);
      rows_.push_back({judged.rows[i], judged.logits[i], weight / double(point.audit_chance)});
      stand_for += rows_.back().weight;
    }
    const double count = static_cast<double>(rows_.size()) / data.steps_per_mark;
    for (Row& row : rows_) row.weight *= count / stand_for;
  }

  bool empty() const { return rows_.empty(); }

  // What the logits lack in the mean: the bias to be added of greatest posterior probability, a
  // standard normal distribution before anything is said, by Newton's method.
  double MissingBias(const Calibration& calibration, const SlipTable& slips) const {
    constexpr int kMostRounds = 100;
    constexpr double kMostStep = 0.5;
    double bias = 0.0;
    for (int round = 0; round < kMostRounds; ++round) {
      double gradient = -bias;
      double curvature = 1.0;
      for (const Row& row : rows_) {
        const double predicted = Predicted(row, calibration, bias);
        gradient += row.weight * (UnsafeBy(row, predicted, slips) - predicted);
        curvature += row.weight * predicted * (1.0 - predicted);
      }
      const double step = std::clamp(gradient / curvature, -kMostStep, kMostStep);
      bias += step;
      if (std::abs(step) < 1e-9) break;
    }
    return bias;
  }

  double MeanPrediction(const Calibration& calibration) const {
    ShareOfUnsafe share;
    for (const Row& row : rows_) share.Add(row.weight, Predicted(row, calibration, 0.0));
    return share.share();
  }

 private:
  struct Row {
    int index = 0;
    float logit = 0.0F;
    double weight = 0.0;
  };

  static double Predicted(const Row& row, Calibration calibration, double bias) {
    calibration.bias += bias;
    return double(calibration.Probability(row.logit));
  }

  double UnsafeBy(const Row& row, double predicted, const SlipTable& slips) const {
    return UnsafeAsSaid(data_, row.index, predicted, slips);
  }

  const TrainingData& data_;
  std::vector<Row> rows_;
};

// Moves the calibration from what was marked to what was viewed.
void ShiftPrior(const LabelSet& labels, const TrainingData& data, const SlipTable& slips,
                const std::vector<MemberRows>& members, CostEnsemble& ensemble) {
  const auto marked = std::ranges::count_if(labels.points, &TargetPoint::marked);
  const JudgedRows judged = Some(JudgeUnseen(ensemble, data, members, true));
  Calibration& calibration = ensemble.calibration;
  ShareOfUnsafe all;
  for (std::size_t i = 0; i < judged.rows.size(); ++i) {
    const TargetPoint& point = data.point(judged.rows[i]);
    all.Add(double(point.marked ? point.weight : point.stands_for),
            UnsafeAsSaid(data, judged.rows[i], double(calibration.Probability(judged.logits[i])),
                         slips));
  }
  CostModelReport& report = ensemble.report;
  report.viewed_rows = labels.viewed_steps;
  if (all.rows == 0.0 || labels.viewed_steps == 0) return;
  const bool all_are_rows = marked < labels.rows();
  const double share = std::clamp(
      ShareOfViewed(all, double(marked), static_cast<double>(labels.viewed_steps), all_are_rows),
      kLeastShare, 1.0 - kLeastShare);
  calibration.bias +=
      LogOdds(share) - LogOdds(std::clamp(all.share(), kLeastShare, 1.0 - kLeastShare));
  report.unsafe_share = share;
  const AuditedRows audited(data, judged);
  if (audited.empty()) return;
  calibration.bias += audited.MissingBias(calibration, slips);
  report.unsafe_share = audited.MeanPrediction(calibration);
}

void ReportSlips(const LabelSet& labels, const SlipTable& slips, CostModelReport& report) {
  for (std::size_t i = 0; i + 1 < slips.size(); ++i) {
    if (slips[i + 1].at_their_word()) continue;
    AnnotatorSlips of{.annotator = labels.annotators[i],
                      .false_alarm_rate = slips[i + 1].false_alarm,
                      .miss_rate = slips[i + 1].miss};
    of.rows = std::ranges::count_if(labels.points, [&](const TargetPoint& point) {
      return point.annotator == static_cast<std::int32_t>(i);
    });
    report.annotators.push_back(std::move(of));
  }
}

}  // namespace

void Judge(const LabelSet& labels, const TrainingData& data, const std::vector<MemberRows>& rows,
           CostEnsemble& ensemble) {
  const SlipTable slips = Calibrate(data, rows, ensemble);
  Measure(data, slips, ensemble);
  ShiftPrior(labels, data, slips, rows, ensemble);
  ReportSlips(labels, slips, ensemble.report);
}

Support SupportOf(const TrainingData& data) {
  constexpr std::int64_t kSome = Support::kMostLookedAt / 2;
  const std::int64_t points = std::min<std::int64_t>(data.labelled_rows(), kSome);
  const std::int64_t pairs = std::min<std::int64_t>(std::ssize(data.pairs), kSome / 2);
  Eigen::MatrixXf inputs(data.inputs.rows(), points + 4 * pairs);
  std::vector<int> groups;
  for (std::int64_t i = 0; i < points; ++i) {
    const auto row = static_cast<int>(i * data.labelled_rows() / points);
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

}  // namespace lookout::agents
