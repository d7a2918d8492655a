#include "agents/inspect/explanations/sanity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "agents/inspect/explanations/changed_models.h"
#include "agents/inspect/explanations/explanation.h"
#include "agents/inspect/explanations/integrated_gradients.h"
#include "agents/inspect/explanations/moved_robot.h"
#include "agents/inspect/explanations/object_contributions.h"
#include "agents/inspect/explanations/rank_correlation.h"

namespace lookout::agents {
namespace {

constexpr int kBearings = 8;
constexpr double kRing_m = 0.25;
constexpr std::uint32_t kSeed = 20'180;

// The robot stays, or goes to one of the places around and looks elsewhere.
std::vector<sim::RobotMove> PlacesAround(int rings) {
  std::vector<sim::RobotMove> moves(1);
  for (int ring = 1; ring <= rings; ++ring) {
    for (int i = 0; i < kBearings; ++i) {
      const double angle_rad = 2.0 * std::numbers::pi * (i + 0.5 * ring) / kBearings;
      moves.push_back(
          {.shift_in_world_m =
               ring * kRing_m * Eigen::Vector2d(std::cos(angle_rad), std::sin(angle_rad)),
           .turn_rad = angle_rad});
    }
  }
  return moves;
}

// Of what is explained, with weights that are drawn anew from that seed.
using DrawnAttributions = std::function<Result<Attributions>(int layers, std::uint32_t seed)>;

Result<std::vector<RandomisedLayers>> CheckRandomised(int layers, const Attributions& learned,
                                                      const SanitySettings& settings,
                                                      const DrawnAttributions& drawn) {
  std::vector<RandomisedLayers> results;
  for (int last = 1; last <= layers; ++last) {
    RandomisedLayers& result = results.emplace_back(RandomisedLayers{.layers = last});
    for (int draw = 0; draw < settings.draws; ++draw) {
      const auto attributions = drawn(last, kSeed + static_cast<std::uint32_t>(100 * last + draw));
      if (!attributions) return attributions.error();
      const Likeness one = LikenessOf(learned, *attributions);
      result.mean.objects += one.objects / settings.draws;
      result.mean.entries += one.entries / settings.draws;
      result.mean_size.objects += std::abs(one.objects) / settings.draws;
      result.mean_size.entries += std::abs(one.entries) / settings.draws;
    }
  }
  return results;
}

double RootMeanSquare(const std::vector<double>& values) {
  const Eigen::Map<const Eigen::VectorXd> vector(values.data(), std::ssize(values));
  return vector.norm() / std::sqrt(static_cast<double>(std::max<std::size_t>(values.size(), 1)));
}

Result<ShuffledLabels> CheckShuffled(const LabelSet& labels, const FitToLabels& fit,
                                     const Attributions& learned, sim::SafetyGym& world,
                                     const SanitySettings& settings, const KeepGoing& keep_going) {
  ShuffledLabels result;
  for (int shuffle = 0; shuffle < settings.shuffles; ++shuffle) {
    const std::uint32_t seed = kSeed + static_cast<std::uint32_t>(shuffle);
    const auto fooled = fit(WithShuffledTargets(labels, seed));
    if (!fooled) return fooled.error();
    const auto attributions =
        AttributionsAround(ExplainedModel(**fooled), world, settings, keep_going);
    if (!attributions) return attributions.error();
    const Likeness one = LikenessOf(learned, *attributions);
    result.mean.objects += one.objects / settings.shuffles;
    result.mean.entries += one.entries / settings.shuffles;
    result.size +=
        RootMeanSquare(attributions->objects) / RootMeanSquare(learned.objects) / settings.shuffles;
  }
  return result;
}

// In scene().objects; -1: there is none, or the lidar shows something else, as the goal's does
// where the goal is no object of its own.
int NearestOf(sim::SceneObjectKind kind, const sim::SafetyGym& world) {
  Eigen::Matrix3Xd places;
  world.ObjectPositions(places);
  const Eigen::Vector2d robot = world.robot_position_in_world().head<2>();
  int nearest = -1;
  double least_m = 0.0;
  const auto& objects = world.scene().objects;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (objects[i].kind != kind) continue;
    const double distance_m = (places.col(static_cast<Eigen::Index>(i)).head<2>() - robot).norm();
    if (nearest >= 0 && distance_m >= least_m) continue;
    nearest = static_cast<int>(i);
    least_m = distance_m;
  }
  return nearest;
}

// The most that the speed changes of the log-odds, which a lidar cannot show.
double MostByMotion(const ExplainedModel& model, sim::SafetyGym& world) {
  MovedRobot robot(model, world);
  std::vector<sim::RobotMove> moves;
  for (const double speed : {-0.5, 0.0, 0.5, 1.0}) moves.push_back({.forward_m_s = speed});
  const Eigen::VectorXd log_odds = robot.Values(moves);
  return log_odds.maxCoeff() - log_odds.minCoeff();
}

Result<PlantedCueCheck> CheckPlanted(const sim::LidarRing& ring, int nearest, sim::SafetyGym& world,
                                     const KeepGoing& keep_going) {
  const Eigen::VectorXf observation = world.observation().cast<float>();
  Eigen::Index bin = 0;
  const float reading = observation.segment(ring.observation_offset, ring.bins).maxCoeff(&bin);
  PlantedCueCheck check{.place = ring.observation_offset + static_cast<int>(bin)};
  for (const sim::ObservationEntry& entry : world.spec().observation_entries) {
    if (entry.offset == ring.observation_offset) check.entry = entry.key;
  }
  const sim::SceneObject& thing = world.scene().objects[static_cast<std::size_t>(nearest)];
  check.object = fmt::format("{}{}", sim::SceneObjectKindName(thing.kind), thing.index);
  const CostModelPtr cue = PlantedCue(world.spec().signature(), check.place, 0.5F * reading);
  const ExplainedModel model(*cue);
  auto removals = RemovalsOf(model, world);
  if (!removals) return removals.error();
  check.object_found = std::exchange((*removals)[nearest], 0.0);
  check.objects_elsewhere = removals->cwiseAbs().maxCoeff();
  auto gradients = IntegratedGradientsOf(model, world.spec(), observation, WithNothingAround(world),
                                         IntegratedGradients::kPoints, keep_going);
  if (!gradients) return gradients.error();
  check.value_found = std::exchange(gradients->values[check.place], 0.0) / gradients->difference();
  check.values_elsewhere = gradients->values.cwiseAbs().maxCoeff();
  check.motion = MostByMotion(model, world);
  return check;
}

Status CheckAllPlanted(sim::SafetyGym& world, const KeepGoing& keep_going, SanityReport& report) {
  for (const sim::LidarRing& ring : world.scene().lidar_rings) {
    const auto seen = world.observation().segment(ring.observation_offset, ring.bins);
    const int nearest = NearestOf(ring.kind, world);
    if (nearest < 0 || !(seen.cast<float>().maxCoeff() > 0.0F)) continue;
    auto check = CheckPlanted(ring, nearest, world, keep_going);
    if (!check) return check.error();
    report.planted.push_back(std::move(*check));
  }
  return {};
}

bool IsLow(const Likeness& mean) {
  // Attributions that are 0 everywhere have no order, and are not those of the learned model.
  const auto low = [](double value) { return !(std::abs(value) > SanityReport::kMostLikeness); };
  return low(mean.objects) && low(mean.entries);
}

}  // namespace

