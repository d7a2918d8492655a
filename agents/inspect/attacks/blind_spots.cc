#include "agents/inspect/attacks/blind_spots.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "agents/inspect/attacks/varied_worlds.h"
#include "agents/inspect/explanations/explained_model.h"
#include "agents/learning/worker_pool.h"
#include "agents/overseer/surroundings.h"
#include "sim/base/check.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {
namespace {

// Scores of what is no clear case lie below those of what is, and tell how far it is from one.
constexpr double kFarBelow = 100.0;
constexpr double kMostLogOdds = 60.0;
// Outlines are circles round squares: so much of them may be shared without touching.
constexpr double kOverlap_m = 0.04;

// Streams of the search and of the even sample, apart from each other for all seeds.
constexpr std::uint32_t kEvenStream = 0x5eed0000U;

// The robot's share of a point: three of where it is, heading, speed ahead; then the action.
constexpr int kRobotNumbers = 5;

struct Judged {
  AttackedMoment moment;
  double score = kNotAllowed;
  bool is_clear = false;
};

// One layout: from points of the box to moments that are judged.
class Arena {
 public:
  Arena(const CostModel& model, const sim::SafetyGym& gym, std::uint32_t seed,
        const sim::CameraFactory& cameras, ModelError error, const BlindSpotSettings& settings)
      : model_(model),
        cameras_(cameras),
        error_(error),
        settings_(settings),
        worlds_(gym, settings.reach_m),
        extents_(gym.config().placements_extents),
        seed_(seed),
        action_dim_(gym.spec().action_dim) {}

  int dimensions() const { return worlds_.dimensions() + kRobotNumbers + action_dim_; }

  Result<Judged> Judge(const Eigen::Ref<const Eigen::VectorXd>& point,
                       CostModelWorkspace& workspace) const {
    Judged judged;
    auto world = worlds_.At(point.head(worlds_.dimensions()));
    if (!world.ok()) return world.error();
    judged.moment.seed = seed_;
    judged.moment.world = std::move(*world);
    const auto gym = WorldOf(judged.moment, cameras_);
    if (!gym.ok()) return judged;  // no goal fits into this layout
    Surroundings around(judged.moment.world, **gym);
    around.See(**gym);
    if (!Place(point.tail(kRobotNumbers + action_dim_), around, judged.moment)) return judged;
    PutRobot(judged.moment, **gym);
    if (Overlaps(around, **gym)) return judged;
    StepAndPredict(**gym, around, workspace, judged);
    return judged;
  }

 private:
  // False if there is nothing to be placed at.
  bool Place(const Eigen::Ref<const Eigen::VectorXd>& numbers, const Surroundings& around,
             AttackedMoment& moment) const {
    Eigen::Vector2d at(extents_[0] + numbers[0] * (extents_[2] - extents_[0]),
                       extents_[1] + numbers[1] * (extents_[3] - extents_[1]));
    if (error_ == ModelError::kMiss && !PlaceAtDanger(numbers, around, at)) return false;
    moment.x_m = at.x();
    moment.y_m = at.y();
    moment.heading_rad = std::numbers::pi * (2.0 * numbers[3] - 1.0);
    moment.forward_m_s = settings_.speed_m_s * (2.0 * numbers[4] - 1.0) + 0.0;
    moment.action = 2.0 * numbers.tail(action_dim_).array() - 1.0;
    return true;
  }

  // In a hazard, evenly over what of it is deep enough, or touching something that costs.
  bool PlaceAtDanger(const Eigen::Ref<const Eigen::VectorXd>& numbers, const Surroundings& around,
                     Eigen::Vector2d& at) const {
    std::vector<const Surroundings::Thing*> dangers;
    for (const Surroundings::Thing& thing : around.things()) {
      if (thing.costs) dangers.push_back(&thing);
    }
    if (dangers.empty()) return false;
    const auto count = static_cast<double>(dangers.size());
    const auto chosen = static_cast<std::size_t>(std::min(numbers[0] * count, count - 1.0));
    const Surroundings::Thing& thing = *dangers[chosen];
    const double deepest = std::max(0.0, thing.reach_m - settings_.depth_m);
    const double distance = thing.by_distance ? std::sqrt(numbers[1]) * deepest
                                              : thing.reach_m - numbers[1] * kOverlap_m;
    const double bearing = 2.0 * std::numbers::pi * numbers[2];
    at = around.PlaceOf(thing, 0.0) +
         distance * Eigen::Vector2d(std::cos(bearing), std::sin(bearing));
    return true;
  }

