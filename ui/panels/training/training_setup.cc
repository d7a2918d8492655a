#include "ui/panels/training/training_setup.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "agents/rl/settings/settings.h"
#include "sim/config/config.h"
#include "ui/panels/state/inputs/environment_catalogue.h"
#include "ui/panels/training/all_settings.h"
#include "ui/panels/training/cost_source_field.h"
#include "ui/panels/training/limit_floor_line.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/explanations.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

using agents::Algorithm;
using agents::MultiplierKind;

struct Preset {
  const char* name;
  const char* label;
  const char* tooltip;
};
constexpr std::array<Preset, 2> kTrainingPresets{
    {{"ray2019", "Ray 2019", "The recipe of Ray, Achiam and Amodei (2019), for comparison"},
     {"fast", "Fast", "Held actions, normalised observations, minibatches: learns in minutes"}}};
constexpr std::size_t kLongestPolicyName = 256;

sim::RobotKind RobotOf(const std::string& environment) {
  const auto config = sim::ConfigForId(environment);
  return config ? config->robot_base : sim::RobotKind::kPoint;
}

Result<agents::TrainingSettings> RecipeOf(const TrainingDraft& draft) {
  return agents::SettingsPreset(kTrainingPresets[static_cast<std::size_t>(draft.preset)].name,
                                RobotOf(draft.environment));
}

// The preset's recipe, keeping what the person chose beside it.
void ApplyPreset(TrainingDraft& draft, int preset) {
  draft.preset = preset;
  const auto recipe = RecipeOf(draft);
  if (!recipe) return;
  const agents::TrainingSettings chosen = draft.settings;
  draft.settings = *recipe;
  if (!draft.begun) return;
  draft.settings.algorithm = chosen.algorithm;
  draft.settings.cost_source = chosen.cost_source;
  draft.settings.cost_reading = chosen.cost_reading;
  draft.settings.stop_when_parted = chosen.stop_when_parted;
  draft.settings.network = chosen.network;
  draft.settings.multiplier_kind = chosen.multiplier_kind;
  draft.settings.total_steps = chosen.total_steps;
  draft.settings.start_from = chosen.start_from;
  draft.settings.seed = chosen.seed;
  draft.settings.cost_limit = chosen.cost_limit;
}

void BeginOnce(const Snapshots& snapshots, TrainingDraft& draft) {
  if (draft.begun) return;
  draft.environment = snapshots.player.environment;
  ApplyPreset(draft, draft.preset);
  draft.settings.algorithm = Algorithm::kPpoLagrangian;
  draft.settings.multiplier_kind = MultiplierKind::kPid;
  draft.settings.total_steps = 2'000'000;
  draft.settings.cost_limit = snapshots.cost_limit;
  draft.begun = true;
}

// A drop-down over one of the enumerations of choices.h; `label` names a value for people.
template <typename Enum, typename Label>
void ChoiceOf(const char* id, std::string_view tooltip, Enum& value, Label&& label) {
  const auto choices = agents::Choices(Enum{});
  const auto present = std::ranges::find(choices, value, &lookout::Choice<Enum>::value);
  const auto chosen =
      DropDown({.id = id,
                .preview = label(value),
                .count = static_cast<int>(choices.size()),
                .selected = static_cast<int>(present - choices.begin()),
                .tooltip = tooltip},
               [&](int i) { return label(choices[static_cast<std::size_t>(i)].value); });
  if (chosen) value = choices[static_cast<std::size_t>(*chosen)].value;
}

std::string_view MultiplierLabel(MultiplierKind kind) {
  switch (kind) {
    case MultiplierKind::kLagrange:
      return "Lagrange: gradient ascent";
    case MultiplierKind::kPid:
      return "PID controller";
    case MultiplierKind::kFixed:
      return "Fixed";
  }
  return {};
}

