// Fits to what annotators say who err, against the truth.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "agents/feedback/annotators/simulated_annotator.h"
#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/fitting/slip_estimate.h"
#include "agents/feedback/models/evaluation.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

using doctest::Approx;

constexpr int kSlipSteps = 400;

// A walk along a line, unsafe beyond 1: about one step in twelve.
Eigen::VectorXf SlippingWalk(std::uint32_t seed) {
  RandomState random(seed);
  Eigen::VectorXf places(kSlipSteps);
  double x = random.Normal();
  for (int step = 0; step < kSlipSteps; ++step) {
    x += 0.12 * random.Normal() - 0.012 * x;
    places[step] = static_cast<float>(x);
  }
  return places;
}
bool IsMeantUnsafe(float place) { return place > 1.0F; }

// What came of marks, and how many of the rows are slips.
struct Made {
  LabelSet labels;
  std::vector<SlipChances> slips;  // [annotators]
};

// Episodes marked in turns by annotators who mark all that is unsafe and some of what is safe, and
// flip each verdict at their rate.
Made Make(const std::vector<double>& flips, const LabelRule& rule = {}, int episodes = 60) {
  RandomState random(11);
  std::vector<Mark> marks;
  std::vector<std::pair<EpisodeId, StepIndex>> lengths;
  for (int episode = 0; episode < episodes; ++episode) {
    const Eigen::VectorXf places = SlippingWalk(static_cast<std::uint32_t>(episode));
    std::vector<float> costs;
    for (const float place : places) costs.push_back(IsMeantUnsafe(place) ? 1.0F : 0.0F);
    const auto annotator = static_cast<std::size_t>(episode) % flips.size();
    const AnnotatorSettings settings{.name = fmt::to_string(annotator),
                                     .flip_rate = flips[annotator]};
    for (Mark mark : AnnotateEpisode({1 + episode}, costs, settings, random)) {
      mark.id = {std::ssize(marks) + 1};
      marks.push_back(mark);
    }
    lengths.emplace_back(EpisodeId{1 + episode}, kSlipSteps);
  }
  Eigen::VectorXf shown;
  EpisodeId of;
  const auto look_up = [&](EpisodeId episode, StepIndex step) {
    if (episode != of) shown = SlippingWalk(static_cast<std::uint32_t>(episode.value - 1));
    of = episode;
    return std::span<const float>(&shown[step], 1);
  };
  Made made{DeriveLabels(RecordsOf(marks), rule, lengths, 1, look_up)->labels, {}};
  std::vector<std::array<double, 2>> rows(flips.size()), slipped(flips.size());
  for (std::size_t i = 0; i < made.labels.points.size(); ++i) {
    const TargetPoint& point = made.labels.points[i];
    const bool unsafe = IsMeantUnsafe(made.labels.observations(0, static_cast<Eigen::Index>(i)));
    const auto annotator = static_cast<std::size_t>(point.annotator);
    rows[annotator][unsafe ? 1 : 0] += double(point.stands_for);
    if (point.unsafe() != unsafe) slipped[annotator][unsafe ? 1 : 0] += double(point.stands_for);
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    made.slips.push_back({slipped[i][0] / rows[i][0], slipped[i][1] / rows[i][1]});
  }
  return made;
}

CostModelPtr FitWithSlips(const LabelSet& labels, const CostModelSettings& settings = {}) {
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
    const Eigen::VectorXf places = SlippingWalk(seed);
    Eigen::VectorXf probability(kSlipSteps), spread(kSlipSteps);
    model.Predict(Eigen::MatrixXf(places.transpose()), probability, spread);
    learned += double(probability.sum());
    for (int step = 0; step < kSlipSteps; ++step) {
      scores.push_back(probability[step]);
      classes.push_back(IsMeantUnsafe(places[step]) ? 1 : 0);
      unsafe += classes.back();
    }
  }
  return {learned / unsafe, RocAuc(scores, classes)};
}

void CheckFound(const CostModelReport& report, const std::vector<SlipChances>& made) {
  REQUIRE(report.annotators.size() == made.size());
  for (std::size_t i = 0; i < made.size(); ++i) {
    const AnnotatorSlips& found = report.annotators[i];
    CAPTURE(found.annotator);
    CHECK(std::abs(found.false_alarm_rate - made[i].false_alarm) < 0.07);
    CHECK(std::abs(found.miss_rate - made[i].miss) < 0.12);
    CHECK(found.rows > 0);
  }
}

