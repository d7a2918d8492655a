#include "app/experiments/labels/labels_answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/queries/choose_spans.h"
#include "app/experiments/labels/labels_cell.h"
#include "app/experiments/labels/stump.h"
#include "app/experiments/simulated_sitting.h"
#include "app/experiments/study_seeds.h"
#include "app/platform/files.h"

namespace lookout::app {
namespace {

constexpr std::size_t kMostFigureBytes = 1U << 20U;
constexpr int kPurposes = 2;

std::vector<agents::Query> NextBatch(const SimulatedSitting& sitting, const AnswersKey& key,
                                     const LabelsSettings& settings) {
  const agents::QueryCandidates candidates = sitting.Candidates();
  const agents::ChoiceSettings choice{
      .batch = std::min(settings.batch, key.answers - sitting.answers()),
      .seed = (key.seed + 1U) * 10'007U + static_cast<std::uint32_t>(sitting.answers())};
  return key.asking == Asking::kChance ? DrawSpans(candidates, choice)
                                       : ChooseSpans(candidates, choice);
}

bool GoesByModel(Asking asking) { return asking == Asking::kQueue || asking == Asking::kSights; }

// Asks until the answers are given. Only the queues go by a model;
// without one, what is new is asked about.
Status Ask(const AnswersKey& key, const LabelsSettings& settings, const KeepGoing& keep_going,
           SimulatedSitting& sitting, AnswersFigures& figures) {
  while (sitting.answers() < key.answers && keep_going()) {
    const std::vector<agents::Query> batch = NextBatch(sitting, key, settings);
    if (batch.empty()) return TooFewClips(sitting.answers(), "--pool-episodes", "--budgets");
    for (const agents::Query& query : batch) figures.unsafe_answers += sitting.Ask(query) ? 1 : 0;
    if (!GoesByModel(key.asking)) continue;
    if (Status fitted = sitting.Fit(key.seed + 1U, keep_going); !fitted) return fitted;
  }
  figures.answers = sitting.answers();
  return keep_going() ? Status() : Status(ExperimentStopped());
}

// labels: of both verdicts.
Result<agents::CostModelPtr> ModelOf(CostRow row, const LabelsWorld& world, const AnswersKey& key,
                                     const SimulatedSitting& sitting,
                                     const agents::LabelSet& labels, const KeepGoing& keep_going) {
  const CostModelId id{sitting.answers()};
  if (row == CostRow::kQueue || row == CostRow::kSights) return sitting.model();
  if (row == CostRow::kStump) return FitStump(labels, world.signature, id);
  agents::CostModelSettings fit;
  fit.signature = world.signature;
  fit.slips = row == CostRow::kSlips;
  fit.noise = false;
  fit.seed = key.seed + 1U;
  auto model = agents::FitCostModel(labels, fit, id, [&](double) { return keep_going(); });
  if (!model || row != CostRow::kRlsf) return model;
  return CutAtHalf(**model);
}

Status KeepModels(const LabelsWorld& world, const AnswersKey& key, const SimulatedSitting& sitting,
                  const KeepGoing& keep_going, AnswersFigures& figures) {
  const auto labels = sitting.Labels();
  if (!labels) return labels.error();
  figures.both_verdicts = HasBothVerdicts(*labels);
  if (!figures.both_verdicts) return {};  // nothing to learn
  for (const Choice<CostRow>& choice : Choices(CostRow{})) {
    if (choice.value == CostRow::kRule || AskingOf(choice.value) != key.asking) continue;
    if (choice.value == CostRow::kStump && agents::LidarInputs(world.signature).empty()) continue;
    const auto model = ModelOf(choice.value, world, key, sitting, *labels, keep_going);
    if (!model) return model.error();
    const auto file = world.folder / ModelFileOf(choice.value, key);
    if (Status kept = WriteWholeFile(file, (*model)->Encode()); !kept) return kept;
  }
  return {};
}

Result<AnswersFigures> Gather(const LabelsWorld& world, const AnswersKey& key,
                              const KeepGoing& keep_going) {
  const LabelsSettings& settings = world.settings;
  const agents::AnnotatorSpec annotator = world.AnnotatorWith(key.flips);
  const std::uint32_t first_seed = EpisodeSeedsOf(settings, key.seed).pool;
  const auto pool = PlayStudyEpisodes(
      settings.environment, world.cameras, *world.policy, annotator.sees,
      {.episodes = settings.pool_episodes, .first_seed = first_seed, .first_id = EpisodeId{1}},
      keep_going);
  if (!pool) return pool.error();
  SimulatedSitting sitting(world.signature, annotator,
                           {.clip_steps = settings.clip_steps,
                            .answers = key.answers,
                            .seed = first_seed ^ 0xA5A5A5A5U,
                            .noise = key.asking == Asking::kSights});
  if (Status added = sitting.Add(*pool); !added) return added.error();
  AnswersFigures figures;
  if (Status asked = Ask(key, settings, keep_going, sitting, figures); !asked) {
    return asked.error();
  }
  figures.viewing_minutes = figures.answers * settings.clip_steps * world.step_s / 60.0;
  if (Status kept = KeepModels(world, key, sitting, keep_going, figures); !kept)
    return kept.error();
  return figures;
}

}  // namespace

EpisodeSeeds EpisodeSeedsOf(const LabelsSettings& settings, std::uint32_t seed) {
  agents::TrainingSettings training = settings.training;
  training.seed = seed;
  const StudySeeds seeds(training, kPurposes,
                         std::max(settings.pool_episodes, settings.evaluation_episodes));
  return {.pool = seeds.first(0), .evaluation = seeds.first(1), .each = seeds.each()};
}

agents::AnnotatorSpec LabelsWorld::AnnotatorWith(double flips) const {
  agents::AnnotatorSpec spec = annotator;
  spec.settings.flip_rate = flips;
  return spec;
}

std::string FileNameOf(const AnswersKey& key) {
  return fmt::format("answers-{}-flips{}-{}-seed{}.json", ChoiceName(key.asking),
                     NumberText(key.flips), key.answers, key.seed);
}

std::string ModelFileOf(CostRow row, const AnswersKey& key) {
  return fmt::format("model-{}-flips{}-{}-seed{}.lookout", ChoiceName(row), NumberText(key.flips),
                     key.answers, key.seed);
}

Result<AnswersFigures> AnswersOf(const LabelsWorld& world, const AnswersKey& key,
                                 const KeepGoing& keep_going) {
  const std::filesystem::path file = world.folder / FileNameOf(key);
  if (std::filesystem::exists(file)) {
    const auto text = ReadWholeFile(file, kMostFigureBytes);
    if (!text) return text.error();
    return DecodeAnswers(*text, world.settings, file.string());
  }
  auto figures = Gather(world, key, keep_going);
  if (!figures) return figures;
  if (Status kept = WriteWholeFile(file, EncodeAnswers(*figures, world.settings)); !kept) {
    return kept.error();
  }
  return figures;
}

}  // namespace lookout::app