bool PlantedCueCheck::passed() const {
  return object_found > 0.0 && objects_elsewhere == 0.0 && std::abs(value_found - 1.0) < 0.01 &&
         values_elsewhere == 0.0 && motion == 0.0;
}

bool ShuffledLabels::passed() const { return size < SanityReport::kMostSize || IsLow(mean); }

bool SanityReport::passed() const {
  const bool found = std::ranges::all_of(planted, &PlantedCueCheck::passed);
  const bool random_is_other = randomised.empty() || IsLow(randomised.back().mean);
  return found && random_is_other && (!shuffled || shuffled->passed());
}

Likeness LikenessOf(const Attributions& a, const Attributions& b) {
  return {RankCorrelation(a.objects, b.objects), RankCorrelation(a.entries, b.entries)};
}

Result<Attributions> AttributionsAround(const ExplainedFunction& function, sim::SafetyGym& world,
                                        const SanitySettings& settings,
                                        const KeepGoing& keep_going) {
  Attributions result;
  MovedRobot robot(function, world);
  for (const sim::RobotMove& move : PlacesAround(settings.rings)) {
    robot.Go(move);
    const auto removals = RemovalsOf(function, world);
    if (!removals) return removals.error();
    result.objects.insert(result.objects.end(), removals->begin(), removals->end());
    const Eigen::VectorXf observation = world.observation().cast<float>();
    const Eigen::VectorXf baseline = WithNothingAround(world);
    const auto gradients = IntegratedGradientsOf(function, world.spec(), observation, baseline,
                                                 settings.ig_points, keep_going);
    if (!gradients) return gradients.error();
    for (const EntryAttribution& entry : gradients->entries) {
      if (observation.segment(entry.offset, entry.size) ==
          baseline.segment(entry.offset, entry.size)) {
        continue;
      }
      result.entries.push_back(entry.value);
    }
  }
  return result;
}

