#include "app/experiments/attacks/run_attacks.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "agents/feedback/models/evaluation.h"
#include "agents/inspect/attacks/blind_spots.h"
#include "app/experiments/simulated_sitting.h"
#include "app/experiments/staged_seeds.h"

namespace lookout::app {
namespace {

constexpr std::uint32_t kPoolSeeds = 6'000'000;
constexpr std::uint32_t kEvaluationSeeds = 7'000'000;
constexpr std::uint32_t kAttackSeeds = 8'000'000;
constexpr std::uint32_t kMeasuringSeeds = 9'000'000;
constexpr std::uint32_t kSeedsOfEach = 1000;
constexpr int kFindSteps = 25;                // of a clip that is made of a find
constexpr std::int64_t kFindIds = 1'000'000;  // of the episodes that are

struct Material {
  std::vector<StudyEpisode> pool;
  std::vector<StudyEpisode> evaluation;
};

// One arm of one seed: a sitting that goes on.
class ArmRun {
 public:
  ArmRun(const AttacksSettings& settings, const StudyStage& stage, const Material& material,
         std::uint32_t seed, AttacksArm arm, const KeepGoing& keep_going)
      : settings_(settings),
        stage_(stage),
        material_(material),
        seed_(seed),
        arm_(arm),
        keep_going_(keep_going),
        sitting_(stage.signature, stage.annotator,
                 {.clip_steps = settings.clip_steps,
                  .answers = settings.answers + settings.rounds * settings.finds,
                  .seed = seed ^ 0xA7A7A7A7U}) {}

  Result<std::vector<AttacksFigures>> Run() {
    if (Status added = sitting_.Add(material_.pool); !added) return added.error();
    const QueueOrder first{.answers = settings_.answers,
                           .batch = settings_.batch,
                           .choice_seed = (seed_ + 1U) * 20'011U,
                           .fit_seed = seed_ + 1U};
    if (Status asked = AskByQueue(sitting_, first, keep_going_); !asked) return asked.error();
    std::vector<AttacksFigures> figures;
    for (int round = 0; round <= settings_.rounds; ++round) {
      auto measured = Measure(round);
      if (!measured) return measured.error();
      figures.push_back(*measured);
      if (round == settings_.rounds) break;
      if (Status taught = TeachFinds(round); !taught) return taught.error();
      if (Status fitted = sitting_.Fit(seed_ + 1U, keep_going_); !fitted) return fitted.error();
    }
    return figures;
  }

 private:
  Result<std::vector<agents::BlindSpot>> Attack(std::uint32_t first_layout, int searches) const {
    std::vector<std::uint32_t> layouts;
    for (int i = 0; i < searches; ++i) {
      layouts.push_back(first_layout + kSeedsOfEach * seed_ + static_cast<std::uint32_t>(i));
    }
    return agents::FindBlindSpots(*sitting_.model(), stage_.environment, stage_.cameras,
                                  agents::ModelError::kMiss, settings_.attack, layouts, 1,
                                  [this](double) { return keep_going_(); });
  }

  Result<AttacksFigures> Measure(int round) {
    AttacksFigures figures;
    figures.arm = arm_;
    figures.round = round;
    const auto spots = Attack(kMeasuringSeeds, settings_.measured);
    if (!spots) return spots.error();
    agents::EvenSample even;
    double wrong = 0.0;
    double lowest = 0.0;
    double found = 0.0;
    for (const agents::BlindSpot& spot : *spots) {
      even.clear += spot.even.clear;
      even.wrong += spot.even.wrong;
      if (!spot.worst) continue;
      ++found;
      lowest += spot.worst->probability;
      wrong += spot.is_wrong(agents::ModelError::kMiss, settings_.attack.threshold) ? 1.0 : 0.0;
    }
    if (spots->empty()) return BadInput("No episode starts from the seeds to measure around.");
    figures.fooled = wrong / static_cast<double>(spots->size());
    if (found > 0.0) figures.lowest = lowest / found;
    if (even.clear > 0) figures.even_misses = double(even.wrong) / double(even.clear);
    MeasureOnPlay(figures);
    return figures;
  }