TEST_CASE("flipped verdicts are found out, and the learned cost is the true one") {
  for (const double flips : {0.0, 0.1, 0.2}) {
    CAPTURE(flips);
    const Made made = Make({flips});
    LabelSet of_marks = made.labels;
    of_marks.viewed_steps = 0;
    const Truth before = Against(*FitWithSlips(of_marks, {.slips = false}));
    const CostModelPtr model = FitWithSlips(made.labels);
    const Truth now = Against(*model);
    MESSAGE("flips " << flips << ": ratio " << now.ratio << ", taken at their word " << before.ratio
                     << "; false alarms " << model->report().annotators[0].false_alarm_rate << " ("
                     << made.slips[0].false_alarm << "), misses "
                     << model->report().annotators[0].miss_rate << " (" << made.slips[0].miss
                     << ")");
    CheckFound(model->report(), made.slips);
    CHECK(now.ratio == Approx(1.0).epsilon(0.2));
    CHECK(now.auc > 0.99);
    if (flips > 0.0) CHECK(before.ratio > now.ratio + 0.1);
    if (flips > 0.1) CHECK(before.ratio > 2.0);
  }
}

TEST_CASE("each annotator has slips of their own, also in a file and in a fit that goes on") {
  const Made made = Make({0.02, 0.25});
  const CostModelPtr model = FitWithSlips(made.labels);
  CheckFound(model->report(), made.slips);
  const std::vector<AnnotatorSlips>& found = model->report().annotators;
  CHECK(found[1].false_alarm_rate > found[0].false_alarm_rate + 0.08);
  CHECK(found[1].miss_rate > found[0].miss_rate + 0.05);
  const CostModelPtr read = *DecodeCostModel(model->Encode());
  CHECK(read->Encode() == model->Encode());
  CHECK(read->report().annotators[1].annotator == "1");
  CHECK(read->report().annotators[1].miss_rate == model->report().annotators[1].miss_rate);
  CHECK(read->report().viewed_rows == made.labels.viewed_steps);
  CHECK(read->report().unsafe_share == model->report().unsafe_share);
  const CostModelPtr next = FitWithSlips(made.labels, {.previous = model});
  CHECK(next->report().went_on);
  CheckFound(next->report(), made.slips);
}

TEST_CASE("the predicted cost is calibrated to the share of unsafe in what was viewed") {
  double unsafe = 0.0;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    for (const float place : SlippingWalk(seed)) unsafe += IsMeantUnsafe(place) ? 1.0 : 0.0;
  }
  LabelSet labels = Make({0.05}).labels;
  CHECK(labels.viewed_steps > 25 * kSlipSteps);
  CHECK(FitWithSlips(labels)->report().unsafe_share ==
        Approx(unsafe / double(labels.viewed_steps)).epsilon(0.1));
  labels.viewed_steps = 0;
  CHECK(std::isnan(FitWithSlips(labels)->report().unsafe_share));
}

TEST_CASE("steps that were viewed and not marked teach what is safe, and slips are of the stream") {
  const Made made = Make({0.1}, {.unmarked_weight = 1.0});
  const CostModelPtr model = FitWithSlips(made.labels);
  CheckFound(model->report(), made.slips);
  CHECK(made.slips[0].false_alarm < 0.05);  // of all that is safe, most of it unmarked
  const Truth truth = Against(*model);
  CHECK(truth.ratio == Approx(1.0).epsilon(0.2));
  CHECK(truth.auc > 0.99);
}

TEST_CASE(
    "who says one thing alone is taken at their word, and so is everybody if that is wanted") {
  LabelSet labels = Make({0.1}).labels;
  CHECK(FitWithSlips(labels, {.slips = false})->report().annotators.empty());
  labels.annotators = {"safe", "unsafe"};
  for (TargetPoint& point : labels.points) point.annotator = point.unsafe() ? 1 : 0;
  CHECK(FitWithSlips(labels)->report().annotators.empty());
}

TEST_CASE("a logistic curve with a floor and a ceiling is found again") {
  RandomState random(2);
  std::vector<float> logits;
  std::vector<double> targets;
  const SlipChances truth{.false_alarm = 0.15, .miss = 0.05};
  for (int i = 0; i < 20'000; ++i) {
    logits.push_back(static_cast<float>(random.Uniform(-6, 6)));
    const double unsafe = 1.0 / (1.0 + std::exp(1.0 - 2.0 * double(logits.back())));
    targets.push_back(random.RandomSample() < truth.SaysUnsafe(unsafe) ? 1.0 : 0.0);
  }
  const std::vector<double> weights(logits.size(), 1.0);
  const std::vector<int> annotators(logits.size(), 0);
  SlipTable slips{{}, {SlipChances::kFirst, SlipChances::kFirst}};
  Calibration calibration;
  EstimateSlips({logits, targets, weights, annotators}, 10.0, slips, calibration);
  CHECK(slips[1].false_alarm == Approx(0.15).epsilon(0.1));
  CHECK(slips[1].miss == Approx(0.05).epsilon(0.2));
  CHECK(1.0 / calibration.temperature == Approx(2.0).epsilon(0.1));
  CHECK(calibration.bias == Approx(-1.0).epsilon(0.2));
  CHECK(slips[0].at_their_word());
}

}  // namespace
}  // namespace lookout::agents
