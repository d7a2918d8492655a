#include "ui/panels/frame/bars/toolbar.h"

#include <algorithm>
#include <array>

#include "ui/panels/browse/agent_choices.h"
#include "ui/panels/frame/bars/window_buttons.h"
#include "ui/panels/state/action_button.h"
#include "ui/panels/state/inputs/speeds.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// Below these widths at 100 % the bar drops its wordmark, then its labels and the set-up.
constexpr float kRoomForWordmark = 1500.0F;
constexpr float kRoomForModeNames = 1400.0F;
constexpr float kRoomForSetup = 1050.0F;
constexpr float kRoomForMeasured = 870.0F;
constexpr float kRoomForAll = 805.0F;  // and then what has another place, too
constexpr float kRoomForModeName = 735.0F;
constexpr float kRoomForLongSpeed = 665.0F;

// Of the choice of speeds, in a window of that width.
float SpeedWidth(float width) {
  if (width >= Px(kRoomForSetup)) return Px(142);
  if (width >= Px(kRoomForMeasured)) return Px(112);
  return Px(width >= Px(kRoomForLongSpeed) ? 90.0F : 70.0F);
}

void DrawPlayback(const ActionContext& context) {
  const bool playing = context.snapshots.playing();
  const bool live = context.snapshots.playhead.live;
  ActionButton(ActionId::kPlayPause, context,
               {.icon = playing ? kIconPause : kIconPlay,
                .look = ButtonLook::kPrimary,
                .width = Px(38),
                .tooltip = playing ? "Pause"
                           : live  ? "Play"
                                   : "Replay from here"});
  ImGui::SameLine();
  ActionButton(ActionId::kStepBack, context, {.look = ButtonLook::kGhost});
  ImGui::SameLine(0.0F, Px(2));
  ActionButton(ActionId::kStepForward, context, {.look = ButtonLook::kGhost});
}

void DrawNewEpisode(const ActionContext& context) {
  ActionButton(ActionId::kReset, context, {.look = ButtonLook::kGhost});
  ImGui::SameLine(0.0F, Px(2));
  ActionButton(ActionId::kNextSeed, context, {.look = ButtonLook::kGhost});
}

// Target in the field, measured beside it: a person sees at once if the machine keeps up.
void DrawSpeed(const Snapshots& snapshots, CommandSender& sender, float width) {
  const bool wide = width >= Px(kRoomForSetup);
  const bool measured_fits = width >= Px(kRoomForMeasured);
  const PlayerSnapshot& player = snapshots.player;
  const std::span<const double> speeds = Speeds();
  const auto present = std::find(speeds.begin(), speeds.end(), player.target_speed);
  const Short target = SpeedText(player.target_speed);
  std::array<Short, 18> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = SpeedText(speeds[i]);
  const auto chosen = DropDown({.id = "speed",
                                .icon = wide ? kIconSpeed : "",
                                .preview = target,
                                .count = static_cast<int>(speeds.size()),
                                .selected = static_cast<int>(present - speeds.begin()),
                                .width = SpeedWidth(width),
                                .tooltip = "Speed, as a factor of real time (= and - keys)"},
                               [&](int i) { return names[static_cast<std::size_t>(i)].view(); });
  if (chosen) sender.Send(SetSpeed{speeds[static_cast<std::size_t>(*chosen)]});
  if (!measured_fits) return;
  ImGui::SameLine(0.0F, Px(6));
  ImGui::AlignTextToFramePadding();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Short measured = MotionInWords(snapshots);
  ImFont* small = CurrentFonts().small;
  const float y = at.y + (ImGui::GetFrameHeight() - TextSize(measured, small).y) * 0.5F;
  DrawText(*ImGui::GetWindowDrawList(), {at.x, y}, Px(52), CurrentTheme().text_muted, measured,
           small);
  ImGui::Dummy({Px(48), ImGui::GetFrameHeight()});
  if (ImGui::IsItemHovered()) Tooltip("Measured speed of the live episode; \"replay\" of the past");
}

// Where there is little room the present one alone is named, or none.
void DrawModes(const ActionContext& context, bool wide, bool present_named) {
  constexpr std::array kModes{ActionId::kViewMode, ActionId::kDriveMode, ActionId::kMarkMode,
                              ActionId::kOverseeMode};
  constexpr std::array kNames{"View", "Drive", "Mark", "Oversee"};
  constexpr std::array kIds{"mode/view", "mode/drive", "mode/mark", "mode/oversee"};
  std::array<Segment, kModes.size()> modes;
  for (std::size_t i = 0; i < modes.size(); ++i) {
    const Action& action = ActionOf(kModes[i]);
    const bool present = i == static_cast<std::size_t>(context.snapshots.mode);
    const bool named = wide || (present && present_named);
    modes[i] = {kIds[i], action.icon, named ? kNames[i] : "", action.help,
                context.window.keymap.text(action.id)};
  }
  if (const auto mode = Segmented(modes, static_cast<int>(context.snapshots.mode))) {
    Perform(kModes[static_cast<std::size_t>(*mode)], context);
  }
}

void DrawEnvironmentChoice(const ActionContext& context, float width) {
  const std::string name = LiveEnvironmentName(context.snapshots);
  ActionButton(ActionId::kEnvironments, context, {.text = name, .width = width});
}

void DrawSeed(const Snapshots& snapshots, CommandSender& sender, ToolbarState& state, float width) {
  if (state.seed_of != snapshots.player.episode) {
    state.seed_of = snapshots.player.episode;
    state.typed_seed = snapshots.player.seed;
  }
  if (NumberField("seed", state.typed_seed, 0, UINT32_MAX, width)) {
    sender.Send(
        ResetEpisode{ResetEpisode::Seed::kGiven, static_cast<std::uint32_t>(state.typed_seed)});
  }
  Tooltip("Seed: type one to start its episode. The same seed is the same world.");
}

