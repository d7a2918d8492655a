#include "ui/panels/training/limit_floor_line.h"

#include <string>

#include "ui/theme/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// In use for what is on screen; 0 where that is another environment, or there is none.
CostModelId ModelOf(const Snapshots& snapshots, const TrainingDraft& draft) {
  const FitSnapshot& fit = snapshots.fit;
  const bool known = fit.environment == draft.environment && fit.model != nullptr;
  return known ? fit.model->id() : CostModelId{};
}

// The newest floor, if it answers the draft's question.
const MeasuredFloor* FloorOf(const Snapshots& snapshots, const TrainingDraft& draft) {
  const MeasuredFloor* const floor = snapshots.training.floor.get();
  if (floor == nullptr || floor->environment != draft.environment) return nullptr;
  const CostModelId model = ModelOf(snapshots, draft);
  if (model.value != 0 && floor->model != model) return nullptr;
  return agents::CountCostsAlike(floor->settings, draft.settings) ? floor : nullptr;
}

bool WasAsked(const FloorLine& line, const TrainingDraft& draft, CostModelId model) {
  return line.environment == draft.environment && line.model == model &&
         agents::CountCostsAlike(line.settings, draft.settings);
}

}  // namespace

void DrawLimitFloor(const Snapshots& snapshots, CommandSender& sender, const TrainingDraft& draft,
                    FloorLine& line) {
  if (!agents::LimitsLearnedCost(draft.settings)) return;
  const MeasuredFloor* const floor = FloorOf(snapshots, draft);
  const CostModelId model = ModelOf(snapshots, draft);
  if (floor == nullptr && !WasAsked(line, draft, model)) {
    line = {.environment = draft.environment, .settings = draft.settings, .model = model};
    sender.Send(MeasureFloor{draft.environment, draft.settings});
  }
  if (floor == nullptr) return TextSmall("A safe script is played under the cost model ...");
  if (!floor->failure.empty()) return TextSmall(floor->failure);
  const Status met = agents::CheckLimit(floor->floor, draft.settings.cost_limit);
  if (met) return TextWrapped(agents::FloorText(floor->floor), CurrentTheme().text_muted);
  TextWrapped(met.error().message, CurrentTheme().warning);
  Toggle({.id = "train_anyway",
          .text = "Train all the same",
          .tooltip = "The multiplier rises for as long as the limit is not met"},
         line.anyway);
}

std::string WhyLimitCannotBeMet(const Snapshots& snapshots, const TrainingDraft& draft,
                                const FloorLine& line) {
  if (line.anyway || !agents::LimitsLearnedCost(draft.settings)) return {};
  const MeasuredFloor* const floor = FloorOf(snapshots, draft);
  if (floor == nullptr || !floor->failure.empty()) return {};
  const Status met = agents::CheckLimit(floor->floor, draft.settings.cost_limit);
  return met ? std::string() : met.error().message;
}

}  // namespace lookout::ui