  // Whether the robot stands in something solid, where no robot can get.
  static bool Overlaps(Surroundings& around, const sim::SafetyGym& gym) {
    around.See(gym);
    const Eigen::Vector2d robot = gym.robot_position_in_world().head<2>();
    return std::ranges::any_of(around.things(), [&](const Surroundings::Thing& thing) {
      const double apart = (around.PlaceOf(thing, 0.0) - robot).norm();
      return !thing.by_distance && apart < thing.reach_m - kOverlap_m;
    });
  }

  void StepAndPredict(sim::SafetyGym& gym, Surroundings& around, CostModelWorkspace& workspace,
                      Judged& judged) const {
    AttackedMoment& moment = judged.moment;
    const Eigen::MatrixXf before = gym.observation().cast<float>();
    const sim::StepResult result = gym.Step(moment.action);
    if (result.status == sim::EpisodeStatus::kDiverged) return;
    around.See(gym);
    moment.costs = result.costs;
    moment.clearance_m = around.ClearanceOf(gym.robot_position_in_world().head<2>(), 0.0);
    const Eigen::MatrixXf after = gym.observation().cast<float>();
    const Eigen::MatrixXf done = moment.action.cast<float>();
    Eigen::VectorXf probability(1);
    Eigen::VectorXf spread(1);
    model_.PredictWith(workspace, {before, done, after}, probability, spread);
    moment.probability = probability[0];
    if (std::isfinite(moment.probability)) Score(judged);
  }

  void Score(Judged& judged) const {
    const AttackedMoment& moment = judged.moment;
    const double held = std::clamp(moment.probability, 1e-12, 1.0 - 1e-7);
    const double log_odds = std::clamp(LogOddsOf(held), -kMostLogOdds, kMostLogOdds);
    // How much is lacking to a clear case, metres; not above 0: it is one.
    double lacking = settings_.depth_m - moment.clearance_m;
    judged.is_clear = moment.costs.total <= 0.0 && lacking <= 0.0;
    if (error_ == ModelError::kMiss) {
      const bool by_touch =
          moment.costs.total > 0.0 && moment.costs[sim::CostKind::kHazards] == 0.0;
      lacking = by_touch ? 0.0 : settings_.depth_m + moment.clearance_m;
      judged.is_clear = moment.costs.total > 0.0 && lacking <= 0.0;
    }
    const double fooled = error_ == ModelError::kMiss ? -log_odds : log_odds;
    judged.score = judged.is_clear ? fooled : -kFarBelow - std::clamp(lacking, 0.0, kFarBelow);
  }

  const CostModel& model_;
  const sim::CameraFactory& cameras_;
  ModelError error_;
  const BlindSpotSettings& settings_;
  VariedWorlds worlds_;
  sim::Rectangle extents_;
  std::uint32_t seed_;
  int action_dim_;
};

// Judges whole generations at a time.
class Judges {
 public:
  explicit Judges(int workers)
      : pool_(workers), workspaces_(static_cast<std::size_t>(pool_.workers())) {}

  Status Judge(const Arena& arena, const Eigen::MatrixXd& points, std::vector<Judged>& judged) {
    judged.assign(static_cast<std::size_t>(points.cols()), {});
    std::vector<Status> statuses(judged.size());
    pool_.ForEach(static_cast<int>(judged.size()), [&](int i, int worker) {
      auto one = arena.Judge(points.col(i), workspaces_[static_cast<std::size_t>(worker)]);
      if (!one.ok())
        statuses[static_cast<std::size_t>(i)] = one.error();
      else
        judged[static_cast<std::size_t>(i)] = std::move(*one);
    });
    const auto failed = std::ranges::find_if(statuses, [](const Status& s) { return !s.ok(); });
    return failed == statuses.end() ? Status() : *failed;
  }

