#include "app/workers/blind_spots/blind_spots_worker.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <vector>

#include "app/attacks/attack_finds.h"
#include "app/workers/runtime/worker_thread.h"

namespace lookout::app {
namespace {

constexpr int kBlindSpotsNice = 5;

std::vector<std::uint32_t> SeedsOf(const ui::FindBlindSpots& wanted) {
  std::vector<std::uint32_t> seeds(static_cast<std::size_t>(wanted.layouts));
  std::iota(seeds.begin(), seeds.end(), wanted.seed);
  return seeds;
}

Result<BlindSpotsNews> SearchBlindSpots(const BlindSpotsRequest& request,
                                        const sim::CameraFactory& cameras,
                                        const agents::AttackProgress& progress) {
  const agents::BlindSpotSettings settings{.speed_m_s = request.wanted.speed_m_s,
                                           .push_n = request.wanted.push_n,
                                           .search = request.search};
  auto spots =
      agents::FindBlindSpots(*request.model, request.environment, cameras, request.wanted.error,
                             settings, SeedsOf(request.wanted), ThreadsBesideWindow(), progress);
  if (!spots) return spots.error();
  const auto found = std::make_shared<ui::BlindSpotsFound>(
      ui::BlindSpotsFound{.model = request.model->id(),
                          .environment = request.environment.id,
                          .error = request.wanted.error,
                          .threshold = settings.threshold,
                          .depth_m = settings.depth_m,
                          .spots = std::move(*spots)});
  BlindSpotsNews news;
  for (std::size_t i = 0; i < found->spots.size(); ++i) {
    if (!found->IsWrong(i)) continue;
    auto episode = EpisodeOf(*found->spots[i].worst, cameras);
    if (!episode) return episode.error();
    news.recorded.emplace(i, std::move(*episode));
  }
  news.found = found;
  return news;
}

}  // namespace

BlindSpotsWorker::BlindSpotsWorker(sim::CameraFactory cameras)
    : thread_("blind spots", kBlindSpotsNice,
              [cameras = std::move(cameras)](const BlindSpotsRequest& request,
                                             const agents::AttackProgress& watch) {
                auto news = SearchBlindSpots(request, cameras, watch);
                if (news) return std::move(*news);
                BlindSpotsNews failed;
                failed.problem = news.error().message;
                return failed;
              }) {}

}  // namespace lookout::app
