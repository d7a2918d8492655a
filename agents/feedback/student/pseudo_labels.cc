#include "agents/feedback/student/pseudo_labels.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>
#include <vector>

#include "agents/feedback/models/cost_ensemble.h"
#include "agents/feedback/models/cost_reading.h"
#include "agents/feedback/models/observation_history.h"
#include "agents/feedback/models/unsafe_threshold.h"
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
    const Eigen::MatrixXf earlier =
        EarlierObservations(episode.observations, model_.past_inputs().history);
    const Transitions transitions(episode.observations.leftCols(count),
                                  episode.actions.rightCols(count),
                                  episode.observations.rightCols(count), earlier);
    Eigen::VectorXf probability(count);
    Eigen::VectorXf spread(count);
    model_.Predict(transitions, probability, spread);
    Eigen::VectorXf support = Eigen::VectorXf::Ones(count);
    if (settings_.asymmetric && model_.knows_support()) model_.Support(transitions, support);
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

// The observations before a step, as many as the labels have, the latest above.
void WritePast(const Judged& of, Eigen::Index column, LabelledPast& past) {
  const Eigen::Index dim = of.episode->observations.rows();
  for (Eigen::Index at = 0; at * dim < past.observations.rows(); ++at) {
    const Eigen::Index from = std::max<Eigen::Index>(of.step - 1 - at, 0);
    past.observations.col(column).segment(at * dim, dim) = of.episode->observations.col(from);
  }
  if (past.actions.rows() > 0) past.actions.col(column) = of.episode->actions.col(of.step);
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
  taught.past.actions.resize(labels.past.actions.rows(), columns);
  for (Eigen::Index i = 0; i < columns; ++i) {
    const Judged& of = chosen[static_cast<std::size_t>(i)];
    taught.observations.col(i) = of.episode->observations.col(of.step);
    WritePast(of, i, taught.past);
    TargetPoint point{.episode = of.episode->id, .step = of.step};
    const float verdict = of.probability >= kUnsafeFrom ? 1.0F : 0.0F;
    point.target = settings.soft ? of.probability : verdict;
    point.marked = false;
    taught.points.push_back(point);
  }
  return taught;
}

}  // namespace lookout::agents
