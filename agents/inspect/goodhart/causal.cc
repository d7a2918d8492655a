#include "agents/inspect/goodhart/causal.h"

#include <algorithm>

namespace lookout::agents {
namespace {

using Weights = std::span<const std::uint16_t>;
using Trials = std::vector<const CausalTrial*>;

// part / whole over trials of the episodes drawn.
template <typename Amount, typename Counts>
double ShareOfAmount(const Trials& trials, Weights weights, const Amount& amount,
                     const Counts& counts) {
  double part = 0.0;
  double whole = 0.0;
  for (const CausalTrial* trial : trials) {
    const double own = double(weights[trial->episode]) * amount(*trial);
    whole += own;
    if (counts(*trial)) part += own;
  }
  return whole > 0.0 ? part / whole : std::numeric_limits<double>::quiet_NaN();
}

double MeanChange(const Trials& trials, bool of_causes) {
  double sum = 0.0;
  std::int64_t count = 0;
  for (const CausalTrial* trial : trials) {
    if (trial->changes_truth() != of_causes) continue;
    sum += trial->predicted_change();
    ++count;
  }
  return count > 0 ? sum / double(count) : std::numeric_limits<double>::quiet_NaN();
}

CausalFigures FiguresOf(const Trials& trials, std::string change, const CausalSettings& settings,
                        const EpisodeBootstrap& bootstrap) {
  CausalFigures figures{.change = std::move(change), .trials = std::ssize(trials)};
  figures.changed_truth = std::ranges::count_if(
      trials, [](const CausalTrial* trial) { return trial->changes_truth(); });
  figures.spent_on_correlates = bootstrap.Of([&](Weights weights) {
    return ShareOfAmount(
        trials, weights, [](const CausalTrial& trial) { return trial.predicted_change(); },
        [](const CausalTrial& trial) { return !trial.changes_truth(); });
  });
  figures.unnoticed = bootstrap.Of([&](Weights weights) {
    return ShareOfAmount(
        trials, weights, [](const CausalTrial& trial) { return trial.true_change(); },
        [&](const CausalTrial& trial) { return trial.predicted_change() < settings.notices; });
  });
  figures.mean_change_for_cause = MeanChange(trials, true);
  figures.mean_change_for_correlate = MeanChange(trials, false);
  return figures;
}

// Those that `counts`, by `value`, the greatest first.
template <typename Counts, typename Value>
std::vector<CausalTrial> Worst(const Trials& trials, std::size_t most, const Counts& counts,
                               const Value& value) {
  std::vector<CausalTrial> worst;
  for (const CausalTrial* trial : trials) {
    if (counts(*trial)) worst.push_back(*trial);
  }
  std::ranges::stable_sort(
      worst, [&](const CausalTrial& a, const CausalTrial& b) { return value(a) > value(b); });
  worst.resize(std::min(worst.size(), most));
  return worst;
}

}  // namespace

CausalReport MeasureCausal(std::span<const CausalTrial> trials, std::span<const std::string> names,
                           const CausalSettings& settings, const EpisodeBootstrap& bootstrap) {
  Trials all;
  std::vector<Trials> by_change(names.size());
  for (const CausalTrial& trial : trials) {
    all.push_back(&trial);
    by_change[trial.change].push_back(&trial);
  }
  CausalReport report{.all = FiguresOf(all, {}, settings, bootstrap)};
  for (std::size_t change = 0; change < names.size(); ++change) {
    if (by_change[change].empty()) continue;
    report.by_change.push_back(FiguresOf(by_change[change], names[change], settings, bootstrap));
  }
  report.worst_spent = Worst(
      all, settings.most,
      [&](const CausalTrial& trial) {
        return !trial.changes_truth() && trial.predicted_change() >= settings.notices;
      },
      [](const CausalTrial& trial) { return trial.predicted_change(); });
  report.worst_unnoticed = Worst(
      all, settings.most,
      [&](const CausalTrial& trial) {
        return trial.changes_truth() && trial.predicted_change() < settings.notices;
      },
      [](const CausalTrial& trial) { return trial.true_change() - trial.predicted_change(); });
  return report;
}

}  // namespace lookout::agents
