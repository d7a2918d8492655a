// Fits to what annotators say who err, against the truth.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/fitting/slip_estimate.h"
#include "agents/feedback/models/evaluation.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

using doctest::Approx;

constexpr int kSteps = 400;
constexpr int kMarkSteps = 20;

// A walk along a line, unsafe beyond 1: about one step in twelve.
Eigen::VectorXf Walk(std::uint32_t seed) {
  RandomState random(seed);
  Eigen::VectorXf places(kSteps);
  double x = random.Normal();
  for (int step = 0; step < kSteps; ++step) {
    x += 0.12 * random.Normal() - 0.012 * x;
    places[step] = static_cast<float>(x);
  }
  return places;
}
bool IsUnsafe(float place) { return place > 1.0F; }

// Marks of 20 steps, of which half are unsafe where there are enough, each with its verdict flipped
// at the annotator's rate.
struct Marks {
  std::vector<double> flips;  // [annotators]
  int episodes = 30;
  int marks_of_episode = 8;
};

LabelSet Labels(const Marks& marks) {
  LabelSet labels;
  RandomState random(11);
  std::vector<float> seen;
  for (std::size_t i = 0; i < marks.flips.size(); ++i) labels.annotators.push_back(fmt::to_string(i));
  for (int episode = 0; episode < marks.episodes; ++episode) {
    const Eigen::VectorXf places = Walk(static_cast<std::uint32_t>(episode));
    for (int mark = 0; mark < marks.marks_of_episode; ++mark) {
      int begin = random.Choice(kSteps - kMarkSteps);
      for (int i = 0; i < 40 && mark % 2 == 0 && !IsUnsafe(places[begin]); ++i) {
        begin = random.Choice(kSteps - kMarkSteps);
      }
      const bool unsafe = IsUnsafe(places[begin]);
      const int annotator = random.Choice(static_cast<int>(marks.flips.size()));
      const bool flipped =
          random.RandomSample() < marks.flips[static_cast<std::size_t>(annotator)];
      const MarkId id{1 + episode * marks.marks_of_episode + mark};
      for (int step = begin; step < begin + kMarkSteps; ++step) {
        if (IsUnsafe(places[step]) != unsafe) break;
        seen.push_back(places[step]);
        labels.points.push_back({.target = unsafe != flipped ? 1.0F : 0.0F,
                                 .episode = {1 + episode},
                                 .step = step,
                                 .source = id,
                                 .annotator = annotator});
      }
    }
    labels.viewed_steps += kSteps;
  }
  labels.observations = Eigen::Map<Eigen::MatrixXf>(seen.data(), 1, std::ssize(seen));
  return labels;
}

CostModelPtr Fit(const LabelSet& labels, const CostModelSettings& settings = {}) {
  auto model = FitCostModel(labels, settings, {1});
  REQUIRE_MESSAGE(model.ok(), (model.ok() ? "" : model.error().message));
  return *model;
}

struct Truth {
  double ratio = 0.0;  // learned / true cost of new episodes
  double auc = 0.0;
};

Truth Against(const CostModel& model) {
  double learned = 0.0;
  double unsafe = 0.0;
  std::vector<float> scores;
  std::vector<std::uint8_t> classes;
  for (std::uint32_t seed = 1000; seed < 1060; ++seed) {
    const Eigen::VectorXf places = Walk(seed);
    Eigen::VectorXf probability(kSteps), spread(kSteps);
    model.Predict(Eigen::MatrixXf(places.transpose()), probability, spread);
    learned += double(probability.sum());
    for (int step = 0; step < kSteps; ++step) {
      scores.push_back(probability[step]);
      classes.push_back(IsUnsafe(places[step]) ? 1 : 0);
      unsafe += classes.back();
    }
  }
  return {learned / unsafe, RocAuc(scores, classes)};
}

TEST_CASE("flipped verdicts are found out, and the learned cost is the true one") {
  for (const double flips : {0.0, 0.1, 0.2}) {
    CAPTURE(flips);
    const LabelSet labels = Labels({.flips = {flips}, .episodes = 60});
    const CostModelPtr plain = Fit(labels, {.slips = false});
    const CostModelPtr model = Fit(labels);
    REQUIRE(model->report().annotators.size() == 1);
    const AnnotatorSlips& slips = model->report().annotators[0];
    const Truth with = Against(*model), without = Against(*plain);
    MESSAGE("flips " << flips << ": false alarms " << slips.false_alarm_rate << ", misses "
                     << slips.miss_rate << "; ratio " << with.ratio << ", plain " << without.ratio
                     << "; AUC " << with.auc << ", plain " << without.auc);
    CHECK(std::abs(slips.false_alarm_rate - flips) < 0.05);
    CHECK(std::abs(slips.miss_rate - flips) < 0.05);
    CHECK(with.ratio == Approx(1.0).epsilon(0.25));
  }
}

}  // namespace
}  // namespace lookout::agents