// A policy of another environment is named with it.
std::string NameIn(const AgentChoice& choice, const PlayerSnapshot& player) {
  std::string name(choice.name);
  if (IsFromElsewhere(choice, player)) {
    name.append(", in ").append(ShortEnvironmentName(choice.environment));
  }
  return name;
}

// Into the live episode, or, where it was trained elsewhere, into an episode there.
void PutIn(const AgentChoice& choice, const PlayerSnapshot& player, CommandSender& sender) {
  if (IsFromElsewhere(choice, player) && !IsActing(choice, player)) {
    sender.Send(WatchIn{std::string(choice.environment), WishFor(choice)});
  } else {
    sender.Send(WishFor(choice));
  }
}

void DrawAgentChoice(const Snapshots& snapshots, CommandSender& sender, const WindowInputs& inputs,
                     float width) {
  const std::vector<AgentChoice> choices = AgentChoices(snapshots, inputs.policies);
  int selected = -1;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (IsActing(choices[i], snapshots.player)) selected = static_cast<int>(i);
    names.push_back(NameIn(choices[i], snapshots.player));
  }
  const auto chosen =
      DropDown({.id = "agent",
                .icon = snapshots.player.agent == AgentKind::kHuman ? kIconPerson : kIconAgent,
                .preview = snapshots.player.agent_name.empty()
                               ? AgentKindName(snapshots.player.agent)
                               : std::string_view(snapshots.player.agent_name),
                .count = static_cast<int>(choices.size()),
                .selected = selected,
                .width = width,
                .tooltip = "Agent that steers the live episode"},
               [&](int i) { return std::string_view(names[static_cast<std::size_t>(i)]); });
  if (chosen) PutIn(choices[static_cast<std::size_t>(*chosen)], snapshots.player, sender);
}

// Environment, seed and agent in a popup, where the bar has no room for them.
void DrawSetupPopup(const ActionContext& context, const WindowInputs& inputs) {
  const auto& [snapshots, sender, window] = context;
  if (Button({.id = "setup",
              .icon = kIconAdjust,
              .look = ButtonLook::kGhost,
              .tooltip = "Environment, seed and agent"})) {
    ImGui::OpenPopup("setup_popup");
  }
  if (!ImGui::BeginPopup("setup_popup")) return;
  TextSmall("Environment");
  DrawEnvironmentChoice(context, Px(200));
  if (window.environments.shown) ImGui::CloseCurrentPopup();
  TextSmall("Seed");
  DrawSeed(snapshots, sender, window.toolbar, Px(200));
  TextSmall("Agent");
  DrawAgentChoice(snapshots, sender, inputs, Px(200));
  ImGui::EndPopup();
}

void DrawWordmark() {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Theme& theme = CurrentTheme();
  const float middle = at.y + ImGui::GetFrameHeight() * 0.5F;
  list.AddCircle({at.x + Px(9), middle}, Px(7.5F), theme.accent, 24, Px(2));
  list.AddCircleFilled({at.x + Px(9), middle}, Px(3), theme.accent, 16);
  DrawText(list, {at.x + Px(23), middle - ImGui::GetFontSize() * 0.5F}, Px(80), theme.text,
           "Lookout", CurrentFonts().strong);
  ImGui::Dummy({Px(92), ImGui::GetFrameHeight()});
  ImGui::SameLine(0.0F, Px(10));
}

}  // namespace

std::string LiveEnvironmentName(const Snapshots& snapshots) {
  const bool elsewhere = snapshots.playhead.episode != snapshots.player.episode;
  return (elsewhere ? "Live: " : "") +
         std::string(ShortEnvironmentName(snapshots.player.environment));
}

void DrawToolbar(const Snapshots& snapshots, CommandSender& sender, const WindowInputs& inputs,
                 WindowState& window) {
  const ActionContext context{snapshots, sender, window};
  const float width = ImGui::GetWindowWidth();
  const bool all = width >= Px(kRoomForAll);
  const float right_end = width - Px(10) - WindowButtonsWidth(all);
  const bool setup_fits = width >= Px(kRoomForSetup);
  DrawLeftPanelButton(context);
  ImGui::SameLine(0.0F, Px(8));
  if (width >= Px(kRoomForWordmark)) DrawWordmark();
  DrawPlayback(context);
  ImGui::SameLine(0.0F, Px(2));
  DrawNewEpisode(context);
  ImGui::SameLine(0.0F, Px(12));
  DrawSpeed(snapshots, sender, width);
  ImGui::SameLine(0.0F, Px(8));
  DrawModes(context, width >= Px(kRoomForModeNames), width >= Px(kRoomForModeName));
  ImGui::SameLine(0.0F, Px(12));
  if (setup_fits) {
    const float room = right_end - ImGui::GetCursorPosX() - 2.0F * Px(6) - Px(12);
    DrawEnvironmentChoice(context, std::min(room * 0.36F, Px(190)));
    ImGui::SameLine(0.0F, Px(6));
    DrawSeed(snapshots, sender, window.toolbar, std::min(room * 0.18F, Px(90)));
    ImGui::SameLine(0.0F, Px(6));
    DrawAgentChoice(snapshots, sender, inputs, std::min(room * 0.46F, Px(300)));
  } else {
    DrawSetupPopup(context, inputs);
  }
  ImGui::SameLine(right_end);
  DrawWindowButtons(context, all);
}

}  // namespace lookout::ui
