#include "ui/panels/training_panel.h"

#include <algorithm>
#include <array>

#include "ui/panels/comparison_panel.h"
#include "ui/panels/environment_catalogue.h"
#include "ui/panels/training_curves.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

using agents::Algorithm;
using agents::CostSource;

struct Preset {
  const char* name;
  const char* label;
  const char* tooltip;
};
constexpr std::array<Preset, 2> kTrainingPresets{
    {{"ray2019", "Ray 2019", "The recipe of Ray, Achiam and Amodei (2019), for comparison"},
     {"fast", "Fast", "Normalised observations and minibatches: learns in fewer minutes"}}};

bool IsActive(TrainingState state) {
  return state == TrainingState::kStarting || state == TrainingState::kRunning ||
         state == TrainingState::kPaused || state == TrainingState::kStopping;
}

// A name at the left, its field at the right.
void FieldLabel(std::string_view name) {
  ImGui::AlignTextToFramePadding();
  TextMuted(name);
  ImGui::SameLine(ImGui::GetCursorStartPos().x + Px(104));
}

// The preset's recipe, keeping what the person chose beside it.
void ApplyPreset(TrainingPanelState& state, int preset) {
  const auto recipe =
      agents::SettingsPreset(kTrainingPresets[static_cast<std::size_t>(preset)].name);
  if (!recipe) return;
  const agents::TrainingSettings chosen = state.draft;
  state.preset = preset;
  state.draft = *recipe;
  if (!state.drafted) return;
  state.draft.algorithm = chosen.algorithm;
  state.draft.cost_source = chosen.cost_source;
  state.draft.total_steps = chosen.total_steps;
  state.draft.seed = chosen.seed;
  state.draft.cost_limit = chosen.cost_limit;
}

void DraftOnce(const Snapshots& snapshots, TrainingPanelState& state) {
  if (state.drafted) return;
  ApplyPreset(state, state.preset);
  state.draft.algorithm = Algorithm::kPpoLagrangian;
  state.draft.total_steps = 2'000'000;
  state.draft.cost_limit = snapshots.cost_limit;
  state.drafted = true;
}

void DrawAgentSettings(agents::TrainingSettings& draft) {
  const std::array<Segment, 2> algorithms{
      {{"algorithm/ppo", "", "PPO", "No constraint: cost is only logged"},
       {"algorithm/ppo_lagrangian", "", "PPO-Lagrangian",
        "Holds the cost at the limit with a learned multiplier"}}};
  FieldLabel("Algorithm");
  if (const auto chosen = Segmented(algorithms, static_cast<int>(draft.algorithm),
                                    ImGui::GetContentRegionAvail().x)) {
    draft.algorithm = static_cast<Algorithm>(*chosen);
  }
  const std::array<Segment, 3> sources{
      {{"source/rule", "", "Rule", "The environment's own cost"},
       {"source/learned", "", "Learned", "The cost model that your marks made"},
       {"source/none", "", "None", "No cost; the rule's cost is still logged"}}};
  FieldLabel("Cost");
  if (const auto chosen = Segmented(sources, static_cast<int>(draft.cost_source),
                                    ImGui::GetContentRegionAvail().x)) {
    draft.cost_source = static_cast<CostSource>(*chosen);
  }
}

void DrawRecipe(const Snapshots& snapshots, const WindowInputs& inputs, TrainingPanelState& state) {
  const std::array<Segment, 2> presets{
      {{"preset/ray2019", "", kTrainingPresets[0].label, kTrainingPresets[0].tooltip},
       {"preset/fast", "", kTrainingPresets[1].label, kTrainingPresets[1].tooltip}}};
  FieldLabel("Recipe");
  if (const auto chosen = Segmented(presets, state.preset, ImGui::GetContentRegionAvail().x)) {
    ApplyPreset(state, *chosen);
  }
  FieldLabel("Environment");
  if (state.environment.empty()) state.environment = snapshots.player.environment;
  const auto& ids = inputs.environments;
  const auto present = std::find(ids.begin(), ids.end(), state.environment);
  const auto chosen =
      Choice({.id = "training_environment",
              .preview = ShortEnvironmentName(state.environment),
              .count = static_cast<int>(ids.size()),
              .selected = static_cast<int>(present - ids.begin())},
             [&](int i) -> std::string_view { return ids[static_cast<std::size_t>(i)]; });
  if (chosen) state.environment = ids[static_cast<std::size_t>(*chosen)];
}