 private:
  WorkerPool pool_;
  std::vector<CostModelWorkspace> workspaces_;
};

// Both searches of one layout.
class Attack {
 public:
  Attack(const Arena& arena, ModelError error, const BlindSpotSettings& settings, Judges& judges,
         std::function<bool()> round_done)
      : arena_(arena),
        error_(error),
        settings_(settings),
        judges_(judges),
        round_done_(std::move(round_done)) {}

  Result<BlindSpot> Run(std::uint32_t seed) {
    BlindSpot spot{.seed = seed,
                   .candidates = settings_.search.generations * settings_.search.population,
                   .even_probability = std::numeric_limits<double>::quiet_NaN()};
    double best = kNotAllowed;
    const auto searched =
        SearchByCrossEntropy(arena_.dimensions(), settings_.search, seed, Scorer([&](Judged& one) {
                               if (!one.is_clear || one.score <= best) return;
                               best = one.score;
                               spot.worst = std::move(one.moment);
                             }));
    if (!searched.ok()) return searched.error();
    double worst_even = kNotAllowed;
    const auto drawn = SearchAtRandom(
        arena_.dimensions(), settings_.search, seed ^ kEvenStream, Scorer([&](Judged& one) {
          if (!one.is_clear) return;
          ++spot.even.clear;
          if (!spot.even_first) spot.even_first = one.moment;
          const bool called_safe = one.moment.probability < settings_.threshold;
          if (called_safe == (error_ == ModelError::kMiss)) ++spot.even.wrong;
          if (one.score <= worst_even) return;
          worst_even = one.score;
          spot.even_probability = one.moment.probability;
        }));
    if (!drawn.ok()) return drawn.error();
    return spot;
  }

 private:
  template <typename Note>
  PointScorer Scorer(Note note) {
    return [this, note](const Eigen::MatrixXd& points, Eigen::VectorXd& scores) -> Status {
      if (Status judged = judges_.Judge(arena_, points, judged_); !judged.ok()) return judged;
      for (std::size_t i = 0; i < judged_.size(); ++i) {
        scores[static_cast<Eigen::Index>(i)] = judged_[i].score;
        note(judged_[i]);
      }
      return CheckGoing(round_done_);
    };
  }

  const Arena& arena_;
  ModelError error_;
  const BlindSpotSettings& settings_;
  Judges& judges_;
  std::function<bool()> round_done_;
  std::vector<Judged> judged_;
};

Status CheckCanBeAttacked(const CostModel& model, const sim::EnvironmentSpec& spec) {
  if (Status fits = model.CheckFits(spec); !fits.ok()) return fits;
  if (model.past_inputs().history <= 1) return {};
  return BadInput(fmt::format(
      "The model looks at {} earlier observations, which a moment that is only put there does not "
      "have. Attack one that looks at a step alone.",
      model.past_inputs().history));
}

}  // namespace

std::span<const Choice<ModelError>> Choices(ModelError /*kind*/) {
  static constexpr std::array<Choice<ModelError>, 2> kChoices{
      {{ModelError::kMiss, "miss"}, {ModelError::kFalseAlarm, "false-alarm"}}};
  return kChoices;
}

Result<std::vector<BlindSpot>> FindBlindSpots(const CostModel& model,
                                              const sim::EnvironmentConfig& config,
                                              const sim::CameraFactory& cameras, ModelError error,
                                              const BlindSpotSettings& settings,
                                              std::span<const std::uint32_t> seeds, int workers,
                                              const AttackProgress& progress) {
  const auto gym = sim::SafetyGym::Create(config, cameras);
  if (!gym.ok()) return gym.error();
  if (Status can = CheckCanBeAttacked(model, (*gym)->spec()); !can.ok()) return can.error();
  Judges judges(workers);
  std::vector<BlindSpot> spots;
  const double rounds = 2.0 * settings.search.generations * static_cast<double>(seeds.size());
  double done = 0.0;
  const auto round_done = [&] { return !progress || progress(++done / rounds); };
  for (const std::uint32_t seed : seeds) {
    if (!(*gym)->Reset(seed).ok()) continue;
    const Arena arena(model, **gym, seed, cameras, error, settings);
    auto spot = Attack(arena, error, settings, judges, round_done).Run(seed);
    if (!spot.ok()) return spot.error();
    spots.push_back(std::move(*spot));
  }
  return spots;
}

}  // namespace lookout::agents