std::string_view ReadingLabel(agents::CostReading reading) {
  switch (reading) {
    case agents::CostReading::kMean:
      return "Mean";
    case agents::CostReading::kCautious:
      return "Cautious: mean + spread";
    case agents::CostReading::kUnknownUnsafe:
      return "Unknown unsafe";
  }
  return {};
}

void DrawAgentSettings(const WindowInputs& inputs, TrainingDraft& draft) {
  agents::TrainingSettings& settings = draft.settings;
  FieldLabel("Algorithm");
  ChoiceOf("algorithm", "PPO and TRPO only log the cost; the others hold it to the limit",
           settings.algorithm, agents::AlgorithmName);
  if (agents::HasMultiplier(settings.algorithm)) {
    FieldLabel("Multiplier");
    ChoiceOf("multiplier", "How the price of cost finds its value", settings.multiplier_kind,
             MultiplierLabel);
  }
  FieldLabel("Network");
  ChoiceOf("network",
           "MLP sees the present alone; GRU, TrXL and GTrXL also remember what they saw before",
           settings.network, agents::NetworkName);
  DrawCostSource(inputs, draft);
  if (agents::ReadsCostModel(settings)) {
    FieldLabel("Cost reading");
    ChoiceOf("cost_reading",
             "Mean: what the cost model expects. Cautious: more where its networks disagree. "
             "Unknown unsafe: 1 where nothing was labelled nearby",
             settings.cost_reading, ReadingLabel);
    Toggle({.id = "stop_when_parted",
            .text = "Stop where the costs part",
            .tooltip = "Ends the run once the true cost has risen and the learned one has not seen "
                       "it, which is said in any case. It can be gone on with"},
           settings.stop_when_parted);
  }
}

// An iteration is of other lengths for other robots, unless the person has chosen one.
void DraftFor(TrainingDraft& draft, const std::string& environment) {
  const auto recipe_steps = [&draft] {
    const auto recipe = RecipeOf(draft);
    return recipe ? recipe->steps_per_iteration : draft.settings.steps_per_iteration;
  };
  const bool as_in_recipe = draft.settings.steps_per_iteration == recipe_steps();
  draft.environment = environment;
  if (as_in_recipe) draft.settings.steps_per_iteration = recipe_steps();
}

void DrawTrainingEnvironment(const WindowInputs& inputs, TrainingDraft& draft) {
  FieldLabel("Environment");
  const std::string& environment = draft.environment;
  const auto& ids = inputs.environments;
  const auto present = std::ranges::find(ids, environment);
  const auto chosen =
      DropDown({.id = "training_environment",
                .preview = ShortEnvironmentName(environment),
                .count = static_cast<int>(ids.size()),
                .selected = static_cast<int>(present - ids.begin())},
               [&](int i) -> std::string_view { return ids[static_cast<std::size_t>(i)]; });
  if (chosen) DraftFor(draft, ids[static_cast<std::size_t>(*chosen)]);
}

// New networks, or those of a policy that was trained in the same environment.
void DrawStart(const WindowInputs& inputs, TrainingDraft& draft) {
  std::vector<std::string_view> names{"New networks"};
  for (const NamedPolicy& policy : inputs.policies) {
    if (policy.environment == draft.environment) names.push_back(policy.name);
  }
  const auto present = std::find(names.begin() + 1, names.end(), draft.settings.start_from);
  if (present == names.end()) draft.settings.start_from.clear();
  const int selected =
      draft.settings.start_from.empty() ? 0 : static_cast<int>(present - names.begin());
  FieldLabel("Start from");
  const auto chosen = DropDown({.id = "start_from",
                                .preview = names[static_cast<std::size_t>(selected)],
                                .count = static_cast<int>(names.size()),
                                .selected = selected,
                                .tooltip = "A policy to train further, or none"},
                               [&](int i) { return names[static_cast<std::size_t>(i)]; });
  if (chosen) {
    draft.settings.start_from =
        *chosen == 0 ? "" : Cut(names[static_cast<std::size_t>(*chosen)], kLongestPolicyName);
  }
}

