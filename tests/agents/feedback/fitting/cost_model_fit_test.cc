#include "agents/feedback/fitting/cost_model_fit.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "agents/feedback/annotators/simulated_annotator.h"
#include "agents/feedback/models/evaluation.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

constexpr int kDim = 4;

// A robot that drifts about a square with a disc-shaped hazard in its middle, which it sees as its
// position and velocity. About one step in seven is in the disc.
struct DriftEpisode {
  EpisodeId id;
  Eigen::MatrixXf observations;  // [kDim x steps]
  std::vector<float> rule_costs;
};

DriftEpisode Drift(std::int64_t id, int steps) {
  RandomState random(static_cast<std::uint32_t>(id));
  DriftEpisode episode{{id}, Eigen::MatrixXf(kDim, steps), {}};
  Eigen::Vector2d position(random.Uniform(-1, 1), random.Uniform(-1, 1));
  double heading = random.Uniform(0.0, 6.28);
  for (int step = 0; step < steps; ++step) {
    heading += 0.15 * random.Normal();
    const Eigen::Vector2d velocity = 0.04 * Eigen::Vector2d(std::cos(heading), std::sin(heading));
    position += velocity;
    if (position.cwiseAbs().maxCoeff() > 1.2) heading += 0.5;
    position = position.cwiseMax(-1.2).cwiseMin(1.2);
    episode.observations.col(step) << position.cast<float>(), velocity.cast<float>();
    episode.rule_costs.push_back(position.norm() < 0.5 ? 1.0F : 0.0F);
  }
  return episode;
}

std::vector<DriftEpisode> DriftEpisodes(std::int64_t first, int episodes, int steps) {
  std::vector<DriftEpisode> all;
  for (int i = 0; i < episodes; ++i) all.push_back(Drift(first + i, steps));
  return all;
}

// What marks of a simulated annotator say about the episodes.
LabelSet Annotated(const std::vector<DriftEpisode>& episodes, const AnnotatorSettings& settings,
                   bool correct_lag) {
  RandomState random(1);
  std::vector<Mark> marks;
  std::vector<std::pair<EpisodeId, StepIndex>> lengths;
  for (const DriftEpisode& episode : episodes) {
    lengths.emplace_back(episode.id, static_cast<StepIndex>(episode.rule_costs.size()));
    for (Mark mark : AnnotateEpisode(episode.id, episode.rule_costs, settings, random)) {
      mark.id = {std::ssize(marks) + 1};
      if (!correct_lag) mark.reaction_lag_steps = 0;
      marks.push_back(mark);
    }
  }
  const auto lookup = [&](EpisodeId id, StepIndex step) {
    const auto& of = episodes[static_cast<std::size_t>(id.value - episodes[0].id.value)];
    return std::span<const float>(of.observations.col(step).data(), kDim);
  };
  return DeriveLabels(RecordsOf(marks), {}, lengths, kDim, lookup)->labels;
}

// How well the model tells the rule's unsafe steps of new episodes from the safe ones.
double TrueAuc(const CostModel& model) {
  std::vector<float> scores;
  std::vector<std::uint8_t> unsafe;
  for (const DriftEpisode& episode : DriftEpisodes(1000, 4, 500)) {
    Eigen::VectorXf probability(episode.observations.cols());
    Eigen::VectorXf spread(episode.observations.cols());
    model.Predict(episode.observations, probability, spread);
    scores.insert(scores.end(), probability.begin(), probability.end());
    for (const float cost : episode.rule_costs) unsafe.push_back(cost > 0.0F ? 1 : 0);
  }
  return RocAuc(scores, unsafe);
}

CostModelPtr Fit(const LabelSet& labels, const CostModelSettings& settings = {}) {
  auto model = FitCostModel(labels, settings, {3});
  if (!model) FAIL(model.error().message);
  return *model;
}

