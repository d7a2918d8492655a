#include "ui/panels/inspect/model_inputs.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/fitting/label_inputs.h"
#include "ui/theme/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {

std::string InputsInWords(const agents::CostModelSettings& settings) {
  std::string words =
      settings.inputs == agents::InputChoice::kFull ? "full observation" : "world alone";
  if (settings.history > 0) words += fmt::format(", {} before it", settings.history);
  if (settings.traces > 0)
    words += fmt::format(", {} trace{}", settings.traces, settings.traces == 1 ? "" : "s");
  if (settings.with_action) words += ", the action";
  return words;
}

std::string OfStatesInWords(const agents::PastInputs& past) {
  if (past == agents::PastInputs{}) return {};
  std::vector<std::string> parts;
  if (past.history == 1) parts.emplace_back("the observation before a step");
  if (past.history > 1) {
    parts.push_back(fmt::format("the {} observations before a step", past.history));
  }
  if (past.traces > 0) parts.emplace_back("what was there longer ago");
  if (past.action_dim > 0) parts.emplace_back("the action of a step");
  std::string words = "It looks at ";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) words += i + 1 == parts.size() ? " and " : ", ";
    words += parts[i];
  }
  return words + ". On the floor it says what standing still and doing nothing there would cost.";
}

void KeepFitSettings(const Snapshots& snapshots, CommandSender& sender,
                     CostModelPanelState& state) {
  const bool begins = !std::exchange(state.begun, true);
  if (begins && snapshots.fit_settings != nullptr) {
    state.fit.settings = *snapshots.fit_settings;
    state.is_as_left = true;
  }
  std::string now = IdentityOf(state.fit.settings);
  const bool changed = !begins && now != state.told;
  if (changed) sender.Send(SetFitSettings{state.fit.settings});
  if (changed || begins) state.told = std::move(now);
}

void DrawModelInputs(const FitSnapshot& fit, CostModelPanelState& state) {
  agents::CostModelSettings& settings = state.fit.settings;
  const CostModelId before = state.inputs_of;
  if (fit.model != nullptr) state.inputs_of = fit.model->id();
  // At the start the form is as the project was left.
  const bool begins_as_left = before.value == 0 && state.is_as_left;
  if (state.inputs_of != before && !begins_as_left) TakeInputsOf(*fit.model, settings);
  const std::string chosen = InputsInWords(settings);
  if (!Section("model_inputs", "It looks at", chosen, state.inputs_open)) return;
  const std::array<Segment, 2> choices{
      {{"inputs/full", "", "Full observation"},
       {"inputs/world", "", "World alone",
        "Lidars and distances: what is around, not how the robot itself moves"}}};
  const auto clicked =
      Segmented(choices, static_cast<int>(settings.inputs), ImGui::GetContentRegionAvail().x);
  if (clicked) settings.inputs = static_cast<agents::InputChoice>(*clicked);
  FieldLabel("Observations before");
  std::int64_t history = settings.history;
  NumberField("inputs/history", history, 0, agents::PastInputs::kMostHistory, -1.0F);
  settings.history = static_cast<int>(history);
  Tooltip("By how much each has changed since: tells fast from slow");
  FieldLabel("Traces of the past");
  std::int64_t traces = settings.traces;
  NumberField("inputs/traces", traces, 0, agents::PastInputs::kMostTraces, -1.0F);
  settings.traces = static_cast<int>(traces);
  Tooltip(
      "Means of all that was before and the nearest thing seen, forgetting half in 10, 50 and 250 "
      "steps: tells what one step does not show, as how long it has been near");
  Toggle({.id = "inputs/with_action",
          .text = "The executed action",
          .tooltip = "What was done to get there, after any overseer"},
         settings.with_action);
  Toggle({.id = "inputs/classes",
          .text = "Tell classes of danger apart",
          .tooltip = "A head beside the total for each class that enough marks name; the total is "
                     "the same without"},
         settings.classes);
  ImGui::PushTextWrapPos(0.0F);
  TextSmall("From the next fit that you ask for on.");
  ImGui::PopTextWrapPos();
}

}  // namespace lookout::ui