void DrawRecipe(const WindowInputs& inputs, TrainingDraft& draft) {
  const std::array<Segment, 2> presets{
      {{"preset/ray2019", "", kTrainingPresets[0].label, kTrainingPresets[0].tooltip},
       {"preset/fast", "", kTrainingPresets[1].label, kTrainingPresets[1].tooltip}}};
  FieldLabel("Preset");
  if (const auto chosen = Segmented(presets, draft.preset, ImGui::GetContentRegionAvail().x)) {
    ApplyPreset(draft, *chosen);
  }
  DrawTrainingEnvironment(inputs, draft);
  DrawStart(inputs, draft);
}

void DrawNumbers(CommandSender& sender, agents::TrainingSettings& settings) {
  FieldLabel("Steps");
  NumberField("total_steps", settings.total_steps, 1000, 1'000'000'000, 0.0F);
  Tooltip("Environment steps in all");
  const ImVec2 max = ImGui::GetItemRectMax();
  const Short compact = CompactCount(static_cast<double>(settings.total_steps));
  const ImVec2 size = TextSize(compact, CurrentFonts().small);
  DrawText(*ImGui::GetWindowDrawList(), {max.x - size.x - Px(8), max.y - size.y - Px(6)},
           size.x + 1.0F, CurrentTheme().text_muted, compact, CurrentFonts().small);
  FieldLabel("Seed");
  std::int64_t seed = settings.seed;
  NumberField("training_seed", seed, 0, UINT32_MAX, 0.0F);
  settings.seed = static_cast<std::uint32_t>(seed);
  FieldLabel("Cost limit");
  if (NumberField("cost_limit", settings.cost_limit, 0.0, 1e6, "%.4g", 0.0F)) {
    sender.Send(SetCostLimit{settings.cost_limit});
  }
  Explain(Figure::kLimit);
}

// Of environments that are not on screen the trainer knows whether they have a cost model.
std::string WhyNotStart(const Snapshots& snapshots, const FloorLine& floor,
                        const TrainingDraft& draft) {
  const agents::TrainingSettings& settings = draft.settings;
  const bool lacks_model =
      snapshots.fit.environment == draft.environment && snapshots.fit.model == nullptr;
  if (agents::NeedsCostModel(settings.cost_source) && lacks_model) {
    return "There is no cost model of this environment's observation yet. Mark some spans and fit "
           "one, or choose the rule's cost.";
  }
  const Status checked = agents::CheckSettings(settings);
  return checked ? WhyLimitCannotBeMet(snapshots, draft, floor) : checked.error().message;
}

}  // namespace

void FollowEnvironment(const std::string& shown, std::string& followed, TrainingDraft& draft) {
  const bool follows = draft.environment.empty() || draft.environment == followed;
  if (follows && draft.environment != shown) DraftFor(draft, shown);
  followed = shown;
}

void DrawTrainingSetup(const Snapshots& snapshots, CommandSender& sender,
                       const WindowInputs& inputs, FloorLine& floor, TrainingDraft& draft) {
  BeginOnce(snapshots, draft);
  DrawAgentSettings(inputs, draft);
  DrawRecipe(inputs, draft);
  DrawNumbers(sender, draft.settings);
  DrawLimitFloor(snapshots, sender, draft, floor);
  DrawAllSettings(draft);
  if (Button({.id = "start_training",
              .icon = kIconPlay,
              .text = "Start training",
              .look = ButtonLook::kPrimary,
              .width = -1.0F,
              .tooltip = "Runs beside the live episode; nothing in the window waits for it",
              .disabled_because = WhyNotStart(snapshots, floor, draft)})) {
    sender.Send(StartTraining{draft.environment, draft.settings, floor.anyway});
  }
}

}  // namespace lookout::ui
