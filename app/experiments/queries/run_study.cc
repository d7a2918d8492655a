#include "app/experiments/queries/run_study.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

#include "app/experiments/spread_jobs.h"
#include "app/platform/files.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

constexpr std::size_t kMostSeedBytes = 64U << 20U;
constexpr std::uint32_t kPoolSeeds = 1'000'000;
constexpr std::uint32_t kHeldOutSeeds = 2'000'000;
constexpr std::uint32_t kSeedsOfEach = 1000;
constexpr std::int64_t kFirstHeldOutId = 1'000'000;

// What all seeds share.
struct Shared {
  const StudySettings& settings;
  const sim::CameraFactory& cameras;
  agents::AnnotatorSpec annotator;
  agents::PolicyPtr policy;
  sim::ObservationSignature signature;
};

Result<StudyMaterial> Play(const Shared& shared, std::uint32_t seed, const KeepGoing& keep_going) {
  const StudySettings& settings = shared.settings;
  const auto play = [&](int episodes, std::uint32_t first_seed, std::int64_t first_id) {
    return PlayStudyEpisodes(settings.environment, shared.cameras, *shared.policy,
                             shared.annotator.sees,
                             {.episodes = episodes,
                              .first_seed = first_seed + kSeedsOfEach * seed,
                              .first_id = EpisodeId{first_id}},
                             keep_going);
  };
  auto pool = play(settings.pool_episodes, kPoolSeeds, 1);
  if (!pool) return pool.error();
  auto held_out = play(settings.held_out_episodes, kHeldOutSeeds, kFirstHeldOutId);
  if (!held_out) return held_out.error();
  return StudyMaterial{shared.signature, std::move(*pool), std::move(*held_out)};
}

Result<SeedResult> RunSeed(const Shared& shared, std::uint32_t seed, const KeepGoing& keep_going) {
  const auto material = Play(shared, seed, keep_going);
  if (!material) return material.error();
  SeedResult result{.seed = seed, .rounds = {}};
  for (const Strategy strategy : kStrategies) {
    auto rounds = RunArm(shared.settings, shared.annotator, *material, strategy, seed, keep_going);
    if (!rounds) return rounds.error();
    result.rounds[static_cast<std::size_t>(strategy)] = std::move(*rounds);
  }
  return result;
}

// From its file, or by doing it.
Result<SeedResult> SeedOf(const Shared& shared, const std::filesystem::path& folder,
                          std::uint32_t seed, const KeepGoing& keep_going) {
  const std::filesystem::path file = folder / fmt::format("seed-{}.json", seed);
  if (std::filesystem::exists(file)) {
    const auto text = ReadWholeFile(file, kMostSeedBytes);
    if (!text) return text.error();
    return DecodeSeed(*text, shared.settings, file.string());
  }
  auto result = RunSeed(shared, seed, keep_going);
  if (!result) return result;
  if (Status kept = WriteWholeFile(file, EncodeSeed(*result, shared.settings)); !kept) {
    return kept.error();
  }
  return result;
}

Result<Shared> Prepare(const StudySettings& settings, const sim::CameraFactory& cameras) {
  auto annotator = agents::ParseAnnotator(settings.annotator);
  if (!annotator) return annotator.error();
  auto environment = MakeEnvironment(settings.environment, cameras);
  if (!environment) return environment.error();
  auto saved = LoadSavedPolicy(settings.policy, {}, cameras);
  if (!saved) return saved.error();
  const sim::EnvironmentSpec& spec = (*environment)->spec();
  if (Status fits = saved->actor.origin.CheckFits(spec, settings.policy); !fits) {
    return fits.error();
  }
  return Shared{settings, cameras, std::move(annotator).value(),
                agents::MakeGaussianPolicy(std::move(saved->actor), /*deterministic=*/false),
                spec.signature()};
}

}  // namespace

Result<std::vector<SeedResult>> RunStudy(const StudySettings& settings,
                                         const sim::CameraFactory& cameras, const StudyRun& run) {
  const auto shared = Prepare(settings, cameras);
  if (!shared) return shared.error();
  std::vector<std::optional<SeedResult>> results(static_cast<std::size_t>(run.seeds));
  const Status done = SpreadJobs(
      {.jobs = run.seeds, .workers = run.workers, .progress = run.progress},
      [&](int i, const KeepGoing& keep_going) -> Status {
        auto result = SeedOf(*shared, run.folder, static_cast<std::uint32_t>(i), keep_going);
        if (!result) return result.error();
        results[static_cast<std::size_t>(i)] = std::move(result).value();
        return {};
      });
  if (!done) return done.error();
  std::vector<SeedResult> all;
  for (auto& result : results) all.push_back(std::move(result).value());
  return all;
}

}  // namespace lookout::app
