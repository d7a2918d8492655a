#include "agents/feedback/student/pseudo_labels.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "agents/feedback/models/cost_ensemble.h"
#include "agents/feedback/models/cost_reading.h"
#include "agents/feedback/models/unsafe_threshold.h"
#include "agents/feedback/transitions/observation_history.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

constexpr double kUnsafeShare = 0.25;

struct Judged {
  const RecordedSteps* episode = nullptr;
  StepIndex step = 0;
  float probability = 0.0F;
};

struct JudgedApart {
  std::vector<Judged> unsafe;
  std::vector<Judged> safe;
};

// Of a mean and deviation over so many numbers, none is above this (Samuelson 1968).
double MostOf(double mean, double deviation, double count) {
  return mean + std::sqrt(std::max(count - 1.0, 0.0)) * deviation;
}

class Teacher {
 public:
  Teacher(const CostModel& model, const LabelSet& labels, const StudentSettings& settings)
      : model_(model), settings_(settings) {
    for (const TargetPoint& point : labels.points) said_.emplace(point.episode, point.step);
    if (const CostEnsemble* ensemble = model.ensemble()) {
      members_ = static_cast<double>(ensemble->members.size());
      held_out_.insert(ensemble->episodes.held_out.begin(), ensemble->episodes.held_out.end());
    }
  }

  void Judge(const RecordedSteps& episode, JudgedApart& judged) const {
    const Eigen::Index count = episode.observations.cols() - 1;
    if (count < 1 || held_out_.contains(episode.id)) return;
    const EpisodeTransitions transitions(episode.observations, episode.actions.rightCols(count),
                                         model_.past_inputs());
    Eigen::VectorXf probability(count);
    Eigen::VectorXf spread(count);
    model_.Predict(transitions.steps(), probability, spread);
    Eigen::VectorXf support = Eigen::VectorXf::Ones(count);
    if (settings_.asymmetric && model_.knows_support())
      model_.Support(transitions.steps(), support);
    for (Eigen::Index i = 0; i < count; ++i) {
      const auto step = static_cast<StepIndex>(i + 1);
      if (std::isnan(probability[i]) || said_.contains({episode.id, step})) continue;
      if (probability[i] >= kUnsafeFrom) {
        judged.unsafe.push_back({&episode, step, probability[i]});
      } else if (!settings_.asymmetric || IsSurelySafe(probability[i], spread[i], support[i])) {
        judged.safe.push_back({&episode, step, probability[i]});
      }
    }
  }

 private:
  bool IsSurelySafe(float probability, float spread, float support) const {
    return support >= kUnknownBelow &&
           MostOf(double(probability), double(spread), members_) < kSurelySafeBelow;
  }

  const CostModel& model_;
  const StudentSettings& settings_;
  std::set<std::pair<EpisodeId, StepIndex>> said_;
  std::set<EpisodeId> held_out_;
  double members_ = 1.0;
};

// The first ones of a random order; again from the start of it where that many are not there.
void Draw(std::vector<Judged> from, std::size_t count, bool again, RandomState& random,
          std::vector<Judged>& to) {
  for (std::size_t left = from.size(); left > 1; --left) {
    std::swap(from[left - 1],
              from[static_cast<std::size_t>(random.Choice(static_cast<int>(left)))]);
  }
  if (!again) count = std::min(count, from.size());
  for (std::size_t i = 0; i < count && !from.empty(); ++i) to.push_back(from[i % from.size()]);
}

std::vector<Judged> Choose(JudgedApart judged, std::size_t count, bool balanced,
                           RandomState& random) {
  std::vector<Judged> chosen;
  if (balanced) {
    const auto unsafe = judged.unsafe.empty()
                            ? std::size_t{0}
                            : static_cast<std::size_t>(kUnsafeShare * static_cast<double>(count));
    Draw(std::move(judged.unsafe), unsafe, true, random, chosen);
    Draw(std::move(judged.safe), count - unsafe, false, random, chosen);
  } else {
    std::vector<Judged> all = std::move(judged.unsafe);
    all.insert(all.end(), judged.safe.begin(), judged.safe.end());
    Draw(std::move(all), count, false, random, chosen);
  }
  return chosen;
}

// What was before each step, as much as the labels have. past: a column for each of `chosen`.
void WritePast(const std::vector<Judged>& chosen, const std::vector<LidarInput>& lidars,
               LabelledPast& past) {
  std::map<const RecordedSteps*, std::vector<Eigen::Index>> columns;  // of each episode
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    columns[chosen[i].episode].push_back(static_cast<Eigen::Index>(i));
  }
  for (const auto& [episode, of_episode] : columns) {
    const Eigen::Index dim = episode->observations.rows();
    const auto observations = static_cast<int>(past.observations.rows() / dim);
    const PastInputs reach{.history = observations - PastInputs::kRowsPerTrace * past.traces,
                           .traces = past.traces,
                           .lidars = lidars};
    const EpisodeTransitions transitions(
        episode->observations, episode->actions.rightCols(episode->observations.cols() - 1), reach);
    for (const Eigen::Index column : of_episode) {
      const StepIndex step = chosen[static_cast<std::size_t>(column)].step;
      if (past.observations.rows() > 0) {
        past.observations.col(column) << transitions.steps().observations.col(step - 1),
            transitions.steps().earlier.col(step - 1);
      }
      if (past.actions.rows() > 0) past.actions.col(column) = episode->actions.col(step);
    }
  }
}

}  // namespace

LabelSet PseudoLabels(const CostModel& teacher, std::span<const RecordedSteps> recorded,
                      const LabelSet& labels, const StudentSettings& settings, std::uint32_t seed) {
  const Teacher judge(teacher, labels, settings);
  JudgedApart judged;
  for (const RecordedSteps& episode : recorded) judge.Judge(episode, judged);
  RandomState random(seed);
  const auto count =
      static_cast<std::size_t>(settings.unlabelled * static_cast<double>(labels.rows()));
  const std::vector<Judged> chosen = Choose(std::move(judged), count, settings.balanced, random);
  const auto columns = static_cast<Eigen::Index>(chosen.size());
  LabelSet taught;
  taught.observations.resize(labels.observations.rows(), columns);
  taught.past.observations.resize(labels.past.observations.rows(), columns);
  taught.past.traces = labels.past.traces;
  taught.past.actions.resize(labels.past.actions.rows(), columns);
  for (Eigen::Index i = 0; i < columns; ++i) {
    const Judged& of = chosen[static_cast<std::size_t>(i)];
    taught.observations.col(i) = of.episode->observations.col(of.step);
    TargetPoint point{.episode = of.episode->id, .step = of.step};
    const float verdict = of.probability >= kUnsafeFrom ? 1.0F : 0.0F;
    point.target = settings.soft ? of.probability : verdict;
    point.marked = false;
    taught.points.push_back(point);
  }
  WritePast(chosen, teacher.past_inputs().lidars, taught.past);
  return taught;
}

}  // namespace lookout::agents
