#include "agents/inspect/attacks/blind_spots.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "agents/inspect/attacks/moment_arena.h"
#include "agents/inspect/explanations/explained_model.h"
#include "agents/learning/worker_pool.h"
#include "sim/base/check.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {
namespace {

// Streams of the search and of the even sample, apart from each other for all seeds.
constexpr std::uint32_t kEvenStream = 0x5eed0000U;

// Judges whole generations at a time.
class Judges {
 public:
  explicit Judges(int workers)
      : pool_(workers), workspaces_(static_cast<std::size_t>(pool_.workers())) {}

  Status Judge(const MomentArena& arena, const Eigen::MatrixXd& points,
               std::vector<JudgedMoment>& judged) {
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
  Attack(const MomentArena& arena, ModelError error, const BlindSpotSettings& settings,
         Judges& judges, std::function<bool()> round_done)
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
    const auto searched = SearchByCrossEntropy(arena_.dimensions(), settings_.search, seed,
                                               Scorer([&](JudgedMoment& one) {
                                                 if (!one.is_clear || one.score <= best) return;
                                                 best = one.score;
                                                 spot.worst = std::move(one.moment);
                                               }));
    if (!searched.ok()) return searched.error();
    double worst_even = kNotAllowed;
    const auto drawn = SearchAtRandom(
        arena_.dimensions(), settings_.search, seed ^ kEvenStream, Scorer([&](JudgedMoment& one) {
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

  const MomentArena& arena_;
  ModelError error_;
  const BlindSpotSettings& settings_;
  Judges& judges_;
  std::function<bool()> round_done_;
  std::vector<JudgedMoment> judged_;
};

Status CheckCanBeAttacked(const CostModel& model, const sim::EnvironmentSpec& spec) {
  if (Status fits = model.CheckFits(spec); !fits.ok()) return fits;
  if (!model.past_inputs().BeyondOneStep()) return {};
  return BadInput(
      "The model looks at what was long before a step, which a moment that is only put there does "
      "not have. Attack one that looks at a step alone.");
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
    const MomentArena arena(model, **gym, seed, cameras, error, settings);
    auto spot = Attack(arena, error, settings, judges, round_done).Run(seed);
    if (!spot.ok()) return spot.error();
    spots.push_back(std::move(*spot));
  }
  return spots;
}

}  // namespace lookout::agents