Result<SanityReport> CheckSanity(const CostModel& model, sim::SafetyGym& world,
                                 const LabelSet* labels, const FitToLabels& fit,
                                 const SanitySettings& settings, const KeepGoing& keep_going) {
  if (Status can = CheckMomentCanBeExplained(model, world); !can) return can.error();
  SanityReport report;
  if (Status planted = CheckAllPlanted(world, keep_going, report); !planted) {
    return planted.error();
  }
  const auto learned = AttributionsAround(ExplainedModel(model), world, settings, keep_going);
  if (!learned) return learned.error();
  if (const CostEnsemble* const ensemble = model.ensemble(); ensemble != nullptr) {
    report.has_networks = true;
    const auto drawn = [&](int layers, std::uint32_t seed) {
      const CostModelPtr random = WithRandomLayers(*ensemble, layers, seed);
      return AttributionsAround(ExplainedModel(*random), world, settings, keep_going);
    };
    auto randomised = CheckRandomised(WeightLayers(*ensemble), *learned, settings, drawn);
    if (!randomised) return randomised.error();
    report.randomised = std::move(*randomised);
  }
  if (labels == nullptr || !fit) return report;
  auto shuffled = CheckShuffled(*labels, fit, *learned, world, settings, keep_going);
  if (!shuffled) return shuffled.error();
  report.shuffled = *shuffled;
  return report;
}

Result<SanityReport> CheckSanity(const ExplainedOutput& output, sim::SafetyGym& world,
                                 const SanitySettings& given, const KeepGoing& keep_going) {
  if (Status can = CheckWorldCanBeExplained(world); !can) return can.error();
  SanitySettings settings = given;
  if (output.gradients() == GradientMethod::kDifferences) {
    settings.rings = std::min(settings.rings, 1);
    settings.draws = std::min(settings.draws, 4);
    settings.ig_points = std::min(settings.ig_points, 5);
  }
  SanityReport report{.has_networks = true};
  if (Status planted = CheckAllPlanted(world, keep_going, report); !planted) {
    return planted.error();
  }
  const auto learned = AttributionsAround(output, world, settings, keep_going);
  if (!learned) return learned.error();
  const auto drawn = [&](int layers, std::uint32_t seed) {
    return AttributionsAround(output.Of(WithRandomLayers(output.network(), layers, seed)), world,
                              settings, keep_going);
  };
  auto randomised = CheckRandomised(WeightLayers(output.network()), *learned, settings, drawn);
  if (!randomised) return randomised.error();
  report.randomised = std::move(*randomised);
  return report;
}

}  // namespace lookout::agents
