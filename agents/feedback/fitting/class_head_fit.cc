#include "agents/feedback/fitting/class_head_fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

#include "agents/feedback/fitting/head_training.h"
#include "agents/feedback/fitting/judging.h"
#include "agents/feedback/models/evaluation.h"
#include "agents/feedback/models/unsafe_threshold.h"
#include "agents/learning/worker_pool.h"
#include "sim/base/fingerprint.h"

namespace lookout::agents {
namespace {

constexpr std::size_t kMostCalibrated = 6000;

// Counts what is named, and finds which classes get a head.
std::vector<ClassReport> CountClasses(const TrainingData& data) {
  struct Count {
    std::int64_t rows = 0;
    std::set<MarkId> marks;
  };
  std::array<Count, kDangerClassCount> named;
  std::array<Count, kDangerClassCount> others;
  for (int row = 0; row < data.labelled_rows(); ++row) {
    const TargetPoint& point = data.point(row);
    if (point.dangers == 0) continue;
    for (DangerClass danger = 1; danger < kDangerClassCount; ++danger) {
      Count& count = (Contains(point.dangers, danger) ? named : others)[danger];
      ++count.rows;
      count.marks.insert(point.source);
    }
  }
  const auto enough = [](const Count& count) {
    return count.rows >= kLeastStepsOfClass && std::ssize(count.marks) >= kLeastMarksOfClass;
  };
  std::vector<ClassReport> reports;
  for (DangerClass danger = 1; danger < kDangerClassCount; ++danger) {
    if (named[danger].rows == 0) continue;
    reports.push_back({.danger = danger,
                       .has_head = enough(named[danger]) && enough(others[danger]),
                       .rows = named[danger].rows,
                       .marks = std::ssize(named[danger].marks)});
  }
  return reports;
}

// Adds the logits of a network to columns of sums, [classes x rows].
void AddLogits(const Mlp& mlp, const TrainingData& data, const std::vector<int>& rows,
               Eigen::MatrixXf& sums, const std::vector<int>& columns) {
  MlpWorkspace workspace(mlp, kColumnBlock);
  Eigen::MatrixXf block(mlp.input_dim(), kColumnBlock);
  for (std::size_t begin = 0; begin < rows.size(); begin += kColumnBlock) {
    const std::size_t n = std::min<std::size_t>(kColumnBlock, rows.size() - begin);
    for (std::size_t i = 0; i < n; ++i) {
      block.col(static_cast<Eigen::Index>(i)) = data.inputs.col(rows[begin + i]);
    }
    const auto logits = mlp.Forward(block.leftCols(static_cast<Eigen::Index>(n)), workspace);
    for (std::size_t i = 0; i < n; ++i) {
      sums.col(columns[begin + i]) += logits.col(static_cast<Eigen::Index>(i));
    }
  }
}

// Rows and the mean logits, [classes x rows], of the networks that count for each.
struct JudgedClasses {
  std::vector<int> rows;
  Eigen::MatrixXf logits;