  void MeasureOnPlay(AttacksFigures& figures) {
    std::vector<float> predicted;
    std::vector<std::uint8_t> unsafe;
    double learned = 0.0;
    double real = 0.0;
    for (const StudyEpisode& episode : material_.evaluation) {
      const PredictedSteps steps = PredictSteps(episode, *sitting_.model(), workspace_);
      learned += steps.total_cost();
      real += episode.unsafe_steps();
      for (std::size_t i = 1; i < steps.cost.size(); ++i) {
        predicted.push_back(steps.cost[i]);
        unsafe.push_back(episode.seen[i].margin > 0.0F ? 1 : 0);
      }
    }
    figures.auc = agents::RocAuc(predicted, unsafe);
    if (real > 0.0) figures.cost_ratio = learned / real;
  }

  // The annotator is shown a clip of each find, or of what the other arm has in its place.
  Status TeachFinds(int round) {
    const auto first = kAttackSeeds + static_cast<std::uint32_t>(round * settings_.finds);
    const auto spots = Attack(first, settings_.finds);
    if (!spots) return spots.error();
    for (const agents::BlindSpot& spot : *spots) {
      const auto& moment = arm_ == AttacksArm::kFound ? spot.worst : spot.even_first;
      if (!moment) continue;
      const auto gym = agents::EnterMoment(*moment, stage_.cameras);
      if (!gym) return gym.error();
      const EpisodeId id{kFindIds + next_find_++};
      auto clip = PlayHeldAction(**gym, moment->action, kFindSteps, stage_.annotator.sees, id);
      if (!clip) return clip.error();
      if (!*clip) continue;
      const auto last = static_cast<StepIndex>((*clip)->steps() - 1);
      if (Status added = sitting_.Add({&**clip, 1}); !added) return added;
      sitting_.Ask({.first = {id, 1, last}});
    }
    return {};
  }

  const AttacksSettings& settings_;
  const StudyStage& stage_;
  const Material& material_;
  std::uint32_t seed_;
  AttacksArm arm_;
  const KeepGoing& keep_going_;
  SimulatedSitting sitting_;
  agents::CostModelWorkspace workspace_;
  std::int64_t next_find_ = 0;
};

Result<Material> Play(const AttacksSettings& settings, const StudyStage& stage, std::uint32_t seed,
                      const KeepGoing& keep_going) {
  const auto play = [&](int episodes, std::uint32_t first_seed) {
    return stage.Play({.episodes = episodes,
                       .first_seed = first_seed + kSeedsOfEach * seed,
                       .first_id = EpisodeId{1}},
                      keep_going);
  };
  auto pool = play(settings.pool_episodes, kPoolSeeds);
  if (!pool) return pool.error();
  auto evaluation = play(settings.evaluation_episodes, kEvaluationSeeds);
  if (!evaluation) return evaluation.error();
  return Material{std::move(*pool), std::move(*evaluation)};
}

Result<std::string> RunSeed(const AttacksSettings& settings, const StudyStage& stage,
                            std::uint32_t seed, const KeepGoing& keep_going) {
  const auto material = Play(settings, stage, seed, keep_going);
  if (!material) return material.error();
  AttacksSeed result{.seed = seed, .figures = {}};
  for (const AttacksArm arm : kAttacksArms) {
    const auto figures = ArmRun(settings, stage, *material, seed, arm, keep_going).Run();
    if (!figures) return figures.error();
    std::ranges::copy(*figures, std::back_inserter(result.figures));
  }
  return EncodeSeed(result, settings);
}

}  // namespace

Result<std::vector<AttacksSeed>> RunAttacks(const AttacksSettings& settings,
                                            const sim::CameraFactory& cameras,
                                            const StudyRun& run) {
  return RunStagedSeeds(settings, cameras, run, RunSeed);
}

}  // namespace lookout::app
