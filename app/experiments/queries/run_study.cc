#include "app/experiments/queries/run_study.h"

#include <cstdint>
#include <string>
#include <utility>

#include "app/experiments/staged_seeds.h"

namespace lookout::app {
namespace {

constexpr std::uint32_t kPoolSeeds = 1'000'000;
constexpr std::uint32_t kHeldOutSeeds = 2'000'000;
constexpr std::uint32_t kSeedsOfEach = 1000;
constexpr std::int64_t kFirstHeldOutId = 1'000'000;

Result<StudyMaterial> Play(const StudySettings& settings, const StudyStage& stage,
                           std::uint32_t seed, const KeepGoing& keep_going) {
  const auto play = [&](int episodes, std::uint32_t first_seed, std::int64_t first_id) {
    return stage.Play({.episodes = episodes,
                       .first_seed = first_seed + kSeedsOfEach * seed,
                       .first_id = EpisodeId{first_id}},
                      keep_going);
  };
  auto pool = play(settings.pool_episodes, kPoolSeeds, 1);
  if (!pool) return pool.error();
  auto held_out = play(settings.held_out_episodes, kHeldOutSeeds, kFirstHeldOutId);
  if (!held_out) return held_out.error();
  return StudyMaterial{stage.signature, std::move(*pool), std::move(*held_out)};
}

Result<std::string> RunSeed(const StudySettings& settings, const StudyStage& stage,
                            std::uint32_t seed, const KeepGoing& keep_going) {
  const auto material = Play(settings, stage, seed, keep_going);
  if (!material) return material.error();
  SeedResult result{.seed = seed, .rounds = {}};
  for (const Strategy strategy : kStrategies) {
    auto rounds = RunArm(settings, stage.annotator, *material, strategy, seed, keep_going);
    if (!rounds) return rounds.error();
    result.rounds[static_cast<std::size_t>(strategy)] = std::move(*rounds);
  }
  return EncodeSeed(result, settings);
}

}  // namespace

Result<std::vector<SeedResult>> RunStudy(const StudySettings& settings,
                                         const sim::CameraFactory& cameras, const StudyRun& run) {
  return RunStagedSeeds(settings, cameras, run, RunSeed);
}

}  // namespace lookout::app
