#include "ui/panels/frame/bars/oversight_banner.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ui/model/decision_in_words.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr float kWarning_s = 0.5F;  // the whole bar
constexpr float kWidestBanner = 560.0F;
constexpr float kPad = 10.0F;

OversightWords OfWarning(const BlockWarning& warning, const Keymap& keymap) {
  return {.icon = kIconWarning,
          .title = fmt::format("{} is about to block. {} lets it pass", warning.overseer,
                               keymap.text(ActionId::kLetPass)),
          .reason = warning.reason,
          .actions =
              fmt::format("wants {}; would get {}", ActionInWords(warning.proposed.cast<float>()),
                          ActionInWords(warning.planned.cast<float>())),
          .left = std::clamp(static_cast<float>(warning.left_s) / kWarning_s, 0.0F, 1.0F)};
}

OversightWords OfStep(const sim::StepRecord& step) {
  const Fate fate = FateOf(step);
  if (fate == Fate::kPassed) return {};
  OversightWords words{.icon = fate == Fate::kLetPassed ? kIconFastForward : kIconStop,
                       .title = FateInWords(step),
                       .reason = step.reason ? *step.reason : std::string(),
                       .good = step.source == sim::ActionSource::kHuman};
  const std::string wanted = ActionInWords(step.Proposed());
  words.actions = fate == Fate::kBlocked
                      ? fmt::format("wanted {}; did {}", wanted,
                                    ActionInWords(step.executed_action.cast<float>()))
                      : "wanted " + wanted;
  return words;
}

// What is held, before the next step shows it.
OversightWords OfHand(const OversightSnapshot& now) {
  if (now.blocking) {
    return {.icon = kIconStop, .title = "You block", .reason = "the robot brakes", .good = true};
  }
  if (now.has_wheel) {
    return {.icon = kIconDrive,
            .title = "You have the wheel",
            .reason = "let go to give it back",
            .good = true};
  }
  if (!now.letting_pass) return {};
  return {.icon = kIconFastForward,
          .title = "You let everything pass",
          .reason = "nobody blocks until you let go",
          .good = true};
}

}  // namespace

OversightWords OversightInWords(const Snapshots& snapshots, const Keymap& keymap) {
  const bool live = snapshots.playhead.live;
  const OversightSnapshot& now = snapshots.player.oversight;
  if (live && now.warning) return OfWarning(*now.warning, keymap);
  const sim::StepRecord* step = snapshots.shown_step();
  OversightWords words = step != nullptr ? OfStep(*step) : OversightWords{};
  OversightWords hand = live ? OfHand(now) : OversightWords{};
  if (hand.title.empty()) return words;
  if (now.blocking) hand.actions = std::move(words.actions);
  // Who drives is overseen, too, and has to see why the robot does something else.
  if (!now.blocking && now.has_wheel && !words.title.empty() && !words.good) {
    hand.icon = words.icon;
    hand.reason = words.reason.empty() ? std::move(words.title)
                                       : fmt::format("{}: {}", words.title, words.reason);
    hand.actions = std::move(words.actions);
    hand.good = false;
  }
  return hand;
}

void DrawOversightBanner(const Rect& view, const ActionContext& context) {
  const OversightWords words = OversightInWords(context.snapshots, context.window.keymap);
  if (words.title.empty() || view.width() < Px(200) || view.height() < Px(160)) return;
  const Theme& theme = CurrentTheme();
  const ImU32 colour = words.good ? theme.good : theme.warning;
  ImFont* strong = CurrentFonts().strong;
  ImFont* small = CurrentFonts().small;
  const float line = ImGui::GetFontSize() + Px(3);
  const int lines = 1 + (words.reason.empty() ? 0 : 1) + (words.actions.empty() ? 0 : 1);
  const float icon = Px(26);
  const float content = std::max({TextSize(words.title, strong).x, TextSize(words.reason).x,
                                  TextSize(words.actions, small).x}) +
                        icon;
  const float width =
      std::min({content + 2.0F * Px(kPad) + Px(4), Px(kWidestBanner), view.width() - Px(24)});
  const float height = line * static_cast<float>(lines) + 2.0F * Px(kPad) - Px(4);
  const ImVec2 min((view.min.x + view.max.x - width) * 0.5F, view.max.y - Px(14) - height);
  const ImVec2 max(min.x + width, min.y + height);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(min, max, WithAlpha(theme.panel, 0.94F), Px(6));
  list.AddRect(min, max, colour, Px(6), 0, Px(2));
  NoteRect("oversight/banner", min, max);
  float y = min.y + Px(kPad) - Px(1);
  const float left = min.x + Px(kPad);
  const float room = width - 2.0F * Px(kPad) - icon;
  DrawText(list, {left, y}, icon, colour, words.icon, strong);
  DrawText(list, {left + icon, y}, room, theme.text, words.title, strong);
  y += line;
  if (!words.reason.empty()) {
    DrawText(list, {left + icon, y}, room, theme.text, words.reason);
    y += line;
  }
  if (!words.actions.empty()) {
    DrawText(list, {left + icon, y}, room, theme.text_muted, words.actions, small);
  }
  if (words.left < 0.0F) return;
  list.AddRectFilled({min.x + Px(4), max.y - Px(5)},
                     {min.x + Px(4) + (width - Px(8)) * words.left, max.y - Px(2)}, colour, Px(2));
}

}  // namespace lookout::ui
