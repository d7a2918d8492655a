#include "app/attacks/hard_worlds.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "agents/inspect/attacks/varied_worlds.h"
#include "agents/inspect/explanations/explained_model.h"
#include "agents/learning/worker_pool.h"
#include "agents/overseer/surroundings.h"
#include "app/overseers/overseer_spec.h"
#include "app/runs/policy_evaluation.h"
#include "app/runs/saved_policy.h"
#include "sim/engine/safety_gym.h"

namespace lookout::app {
namespace {

struct Played {
  HardWorld world;
  double score = agents::kNotAllowed;
};

// The least clearance of an episode, step by step.
class Nearest {
 public:
  void Watch(const sim::Environment& environment) {
    const auto& gym = dynamic_cast<const sim::SafetyGym&>(environment);
    if (!around_) around_.emplace(gym.config(), gym);
    around_->See(gym);
    least_m_ =
        std::min(least_m_, around_->ClearanceOf(gym.robot_position_in_world().head<2>(), 0.0));
  }
  double least_m() const { return least_m_; }

 private:
  std::optional<agents::Surroundings> around_;
  double least_m_ = 1e6;
};

// One episode in the world of a point.
Result<Played> Play(const HardWorldSettings& settings, const sim::CameraFactory& cameras,
                    const agents::VariedWorlds& worlds, std::uint32_t seed,
                    const Eigen::Ref<const Eigen::VectorXd>& point) {
  Played played;
  auto world = worlds.At(point);
  if (!world.ok()) return world.error();
  played.world = {.seed = seed, .world = std::move(*world)};
  auto overseers = MakeOverseers(settings.overseer, played.world.world, cameras);
  if (!overseers.ok()) return overseers.error();
  Nearest nearest;
  const auto episodes = PlayEpisodes(
      *settings.policy, [&] { return MakeEnvironment(played.world.world, cameras); },
      {.episodes = 1, .seed = seed, .workers = 1, .make_filter = std::move(*overseers)}, {},
      [&](int, const sim::Environment& environment, const agents::StepOutcome*) {
        nearest.Watch(environment);
      });
  if (!episodes.ok()) {
    // A goal need not fit between what was moved; anything else is the same for all candidates.
    if (episodes.error().code == ErrorCode::kBadInput) return played;
    return episodes.error();
  }
  const PlayedEpisode& episode = episodes->front();
  if (episode.status == sim::EpisodeStatus::kDiverged) return played;
  played.world.episode = episode;
  played.world.clearance_m = nearest.least_m();
  played.score = episode.costs.total > 0.0 ? episode.costs.total : -nearest.least_m();
  return played;
}

class WorldSearch {
 public:
  WorldSearch(const HardWorldSettings& settings, const sim::CameraFactory& cameras,
              std::function<bool()> round_done)
      : settings_(settings),
        cameras_(cameras),
        round_done_(std::move(round_done)),
        pool_(settings.workers) {}

  // Nothing if no world could be played.
  Result<std::optional<HardWorld>> Run(const sim::SafetyGym& gym, std::uint32_t seed) {
    const agents::VariedWorlds worlds(gym, settings_.reach_m);
    std::optional<Played> best;
    const auto score = [&](const Eigen::MatrixXd& points, Eigen::VectorXd& scores) -> Status {
      std::vector<Result<Played>> played(static_cast<std::size_t>(points.cols()), Played{});
      pool_.ForEach(static_cast<int>(played.size()), [&](int i, int) {
        played[static_cast<std::size_t>(i)] =
            Play(settings_, cameras_, worlds, seed, points.col(i));
      });
      for (std::size_t i = 0; i < played.size(); ++i) {
        if (!played[i].ok()) return played[i].error();
        scores[static_cast<Eigen::Index>(i)] = played[i]->score;
        const double least = best ? best->score : agents::kNotAllowed;
        if (played[i]->score > least) best = std::move(*played[i]);
      }
      return agents::CheckGoing(round_done_);
    };
    const auto searched =
        agents::SearchByCrossEntropy(worlds.dimensions(), settings_.search, seed, score);
    if (!searched.ok()) return searched.error();
    if (!best) return std::optional<HardWorld>();
    best->world.candidates = settings_.search.generations * settings_.search.population;
    return std::optional(std::move(best->world));
  }

 private:
  const HardWorldSettings& settings_;
  const sim::CameraFactory& cameras_;
  std::function<bool()> round_done_;
  agents::WorkerPool pool_;
};

}  // namespace

Result<std::vector<HardWorld>> FindHardWorlds(const HardWorldSettings& settings,
                                              const sim::CameraFactory& cameras,
                                              std::span<const std::uint32_t> seeds,
                                              const agents::AttackProgress& progress) {
  const auto gym = sim::SafetyGym::Create(settings.environment, cameras);
  if (!gym.ok()) return gym.error();
  if (const auto overseers = MakeOverseers(settings.overseer, settings.environment, cameras);
      !overseers.ok()) {
    return overseers.error();
  }
  const double rounds = settings.search.generations * static_cast<double>(seeds.size());
  double done = 0.0;
  WorldSearch search(settings, cameras, [&] { return !progress || progress(++done / rounds); });
  std::vector<HardWorld> found;
  for (const std::uint32_t seed : seeds) {
    if (!(*gym)->Reset(seed).ok()) continue;
    auto world = search.Run(**gym, seed);
    if (!world.ok()) return world.error();
    if (*world) found.push_back(std::move(**world));
  }
  return found;
}

}  // namespace lookout::app
