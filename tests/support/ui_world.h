// A plausible world for panels to draw: an episode of PointGoal with costs and predictions, marks,
// a fitted model, a training run half way through. Everything can be changed by a test.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "agents/feedback/kinds/preference.h"
#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/snapshots.h"

namespace lookout::ui {

class UiWorld {
 public:
  // An empty world: nothing has happened yet. With `steps`, one live episode of that length.
  explicit UiWorld(StepIndex steps = 0);

  // The default scene of tests and pictures: episodes, marks, a cost model, a running training.
  static UiWorld Busy(StepIndex steps = 640);

  void AddEpisode(EpisodeId id, StepIndex steps, const std::string& agent, bool finished,
                  EpisodeId branched_from = {});
  // Another agent takes over in the newest episode, at its end, for so many steps.
  void HandOver(const std::string& agent, sim::ActionSource source, StepIndex steps);
  // An overseer (or a person, without driving) blocks at its end, for so many steps.
  void Block(const std::string& overseer, const std::string& reason, sim::ActionSource source,
             StepIndex steps);
  // Adds it to the journal; `saved` acknowledges it.
  MarkId AddMark(EpisodeId episode, StepIndex first, StepIndex last, agents::Verdict verdict,
                 bool saved = true, const std::string& note = {});
  MarkId AddPair(const agents::Preference& judged);
  void AddCostModel();
  void AddTraining(int iterations);

  Snapshots View() const;
  WindowInputs Inputs();
  bool overlay(std::string_view id) const;

  PlayerSnapshot player;
  TrainingSnapshot training;
  FitSnapshot fit;
  AgreementOnScreen agreement;
  FieldSnapshot field;
  ProjectSnapshot project;
  EpisodeStore episodes;
  MarkStore marks;
  Playhead playhead;
  std::vector<OpenMark> open_marks;
  std::vector<Notice> notices, messages;
  FrameFigures frame;
  InputMode mode = InputMode::kMark;
  double cost_limit = 25.0;
  std::optional<Comparison> comparison;
  std::optional<agents::CostModelSettings> fit_settings;
  bool recorded_predictions = false;
  agents::CostUse cost_use;
  std::optional<PredictionSeries> present_predictions;
  std::optional<QueriesOnScreen> queries;
  std::optional<PairOnScreen> pair;
  std::optional<VersionComparison> versions;
  std::optional<TransferMatrix> transfer;
  std::optional<BlockerOnScreen> blocker;
  std::optional<ExplanationOnScreen> explanation;
  std::optional<ProofOnScreen> proof;
  std::optional<NewWaysOnScreen> new_ways;
  std::optional<SensorsOnScreen> sensors;
  std::optional<BlindSpotsOnScreen> blind_spots;
  std::optional<HardWorldsOnScreen> hard_worlds;
  std::vector<agents::AnsweredAudit> audits;
  RegionDraft region;
  FieldQuantity quantity = FieldQuantity::kPredicted;
  std::vector<std::string> environments{"Safexp-PointGoal0-v0", "Safexp-PointGoal1-v0",
                                        "Safexp-PointGoal2-v0"};
  std::vector<NamedPolicy> policies{
      {"PPO on PointGoal1", "Shipped with the program", "Safexp-PointGoal1-v0"}};
  RunStore runs;
  RecordingState recording;
  std::optional<Moment> pressed_at;
  Stick stick;
  std::optional<double> pressed_s;
  Library library;

 private:
  std::array<bool, 13> overlay_flags_;
  std::vector<OverlaySwitch> switches_;
  std::vector<EnvironmentCard> cards_;
};

}  // namespace lookout::ui