TEST_CASE("late marks teach the hazard when their lag is corrected, and less when it is not") {
  const auto episodes = DriftEpisodes(1, 16, 500);
  const AnnotatorSettings annotator{.reaction_lag_steps = 15};
  const CostModelPtr model = Fit(Annotated(episodes, annotator, true));
  const CostModelPtr uncorrected = Fit(Annotated(episodes, annotator, false));
  MESSAGE("AUC " << TrueAuc(*model) << ", without lag correction " << TrueAuc(*uncorrected) << "; "
                 << model->report().train_rows << " rows in " << model->report().seconds << " s, "
                 << model->report().epochs << " epochs");
  CHECK(TrueAuc(*model) > 0.97);
  CHECK(TrueAuc(*uncorrected) < TrueAuc(*model) - 0.02);

  const CostModelReport& report = model->report();
  CHECK(report.auc > 0.97);
  CHECK(report.brier < 0.1);
  CHECK(report.expected_calibration_error < 0.1);
  CHECK(report.held_out_by_episode);
  CHECK(report.episodes == 16);
  CHECK(report.unsafe_rows + report.safe_rows == report.train_rows + report.held_out_rows);
  CHECK(report.reliability.size() == 10);
  CHECK(report.epochs >= 1);
  CHECK(report.seconds > 0.0);
  CHECK(model->id() == CostModelId{3});
}

// Rows whose true probability of unsafe is known: sigmoid(2 x - 1.5), about a third.
LabelSet NoisyLabels(int rows) {
  RandomState random(5);
  LabelSet labels;
  labels.observations.resize(1, rows);
  for (int row = 0; row < rows; ++row) {
    const double x = random.Normal();
    labels.observations(0, row) = static_cast<float>(x);
    const bool unsafe = random.RandomSample() < 1.0 / (1.0 + std::exp(1.5 - 2.0 * x));
    labels.points.push_back(
        {.target = unsafe ? 1.0F : 0.0F, .episode = {1 + row / 100}, .step = row % 100});
  }
  return labels;
}

TEST_CASE("the probability is the frequency, although balancing the classes trained another one") {
  const LabelSet labels = NoisyLabels(4000);
  for (const bool balance : {true, false}) {
    CAPTURE(balance);
    const CostModelPtr model = Fit(labels, {.members = 3, .balance_classes = balance});
    CHECK(model->report().expected_calibration_error < 0.06);
    for (const float x : {-1.0F, 0.0F, 1.0F}) {
      const double truth = 1.0 / (1.0 + std::exp(1.5 - 2.0 * double(x)));
      const double found = double(model->PredictOne(Eigen::VectorXf::Constant(1, x)).probability);
      CHECK(std::abs(found - truth) < 0.08);
    }
  }
}

TEST_CASE("the ensemble disagrees more where it has seen nothing") {
  const LabelSet labels = Annotated(DriftEpisodes(1, 12, 500), {}, true);
  const Eigen::VectorXf known = Eigen::Vector4f(0.0F, 0.05F, 0.04F, 0.0F);
  const Eigen::VectorXf strange = Eigen::Vector4f(0.4F, 0.4F, -0.4F, 0.4F);
  // Of several ensembles: in a single one, a member that draws few dangers is luck.
  float known_spread = 0.0F;
  float strange_spread = 0.0F;
  for (std::uint32_t seed = 1; seed <= 6; ++seed) {
    const CostModelPtr model = Fit(labels, {.seed = seed});
    CHECK(model->PredictOne(known).probability > 0.8F);
    known_spread += model->PredictOne(known).spread;
    strange_spread += model->PredictOne(strange).spread;
  }
  CHECK(strange_spread > 2.0F * known_spread);
}

TEST_CASE("the same labels, settings and id give the same bytes") {
  const LabelSet labels = Annotated(DriftEpisodes(1, 5, 200), {}, true);
  const CostModelSettings quick{.members = 2, .max_epochs = 5};
  const std::string bytes = Fit(labels, quick)->Encode();
  CHECK(Fit(labels, quick)->Encode() == bytes);
  CHECK(Fit(labels, {.members = 2, .max_epochs = 5, .seed = 2})->Encode() != bytes);
  CHECK((*DecodeCostModel(bytes))->Encode() == bytes);
}