  std::vector<float> Of(std::size_t head) const {
    const Eigen::VectorXf row = logits.row(static_cast<Eigen::Index>(head));
    return {row.begin(), row.end()};
  }
};

// Of named rows, by the networks that have not learned them; stopped_on: also where they stopped.
JudgedClasses JudgeUnseenClasses(const TrainingData& data, const std::vector<MemberRows>& members,
                                 bool stopped_on, const ClassHeads& heads) {
  Eigen::MatrixXf sums = Eigen::MatrixXf::Zero(std::ssize(heads.classes), std::ssize(data.points));
  std::vector<int> counts(data.points.size(), 0);
  for (std::size_t i = 0; i < members.size(); ++i) {
    std::vector<int> rows = NamedRows(data, members[i].unseen, data.points.size());
    if (stopped_on) {
      const std::vector<int> more = NamedRows(data, members[i].stopped_on, data.points.size());
      rows.insert(rows.end(), more.begin(), more.end());
    }
    AddLogits(heads.members[i], data, rows, sums, rows);
    for (const int row : rows) ++counts[static_cast<std::size_t>(row)];
  }
  JudgedClasses judged;
  for (std::size_t row = 0; row < counts.size(); ++row) {
    if (counts[row] > 0) judged.rows.push_back(static_cast<int>(row));
  }
  judged.rows = SomeRows(judged.rows, kMostCalibrated);
  judged.logits.resize(sums.rows(), std::ssize(judged.rows));
  for (std::size_t i = 0; i < judged.rows.size(); ++i) {
    const int row = judged.rows[i];
    judged.logits.col(static_cast<Eigen::Index>(i)) =
        sums.col(row) / static_cast<float>(counts[static_cast<std::size_t>(row)]);
  }
  return judged;
}

void CalibrateHeads(const TrainingData& data, const std::vector<MemberRows>& members,
                    ClassHeads& heads) {
  const bool nested = std::ssize(data.split.training_groups) >= kLeastGroupsToNest;
  const JudgedClasses judged = JudgeUnseenClasses(data, members, !nested, heads);
  for (std::size_t k = 0; k < heads.classes.size(); ++k) {
    std::vector<double> targets;
    std::vector<double> weights;
    for (const int row : judged.rows) {
      targets.push_back(IsNamed(data, row, heads.classes[k]) ? 1.0 : 0.0);
      weights.push_back(double(data.point(row).weight));
    }
    heads.calibrations.push_back(FitCalibration(judged.Of(k), targets, weights, Calibration{}));
  }
}

// Of what is held out: all that is safe, and what is unsafe and named.
JudgedClasses JudgeHeldOutClasses(const TrainingData& data, const CostEnsemble& ensemble,
                                  std::vector<float>& totals) {
  JudgedClasses judged;
  for (const int row : data.split.held_out) {
    if (!data.point(row).unsafe() || data.point(row).dangers != 0) judged.rows.push_back(row);
  }
  std::vector<int> columns(judged.rows.size());
  std::iota(columns.begin(), columns.end(), 0);
  judged.logits.setZero(std::ssize(ensemble.heads.classes), std::ssize(judged.rows));
  totals.assign(judged.rows.size(), 0.0F);
  LogitReader reader(ensemble.members[0]);
  for (std::size_t i = 0; i < ensemble.members.size(); ++i) {
    reader.AddTo(totals, ensemble.members[i], data, judged.rows);
    AddLogits(ensemble.heads.members[i], data, judged.rows, judged.logits, columns);
  }
  const auto members = static_cast<float>(ensemble.members.size());
  judged.logits /= members;
  for (float& total : totals) total = ensemble.calibration.Probability(total / members);
  return judged;
}

void MeasureHeads(const TrainingData& data, CostEnsemble& ensemble) {
  std::vector<float> totals;
  const JudgedClasses held_out = JudgeHeldOutClasses(data, ensemble, totals);
  for (ClassReport& report : ensemble.report.classes) {
    if (!report.has_head) continue;
    const auto head = static_cast<std::size_t>(ensemble.heads.IndexOf(report.danger));
    std::vector<float> all = held_out.Of(head);
    std::vector<float> dangers;
    std::vector<std::uint8_t> is_named, is_named_danger;
    std::int64_t missed = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      all[i] = totals[i] * ensemble.heads.calibrations[head].Probability(all[i]);
      const bool named = IsNamed(data, held_out.rows[i], report.danger);
      is_named.push_back(named ? 1 : 0);
      report.held_out_rows += named ? 1 : 0;
      missed += named && all[i] < kUnsafeFrom ? 1 : 0;
      if (data.point(held_out.rows[i]).dangers == 0) continue;
      dangers.push_back(all[i]);
      is_named_danger.push_back(is_named.back());
    }
    report.auc = RocAuc(all, is_named);
    report.auc_among = RocAuc(dangers, is_named_danger);
    if (report.held_out_rows > 0) {
      report.miss_rate = static_cast<double>(missed) / static_cast<double>(report.held_out_rows);
    }
  }
}

}  // namespace

void FitClassHeads(const TrainingData& data, const std::vector<MemberRows>& rows,
                   const CostModelSettings& settings, CostEnsemble& ensemble) {
  ensemble.report.classes = CountClasses(data);
  ClassHeads& heads = ensemble.heads;
  for (const ClassReport& report : ensemble.report.classes) {
    if (report.has_head) heads.classes.push_back(report.danger);
  }
  if (heads.empty()) return;
  heads.members.resize(rows.size());
  const auto members = static_cast<int>(rows.size());
  WorkerPool pool(std::min(settings.workers, members));
  pool.ForEach(members, [&](int member, int /*worker*/) {
    const auto at = static_cast<std::size_t>(member);
    const auto seed =
        static_cast<std::uint32_t>(Fnv1a(fmt::format("{} {} classes", settings.seed, member)));
    heads.members[at] = TrainHead(data, heads.classes, rows[at], settings.weight_decay, seed);
  });
  CalibrateHeads(data, rows, heads);
  MeasureHeads(data, ensemble);
}

}  // namespace lookout::agents
