#include "app/experiments/transfer/measure_transfer.h"

#include <filesystem>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "agents/feedback/models/adapted_model.h"
#include "agents/feedback/models/evaluation.h"
#include "agents/feedback/robustness/corruption_error.h"
#include "app/cost_models/cost_model_file.h"
#include "app/experiments/episode_figures.h"
#include "app/experiments/simulated_sitting.h"
#include "app/experiments/transfer/other_view.h"
#include "app/experiments/transfer/transfer_answers.h"
#include "app/platform/files.h"

namespace lookout::app {
namespace {

class CellRun {
 public:
  CellRun(const TransferWorld& world, const TransferKey& key, const KeepGoing& keep_going)
      : world_(world), keep_going_(keep_going) {
    cell_.key = key;
  }

  Result<TransferCell> Run() {
    if (Status played = Play(); !played) return played.error();
    for (const TransferInputs inputs : {TransferInputs::kFull, TransferInputs::kWorld}) {
      if (Status measured = MeasureAdapted(inputs); !measured) return measured.error();
    }
    if (Status measured = MeasureWithAnswers(); !measured) return measured.error();
    if (Status measured = MeasurePolicy(); !measured) return measured.error();
    return std::move(cell_);
  }

 private:
  const TransferKey& key() const { return cell_.key; }
  const StudyStage& target() const { return world_.stages[key().target]; }
  ModelInTarget& FiguresOf(TransferInputs inputs) {
    return cell_.models[static_cast<std::size_t>(inputs)];
  }

  Status Play() {
    const TransferSeeds seeds = TransferSeedsOf(key().seed);
    const auto play = [&](int episodes, std::uint32_t first_seed,
                          std::vector<StudyEpisode>& to) -> Status {
      auto played = target().Play(
          {.episodes = episodes, .first_seed = first_seed, .first_id = EpisodeId{first_seed}},
          keep_going_);
      if (!played) return played.error();
      to = std::move(played).value();
      return {};
    };
    if (Status s = play(world_.settings.selection_episodes, seeds.selection, selection_); !s) {
      return s;
    }
    return play(world_.settings.evaluation_episodes, seeds.evaluation, evaluation_);
  }

  void Measure(const agents::CostModel& model, ModelInTarget& figures) const {
    const StepScores chosen_on = ScoreSteps(selection_, model);
    const StepScores steps = ScoreSteps(evaluation_, model);
    const agents::ScoredSteps scored{steps.predicted, steps.unsafe};
    figures.auc = agents::RocAuc(steps.predicted, steps.unsafe);
    const float threshold =
        agents::AlarmThreshold({chosen_on.predicted, chosen_on.unsafe}, kTransferFalseAlarms);
    const agents::ErrorShares errors = agents::ErrorsAbove(scored, threshold);
    figures.missed = errors.missed;
    figures.false_alarms = errors.false_alarms;
    const double unsafe = std::accumulate(steps.unsafe.begin(), steps.unsafe.end(), 0.0);
    const double learned = std::accumulate(steps.predicted.begin(), steps.predicted.end(), 0.0);
    if (unsafe > 0.0) figures.ratio = learned / unsafe;
  }

  // Measures it, and keeps it beside the others.
  Status Take(const agents::CostModel& model, TransferInputs inputs) {
    Measure(model, FiguresOf(inputs));
    return WriteWholeFile(world_.folder / ModelFileOf(world_, key(), inputs), model.Encode());
  }

  Status MeasureAdapted(TransferInputs inputs) {
    ModelInTarget& figures = FiguresOf(inputs);
    const TransferKey home{key().source, key().source, key().seed};
    const auto file = world_.folder / ModelFileOf(world_, home, inputs);
    if (!std::filesystem::exists(file)) {
      figures.why = "The answers in " + world_.NameOf(key().source) + " all say the same.";
      return {};
    }
    const auto model = LoadCostModelFile(file);
    if (!model) return model.error();
    const auto adapted = agents::AdaptCostModel(*model->model, world_.specs[key().target]);
    if (!adapted) {
      figures.why = adapted.error().message;
      return {};
    }
    figures.absent = adapted->absent;
    figures.unknown = adapted->unknown;
    if (!key().is_home()) return Take(*adapted->model, inputs);
    Measure(*model->model, figures);
    return {};
  }

  Result<agents::LabelSet> LabelsIn(std::size_t place, int count) const {
    const PlaceKey of{place, key().seed};
    const auto answers = AnswersOf(world_, of, keep_going_);
    if (!answers) return answers.error();
    return LabelsOf(world_, of, *answers, count, keep_going_);
  }

  Status MeasureWithAnswers() {
    constexpr TransferInputs kInputs = TransferInputs::kWorldAndAnswers;
    ModelInTarget& figures = FiguresOf(kInputs);
    auto labels = LabelsIn(key().target, world_.settings.few_answers);
    if (!labels) return labels.error();
    if (!key().is_home()) {
      const auto of_source = LabelsIn(key().source, world_.settings.answers);
      if (!of_source) return of_source.error();
      auto joint = JoinLabels(world_.stages[key().source].signature, *of_source, target().signature,
                              *labels);
      if (!joint) {
        figures.why = joint.error().message;
        return {};
      }
      labels = std::move(joint);
    }
    if (!HasBothVerdicts(*labels)) {
      figures.why = "The answers all say the same.";
      return {};
    }
    const auto model =
        FitTransferModel(world_, {key().target, key().seed}, kInputs, *labels, keep_going_);
    if (!model) return model.error();
    return Take(**model, kInputs);
  }

  Status MeasurePolicy() {
    PolicyInTarget& figures = cell_.policy;
    if (world_.settings.places[key().source].policy.empty()) {
      figures.why = "A script plays " + world_.NameOf(key().source) + "; nothing was learned.";
      return {};
    }
    if (key().is_home()) {
      SetPolicyFigures(evaluation_);
      return {};
    }
    auto policy = PolicyElsewhere(world_.stages[key().source].policy, world_.specs[key().source],
                                  world_.specs[key().target]);
    if (!policy) {
      figures.why = policy.error().message;
      return {};
    }
    StudyStage there = target();
    there.policy = std::move(policy).value();
    const auto played = there.Play({.episodes = world_.settings.evaluation_episodes,
                                    .first_seed = TransferSeedsOf(key().seed).evaluation,
                                    .first_id = EpisodeId{1}},
                                   keep_going_);
    if (!played) return played.error();
    SetPolicyFigures(*played);
    return {};
  }

  void SetPolicyFigures(std::span<const StudyEpisode> episodes) {
    EpisodeSums sums = SumsOf(episodes, nullptr);
    cell_.policy.returns = std::move(sums.total_reward);
    cell_.policy.true_costs = std::move(sums.true_cost);
  }

  const TransferWorld& world_;
  const KeepGoing& keep_going_;
  TransferCell cell_;
  std::vector<StudyEpisode> selection_;
  std::vector<StudyEpisode> evaluation_;
};

}  // namespace

Result<TransferCell> MeasureTransfer(const TransferWorld& world, const TransferKey& key,
                                     const KeepGoing& keep_going) {
  return CellRun(world, key, keep_going).Run();
}

}  // namespace lookout::app