void DrawNumbers(CommandSender& sender, agents::TrainingSettings& draft) {
  FieldLabel("Steps");
  NumberField("total_steps", draft.total_steps, 1000, 1'000'000'000, 0.0F);
  Tooltip("Environment steps in all");
  const ImVec2 max = ImGui::GetItemRectMax();
  const Short compact = CompactCount(static_cast<double>(draft.total_steps));
  const ImVec2 size = TextSize(compact, CurrentFonts().small);
  DrawText(*ImGui::GetWindowDrawList(), {max.x - size.x - Px(8), max.y - size.y - Px(6)},
           size.x + 1.0F, CurrentTheme().text_muted, compact, CurrentFonts().small);
  FieldLabel("Seed");
  std::int64_t seed = draft.seed;
  NumberField("training_seed", seed, 0, UINT32_MAX, 0.0F);
  draft.seed = static_cast<std::uint32_t>(seed);
  FieldLabel("Cost limit");
  if (NumberField("cost_limit", draft.cost_limit, 0.0, 1e6, "%.4g", 0.0F)) {
    sender.Send(SetCostLimit{draft.cost_limit});
  }
  Tooltip("Allowed cost per episode; the meters and curves show the same line");
}

std::string_view WhyNotStart(const Snapshots& snapshots, const agents::TrainingSettings& draft) {
  if (agents::NeedsCostModel(draft.cost_source) && snapshots.fit.newest == nullptr) {
    return "There is no cost model yet. Mark some spans and fit one, or choose the rule's cost.";
  }
  return {};
}

void DrawSetUp(const Snapshots& snapshots, CommandSender& sender, const WindowInputs& inputs,
               TrainingPanelState& state) {
  DrawAgentSettings(state.draft);
  DrawRecipe(snapshots, inputs, state);
  DrawNumbers(sender, state.draft);
  if (Button({.id = "start_training",
              .icon = kIconPlay,
              .text = "Start training",
              .look = ButtonLook::kPrimary,
              .width = -1.0F,
              .tooltip = "Runs beside the live episode; nothing in the window waits for it",
              .disabled_because = WhyNotStart(snapshots, state.draft)})) {
    sender.Send(StartTraining{state.environment, state.draft});
  }
}

void DrawRunButtons(const TrainingSnapshot& training, CommandSender& sender) {
  const float width = (ImGui::GetContentRegionAvail().x - Px(6)) * 0.5F;
  const bool paused = training.state == TrainingState::kPaused;
  const bool stopping = training.state == TrainingState::kStopping;
  const std::string_view wait = stopping ? "The run is stopping" : "";
  if (Button({.id = paused ? "resume_training" : "pause_training",
              .icon = paused ? kIconPlay : kIconPause,
              .text = paused ? "Resume" : "Pause",
              .width = width,
              .tooltip = "Takes effect between iterations",
              .disabled_because = wait})) {
    if (paused) {
      sender.Send(ResumeTraining{});
    } else {
      sender.Send(PauseTraining{});
    }
  }
  ImGui::SameLine(0.0F, Px(6));
  if (Button({.id = "stop_training",
              .icon = kIconStop,
              .text = "Stop",
              .look = ButtonLook::kDanger,
              .width = width,
              .tooltip = "Ends the run; its checkpoint and policy are kept",
              .disabled_because = wait})) {
    sender.Send(StopTraining{});
  }
}

void DrawRun(const TrainingSnapshot& training) {
  const agents::TrainingSettings& settings = training.settings;
  const bool any = training.history && !training.history->empty();
  const double done = any ? static_cast<double>(training.history->back().steps) : 0.0;
  const double now = done + training.iteration_fraction * settings.steps_per_iteration;
  const double total = std::max(1.0, static_cast<double>(settings.total_steps));
  const std::string_view name = agents::AlgorithmName(settings.algorithm);
  const std::string_view source = agents::CostSourceName(settings.cost_source);
  Heading(Short("%.*s, cost: %.*s", static_cast<int>(name.size()), name.data(),
                static_cast<int>(source.size()), source.data()),
          TrainingStateName(training.state));
  ProgressBar(static_cast<float>(now / total), Px(7));
  const double left_s =
      training.steps_per_second > 1.0 ? (total - now) / training.steps_per_second : 0.0;
  const Short left = training.state == TrainingState::kRunning && left_s > 0.0
                         ? Short(", %.0f min left", std::max(1.0, left_s / 60.0))
                         : Short();
  TextSmall(Short("%s of %s steps, %s steps/s%s", CompactCount(now).c_str(),
                  CompactCount(total).c_str(), CompactCount(training.steps_per_second).c_str(),
                  left.c_str()));
}

void DrawWatchButton(const Snapshots& snapshots, CommandSender& sender) {
  const bool watching = snapshots.player.agent == AgentKind::kNewestPolicy;
  const bool any = snapshots.training.policy_version > 0;
  if (Button({.id = "watch_newest",
              .icon = kIconView,
              .text = watching ? "Watching the newest policy" : "Watch the newest policy",
              .selected = watching,
              .width = -1.0F,
              .tooltip = "The live episode is steered by the run's newest policy",
              .disabled_because = any ? "" : "The first iteration has not finished yet"})) {
    sender.Send(SetAgent{AgentKind::kNewestPolicy, {}});
  }
}

}  // namespace

void DrawTrainingPanel(const Snapshots& snapshots, CommandSender& sender,
                       const WindowInputs& inputs, TrainingPanelState& state) {
  const TrainingSnapshot& training = snapshots.training;
  DraftOnce(snapshots, state);
  SyncCurves(training, state.curves);
  if (IsActive(training.state)) {
    DrawRun(training);
    DrawRunButtons(training, sender);
    DrawWatchButton(snapshots, sender);
  } else {
    DrawSetUp(snapshots, sender, inputs, state);
    if (!training.failure.empty()) TextWrapped(training.failure, CurrentTheme().error);
    if (state.curves.reports > 0) {
      ImGui::Dummy({1, Px(2)});
      DrawRun(training);
      DrawWatchButton(snapshots, sender);
    }
  }
  if (IsActive(training.state) || state.curves.reports > 0) DrawCurves(training, state.curves);
  ImGui::Dummy({1, Px(4)});
  DrawComparisonPanel(snapshots, sender, inputs, state.comparison);
}

}  // namespace lookout::ui
