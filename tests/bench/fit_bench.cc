// How long a cost model takes to fit to 10,000 labels and 2,000 pairs, anew, going on from a model
// of nearly the same material and with heads for three classes of danger, beside the time of plain
// matrix products: `fit_bench [--quick]`.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <numbers>
#include <utility>
#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/models/evaluation.h"
#include "sim/base/check.h"
#include "sim/base/fingerprint.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

constexpr int kBins = 16;
constexpr int kHazards = 4;
constexpr int kEpisodeSteps = 500;
constexpr int kMarkSteps = 20;
constexpr int kClipSteps = 75;  // of each side of a pair, as the window asks for

double SecondsOf(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// The entries of PointGoal1, in another order.
sim::ObservationSignature Signature() {
  return sim::ObservationSignature(
      {{"sensors", 12}, {"goal_lidar", kBins}, {"hazards_lidar", kBins}, {"vases_lidar", kBins}});
}

struct Episode {
  Eigen::MatrixXf observations;  // [60 x steps]
  std::vector<std::uint8_t> unsafe;
};

void See(const Eigen::Vector2d& offset, double heading, Eigen::Ref<Eigen::VectorXf> lidar) {
  const double angle = std::atan2(offset.y(), offset.x()) - heading;
  const double turns = angle / (2.0 * std::numbers::pi);
  const auto bin = static_cast<int>((turns - std::floor(turns)) * kBins) % kBins;
  const auto closeness = static_cast<float>(std::max(0.0, 1.0 - offset.norm() / 3.0));
  lidar[bin] = std::max(lidar[bin], closeness);
}

// A robot that drifts about a square among hazards, unsafe within 0.4 m of one.
Episode Drift(std::uint32_t seed) {
  RandomState random(seed);
  const auto place = [&] { return Eigen::Vector2d(random.Uniform(-2, 2), random.Uniform(-2, 2)); };
  std::vector<Eigen::Vector2d> things;
  for (int i = 0; i < 2 * kHazards + 1; ++i) things.push_back(place());
  Episode episode{Eigen::MatrixXf::Zero(12 + 3 * kBins, kEpisodeSteps), {}};
  Eigen::Vector2d position = place();
  double heading = random.Uniform(0.0, 6.28);
  for (int step = 0; step < kEpisodeSteps; ++step) {
    heading += 0.1 * random.Normal();
    position += 0.03 * Eigen::Vector2d(std::cos(heading), std::sin(heading));
    if (position.cwiseAbs().maxCoeff() > 2.0) heading += 0.5;
    position = position.cwiseMax(-2.0).cwiseMin(2.0);
    auto column = episode.observations.col(step);
    for (int i = 0; i < 12; ++i) column[i] = static_cast<float>(random.Normal());
    double nearest = 10.0;
    See(things[0] - position, heading, column.segment(12, kBins));
    for (std::size_t i = 0; i < kHazards; ++i) {
      See(things[1 + i] - position, heading, column.segment(12 + kBins, kBins));
      See(things[1 + kHazards + i] - position, heading, column.segment(12 + 2 * kBins, kBins));
      nearest = std::min(nearest, (things[1 + i] - position).norm());
    }
    episode.unsafe.push_back(nearest < 0.4 ? 1 : 0);
  }
  return episode;
}

// The labels of some episodes, one in twenty of the unsafe ones missed, and pairs of clips of them.
LabelSet Labels(const std::vector<Episode>& episodes, int rows, int pairs) {
  RandomState random(7);
  LabelSet labels;
  labels.annotators = {"me"};
  labels.viewed_steps = rows;
  labels.observations.resize(episodes[0].observations.rows(), rows);
  for (int row = 0; row < rows; ++row) {
    const auto episode = static_cast<std::size_t>(row / kEpisodeSteps);
    const int step = row % kEpisodeSteps;
    labels.observations.col(row) = episodes[episode].observations.col(step);
    const bool unsafe = episodes[episode].unsafe[static_cast<std::size_t>(step)] != 0;
    const bool missed = random.RandomSample() < 0.05;
    labels.points.push_back({.target = unsafe && !missed ? 1.0F : 0.0F,
                             .episode = {1 + static_cast<std::int64_t>(episode)},
                             .step = step,
                             .source = {1 + row / kMarkSteps},
                             .annotator = 0});
  }
  labels.pair_observations.resize(labels.observations.rows(), 2 * kClipSteps * pairs);
  for (int i = 0; i < pairs; ++i) {
    int costs[2] = {0, 0};
    for (int side = 0; side < 2; ++side) {
      const auto& of =
          episodes[static_cast<std::size_t>(random.Choice(static_cast<int>(episodes.size())))];
      const int begin = random.Choice(kEpisodeSteps - kClipSteps);
      labels.pair_observations.middleCols((2 * i + side) * kClipSteps, kClipSteps) =
          of.observations.middleCols(begin, kClipSteps);
      for (int k = 0; k < kClipSteps; ++k)
        costs[side] += of.unsafe[static_cast<std::size_t>(begin + k)];
    }
    const int first = 2 * i * kClipSteps;
    labels.pairs.push_back({.first = {first, kClipSteps},
                            .second = {first + kClipSteps, kClipSteps},
                            .first_is_safer = costs[0] == costs[1]  ? 0.5F
                                              : costs[0] < costs[1] ? 1.0F
                                                                    : 0.0F});
  }
  return labels;
}

// Every unsafe row named as one of three dangers, by its mark.
LabelSet Named(LabelSet labels) {
  for (TargetPoint& point : labels.points) {
    if (!point.unsafe()) continue;
    point.dangers = SetOf(static_cast<DangerClass>(1 + point.source.value % 3));
  }
  return labels;
}

struct Accuracy {
  double auc = 0.0;
  double brier = 0.0;
};

// On every step of new episodes, against the truth.
Accuracy Measure(const CostModel& model) {
  std::vector<float> scores;
  std::vector<std::uint8_t> unsafe;
  for (std::uint32_t seed = 1000; seed < 1010; ++seed) {
    const Episode episode = Drift(seed);
    Eigen::VectorXf probability(kEpisodeSteps), spread(kEpisodeSteps);
    model.Predict(episode.observations, probability, spread);
    scores.insert(scores.end(), probability.begin(), probability.end());
    unsafe.insert(unsafe.end(), episode.unsafe.begin(), episode.unsafe.end());
  }
  return {RocAuc(scores, unsafe), BrierScore(scores, unsafe)};
}

// A product like those of the networks: [64 x 64] times [64 x 256].
double SecondsOfProduct() {
  constexpr int kTimes = 2000;
  const Eigen::MatrixXf weights = Eigen::MatrixXf::Constant(64, 64, 0.01F);
  Eigen::MatrixXf values = Eigen::MatrixXf::Constant(64, 256, 0.01F);
  Eigen::MatrixXf result(64, 256);
  const double seconds = SecondsOf([&] {
    for (int i = 0; i < kTimes; ++i) {
      result.noalias() = weights * values;
      values(0, 0) = result(0, 0);
    }
  });
  return seconds / kTimes;
}

CostModelPtr Fit(const char* what, const LabelSet& labels, const CostModelSettings& settings,
                 double product) {
  CostModelPtr model;
  const double seconds = SecondsOf([&] { model = *FitCostModel(labels, settings, {1}); });
  const CostModelReport& report = model->report();
  const Accuracy accuracy = Measure(*model);
  std::printf("%-24s %6.2f s  %8.0f products  %2d epochs  AUC %.4f, Brier %.4f  model %s\n", what,
              seconds, seconds / product, report.epochs, accuracy.auc, accuracy.brier,
              Fingerprint(model->Encode()).c_str());
  return model;
}

void Run(bool quick) {
  const int scale = quick ? 10 : 1;
  std::vector<Episode> episodes;
  for (std::uint32_t seed = 0; seed < 22; ++seed) episodes.push_back(Drift(seed));
  const LabelSet before = Labels(episodes, 10'000 / scale, 2'000 / scale);
  const LabelSet after = Labels(episodes, 11'000 / scale, 2'050 / scale);
  const double product = SecondsOfProduct();
  std::printf("a product of matrices: %.1f us\n", 1e6 * product);
  for (const bool noise : {false, true}) {
    std::printf("%s\n", noise ? "other sights of a danger, too" : "the labels alone");
    CostModelSettings settings;
    settings.signature = Signature();
    settings.noise = noise;
    settings.previous = Fit("10,000 labels, anew", before, settings, product);
    const CostModelPtr went_on = Fit("10 % more, going on", after, settings, product);
    const CostModelPtr with_heads = Fit("the same, with 3 heads", Named(after), settings, product);
    LOOKOUT_CHECK(quick || with_heads->classes().size() == 3, "every class has a head");
    LOOKOUT_CHECK(Measure(*with_heads).brier == Measure(*went_on).brier, "the total is the same");
    settings.workers = 1;
    const CostModelPtr alone = Fit("the same in one thread", after, settings, product);
    LOOKOUT_CHECK(went_on->Encode() == alone->Encode(), "threads never change the result");
    settings.workers = 2;
    settings.previous = nullptr;
    Fit("the same, anew", after, settings, product);
  }
}

}  // namespace
}  // namespace lookout::agents

int main(int argc, char** argv) {
  lookout::agents::Run(argc > 1 && std::strcmp(argv[1], "--quick") == 0);
  return 0;
}