TEST_CASE("few episodes are held out by blocks, too few rows not at all") {
  const CostModelPtr one_episode = Fit(Annotated(DriftEpisodes(1, 1, 800), {}, true));
  CHECK(!one_episode->report().held_out_by_episode);
  CHECK(one_episode->report().held_out_rows > 0);
  CHECK(std::isfinite(one_episode->report().auc));

  LabelSet two = NoisyLabels(2);
  two.points[0].target = 1.0F;
  two.points[1].target = 0.0F;
  const CostModelPtr tiny = Fit(two);
  CHECK(tiny->report().held_out_rows == 0);
  CHECK(std::isnan(tiny->report().auc));
  CHECK(std::isfinite(tiny->PredictOne(Eigen::VectorXf::Zero(1)).probability));
  CHECK(DecodeCostModel(tiny->Encode()).ok());
}

std::string Refusal(const LabelSet& labels, const CostModelSettings& settings = {}) {
  const auto model = FitCostModel(labels, settings, {1});
  if (model.ok()) return "accepted";
  CHECK(model.error().code == ErrorCode::kBadInput);
  return model.error().message;
}

TEST_CASE("no labels or a single class are refused with the counts and the way out") {
  CHECK(Refusal({}) ==
        "There are 0 unsafe and 0 safe steps among the marks; a cost model learns from both: mark "
        "some unsafe spans and some safe ones.");
  LabelSet labels = NoisyLabels(10);
  for (TargetPoint& point : labels.points) point.target = 1.0F;
  CHECK(Refusal(labels) ==
        "There are 10 unsafe and 0 safe steps among the marks; a cost model learns from both: mark "
        "some safe spans as well.");
  for (TargetPoint& point : labels.points) point.target = 0.0F;
  CHECK(Refusal(labels).find("some unsafe spans as well") != std::string::npos);
}

TEST_CASE("observations that are not finite and settings out of range are refused by name") {
  LabelSet labels = NoisyLabels(50);
  const auto names = [&](const CostModelSettings& settings, const char* option) {
    return Refusal(labels, settings).find(option) != std::string::npos;
  };
  CHECK(names({.members = 0}, "members"));
  CHECK(names({.hidden = 1'000'000}, "hidden"));
  CHECK(names({.learning_rate = std::nan("")}, "learning-rate"));
  CHECK(names({.batch = 0}, "batch"));
  CHECK(names({.max_epochs = 0}, "max-epochs"));
  CHECK(names({.patience = -1}, "patience"));
  CHECK(names({.weight_decay = -1.0}, "weight-decay"));
  CHECK(names({.held_out_fraction = 0.9}, "held-out-fraction"));
  CHECK(names({.signature = sim::ObservationSignature({{"gyro", 60}})}, "environment's 60"));
  labels.observations(0, 7) = std::numeric_limits<float>::infinity();
  CHECK(Refusal(labels).find("not finite") != std::string::npos);
}

TEST_CASE("the fit tells how far it is and can be abandoned") {
  const LabelSet labels = NoisyLabels(3000);
  std::vector<double> fractions;
  REQUIRE(FitCostModel(labels, {.members = 2, .max_epochs = 10}, {1}, [&](double fraction) {
            fractions.push_back(fraction);
            return true;
          }).ok());
  REQUIRE(!fractions.empty());
  CHECK(fractions.front() == 0.0);
  CHECK(fractions.back() < 1.0);
  CHECK(std::ranges::is_sorted(fractions));

  int calls = 0;
  const auto stopped = FitCostModel(labels, {}, {1}, [&](double) { return ++calls < 2; });
  REQUIRE(!stopped.ok());
  CHECK(stopped.error().code == ErrorCode::kFailure);
  CHECK(calls == 2);
}

}  // namespace
}  // namespace lookout::agents
