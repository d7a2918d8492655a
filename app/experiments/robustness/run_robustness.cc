#include "app/experiments/robustness/run_robustness.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "agents/feedback/queries/choose_spans.h"
#include "agents/feedback/student/student_fit.h"
#include "app/experiments/robustness/measure_robustness.h"
#include "app/experiments/simulated_sitting.h"
#include "app/experiments/staged_seeds.h"

namespace lookout::app {
namespace {

constexpr std::uint32_t kPoolSeeds = 3'000'000;
constexpr std::uint32_t kSelectionSeeds = 4'000'000;
constexpr std::uint32_t kEvaluationSeeds = 5'000'000;
constexpr std::uint32_t kSeedsOfEach = 1000;

Result<RobustnessMaterial> Play(const RobustnessSettings& settings, const StudyStage& stage,
                                std::uint32_t seed, const KeepGoing& keep_going) {
  RobustnessMaterial material{
      .signature = stage.signature, .pool = {}, .selection = {}, .evaluation = {}, .play = {}};
  const auto order_of = [&](int episodes, std::uint32_t first_seed) {
    return PlayOrder{.episodes = episodes,
                     .first_seed = first_seed + kSeedsOfEach * seed,
                     .first_id = EpisodeId{first_seed},
                     .watch = {}};
  };
  material.play =
      [&stage, &keep_going,
       order = order_of(settings.evaluation_episodes, kEvaluationSeeds)](const auto& world) {
        return PlayStudyEpisodes(world, stage.cameras, *stage.policy, stage.annotator.sees, order,
                                 keep_going);
      };
  const auto play = [&](int episodes, std::uint32_t first_seed,
                        std::vector<StudyEpisode>& to) -> Status {
    auto played = stage.Play(order_of(episodes, first_seed), keep_going);
    if (!played) return played.error();
    to = std::move(*played);
    return {};
  };
  Status done = play(settings.pool_episodes, kPoolSeeds, material.pool);
  if (done) done = play(settings.selection_episodes, kSelectionSeeds, material.selection);
  if (done) done = play(settings.evaluation_episodes, kEvaluationSeeds, material.evaluation);
  if (!done) return done.error();
  return material;
}

class SeedRun {
 public:
  SeedRun(const RobustnessSettings& settings, const StudyStage& stage,
          const RobustnessMaterial& material, std::uint32_t seed, const KeepGoing& keep_going)
      : settings_(settings),
        material_(material),
        seed_(seed),
        keep_going_(keep_going),
        sitting_(material.signature, stage.annotator,
                 {.clip_steps = settings.clip_steps,
                  .answers = settings.answers,
                  .seed = seed ^ 0xC3C3C3C3U,
                  .noise = false}) {
    for (const StudyEpisode& episode : material.pool) {
      recorded_.push_back({episode.id, episode.observations, episode.actions});
    }
  }

  Result<RobustnessSeed> Run() {
    if (Status added = sitting_.Add(material_.pool); !added) return added.error();
    for (const int size : settings_.sizes()) {
      if (Status asked = AskUpTo(size); !asked) return asked.error();
      if (Status fitted = FitArms(size); !fitted) return fitted.error();
    }
    const auto labels = sitting_.Labels();
    if (!labels) return labels.error();
    const auto hard = FindHardSteps(material_, *labels, FitSettings(), keep_going_);
    if (!hard) return hard.error();
    const auto play =
        MeasureRobustness(material_, settings_.environment, *hard, seed_, keep_going_, models_);
    if (!play) return play.error();
    RobustnessSeed result{.seed = seed_,
                          .hard_states = hard->count(),
                          .hard_hash = hard->hash(),
                          .figures = {},
                          .play = *play};
    for (const ModelToMeasure& of : models_) result.figures.push_back(of.figures);
    return result;
  }

 private:
  agents::CostModelSettings FitSettings() const { return sitting_.FitSettings(seed_ + 1U); }

  // Batch by batch, with the queue's own model fitted between.
  Status AskUpTo(int size) {
    while (sitting_.answers() < size) {
      const agents::ChoiceSettings choice{
          .batch = std::min(settings_.batch, size - sitting_.answers()),
          .seed = (seed_ + 1U) * 20'011U + static_cast<std::uint32_t>(sitting_.answers())};
      const std::vector<agents::Query> batch = ChooseSpans(sitting_.Candidates(), choice);
      if (batch.empty()) {
        return TooFewClips(sitting_.answers(), "--pool-episodes", "--answers");
      }
      for (const agents::Query& query : batch) sitting_.Ask(query);
      if (sitting_.answers() >= settings_.answers) break;
      if (Status fitted = sitting_.Fit(seed_ + 1U, keep_going_); !fitted) return fitted;
    }
    return {};
  }

  Status FitArms(int size) {
    const auto labels = sitting_.Labels();
    if (!labels) return labels.error();
    for (const RobustnessArm arm : kRobustnessArms) {
      if (size != settings_.answers && !IsMeasuredAlways(arm)) continue;
      auto model = agents::FitStudent(*labels, recorded_, FitSettings(),
                                      SettingsOfArm(arm, settings_.student), CostModelId{1},
                                      [&](double) { return keep_going_(); });
      if (!model) return model.error();
      RobustnessFigures figures;
      figures.arm = arm;
      figures.answers = size;
      models_.push_back({std::move(*model), figures});
    }
    return {};
  }

  const RobustnessSettings& settings_;
  const RobustnessMaterial& material_;
  std::uint32_t seed_;
  const KeepGoing& keep_going_;
  SimulatedSitting sitting_;
  std::vector<agents::RecordedSteps> recorded_;
  std::vector<ModelToMeasure> models_;
};

Result<std::string> RunSeed(const RobustnessSettings& settings, const StudyStage& stage,
                            std::uint32_t seed, const KeepGoing& keep_going) {
  const auto material = Play(settings, stage, seed, keep_going);
  if (!material) return material.error();
  const auto result = SeedRun(settings, stage, *material, seed, keep_going).Run();
  if (!result) return result.error();
  return EncodeSeed(*result, settings);
}

}  // namespace

Result<std::vector<RobustnessSeed>> RunRobustness(const RobustnessSettings& settings,
                                                  const sim::CameraFactory& cameras,
                                                  const StudyRun& run) {
  return RunStagedSeeds(settings, cameras, run, RunSeed);
}

}  // namespace lookout::app
