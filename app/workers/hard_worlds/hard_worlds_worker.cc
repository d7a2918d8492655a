#include "app/workers/hard_worlds/hard_worlds_worker.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <vector>

#include "app/attacks/attack_finds.h"
#include "app/attacks/hard_worlds.h"
#include "app/runs/policy_evaluation.h"
#include "app/workers/runtime/worker_thread.h"
#include "sim/environment/environment.h"

namespace lookout::app {
namespace {

constexpr int kHardWorldsNice = 5;
constexpr double kEliteShare = 0.25;

agents::CrossEntropySettings SearchOf(const ui::FindHardWorlds& wanted) {
  return {.generations = wanted.generations,
          .population = wanted.population,
          .elite_share = kEliteShare};
}

HardWorldSettings SettingsOf(const HardWorldsRequest& request) {
  return {.environment = request.environment,
          .policy = request.policy,
          .overseer = request.overseer,
          .reach_m = request.wanted.reach_m,
          .search = SearchOf(request.wanted),
          .workers = ThreadsBesideWindow()};
}

ui::HardWorldsFound Compared(const HardWorldsRequest& request,
                             const std::vector<PlayedEpisode>& ordinary) {
  ui::HardWorldsFound found{
      .environment = std::string(sim::ShortEnvironmentName(request.environment.id)),
      .agent = request.agent,
      .overseer = request.overseer_name,
      .ordinary = static_cast<int>(ordinary.size()),
      .ordinary_mean_cost = Summarise(ordinary).cost.mean,
      .candidates = request.wanted.candidates(),
      .worlds = {}};
  for (const PlayedEpisode& episode : ordinary) {
    found.ordinary_with_cost += episode.costs.total > 0.0;
    found.ordinary_most_cost = std::max(found.ordinary_most_cost, episode.costs.total);
  }
  return found;
}

// The rows of the worlds, their files and their episodes.
Status Tell(const std::vector<HardWorld>& worlds, const HardWorldSettings& settings,
            const sim::CameraFactory& cameras, const EvaluationProgress& progress,
            ui::HardWorldsFound found, HardWorldsNews& news) {
  for (const HardWorld& world : worlds) {
    auto episode = EpisodeOf(world, settings, found.agent, cameras, progress);
    if (!episode.ok()) return episode.error();
    news.recorded.emplace(found.worlds.size(), std::move(*episode));
    news.steps.push_back(world.step);
    news.environments.push_back(EnvironmentOf(world));
    found.worlds.push_back({.seed = world.seed,
                            .cost = world.episode.costs.total,
                            .episode_return = world.episode.total_reward,
                            .clearance_m = world.clearance_m});
  }
  news.found = std::make_shared<const ui::HardWorldsFound>(std::move(found));
  return {};
}

Result<HardWorldsNews> SearchHardWorlds(const HardWorldsRequest& request,
                                        const sim::CameraFactory& cameras,
                                        const agents::AttackProgress& progress) {
  const HardWorldSettings settings = SettingsOf(request);
  const double searched = request.wanted.layouts * request.wanted.candidates();
  const double share = request.ordinary / (request.ordinary + searched);
  const auto ordinary =
      PlayOrdinaryWorlds(settings, cameras, request.ordinary, request.wanted.seed + kOrdinarySeeds,
                         [&](double of) { return progress(share * of); });
  if (!ordinary.ok()) return ordinary.error();
  std::vector<std::uint32_t> seeds(static_cast<std::size_t>(request.wanted.layouts));
  std::iota(seeds.begin(), seeds.end(), request.wanted.seed);
  const auto worlds = FindHardWorlds(
      settings, cameras, seeds, [&](double of) { return progress(share + (1.0 - share) * of); });
  if (!worlds.ok()) return worlds.error();
  HardWorldsNews news;
  Status told = Tell(
      *worlds, settings, cameras, [&](double) { return progress(1.0); },
      Compared(request, *ordinary), news);
  if (!told.ok()) return told.error();
  return news;
}

}  // namespace

HardWorldsWorker::HardWorldsWorker(sim::CameraFactory cameras)
    : thread_("hard worlds", kHardWorldsNice,
              [cameras = std::move(cameras)](const HardWorldsRequest& request,
                                             const agents::AttackProgress& watch) {
                auto news = SearchHardWorlds(request, cameras, watch);
                if (news) return std::move(*news);
                HardWorldsNews failed;
                failed.problem = news.error().message;
                return failed;
              }) {}

}  // namespace lookout::app
