#include "ui/panels/marks/drill_screen.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

#include "ui/commands.h"
#include "ui/model/reaction_drill.h"
#include "ui/panels/state/mark_actions.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr float kCardWidth = 460.0F, kCardHeight = 330.0F, kDiscRadius = 54.0F;

// Another one each time. The episode waits meanwhile.
void Begin(const ActionContext& context, double now_s) {
  if (context.snapshots.playing()) context.sender.Send(SetPlaying{false});
  context.window.drill.emplace(static_cast<std::uint32_t>(std::fmod(now_s * 1000.0, 4e9)), now_s);
}

void HearKeys(ReactionDrill& drill, const Chord& key, double at_s) {
  if (IsPressed(key)) drill.Press(at_s);
  if (!IsDown(key.key)) drill.Release(at_s);
}

// True if the cross was clicked.
bool DrawHeading(const ReactionDrill& drill) {
  Text("Reaction drill", 0, CurrentFonts().title);
  ImGui::SameLine(0.0F, Px(14));
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + Px(5));
  const int trial = drill.trial();
  if (trial < kDrillPractice) {
    TextMuted(Short("practice %d of %d", trial + 1, kDrillPractice));
  } else if (trial < kDrillTrials) {
    TextMuted(Short("%d of %d", trial - kDrillPractice + 1, kDrillTrials - kDrillPractice));
  }
  ImGui::SameLine(ImGui::GetWindowWidth() - ImGui::GetFrameHeight() - Px(16));
  ImGui::SetCursorPosY(Px(12));
  return Button({.id = "drill_close",
                 .icon = kIconClose,
                 .look = ButtonLook::kGhost,
                 .tooltip = "Leaves the drill",
                 .key = "Esc"});
}

// Nothing else moves: what is measured is the time from seeing this.
void DrawDisc(const ReactionDrill& drill, const Rect& card, const std::string& key) {
  TextWrapped(Short("Hold %s as soon as the disc appears, and let go as soon as it is gone. It "
                    "comes %d times, a minute in all.",
                    key.c_str(), kDrillTrials),
              CurrentTheme().text_muted);
  const ImVec2 middle((card.min.x + card.max.x) * 0.5F, card.min.y + card.height() * 0.6F);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddCircle(middle, Px(kDiscRadius), CurrentTheme().border, 64, Px(1.5F));
  if (!drill.shows_disc()) return;
  list.AddCircleFilled(middle, Px(kDiscRadius), CurrentTheme().unsafe_mark, 64);
  NoteRect("drill_disc", {middle.x - Px(kDiscRadius), middle.y - Px(kDiscRadius)},
           {middle.x + Px(kDiscRadius), middle.y + Px(kDiscRadius)});
}

void DrawFigures(const char* what, const ReactionFigures& figures) {
  const Short value = figures.count == 0
                          ? Short("\xE2\x80\x93")
                          : Short("%.2f s (%.2f\xE2\x80\x93%.2f)", figures.median_s,
                                  figures.lower_quartile_s, figures.upper_quartile_s);
  NameAndValue(what, value);
  TextMuted(Short("%d of %d; %d too early, %d too late", figures.count,
                  kDrillTrials - kDrillPractice, figures.anticipations, figures.lapses));
  ImGui::Dummy({1, Px(4)});
}

double InHundredths(double time_s) { return std::round(time_s * 100.0) / 100.0; }

// The medians, to the hundredth, as the lags of who marks; that of letting go, where too few of
// them count, as that of pressing. True if the drill is over.
bool DrawKeep(const ActionContext& context, const ReactionFigures& presses,
              const ReactionFigures& releases) {
  AnnotatorProfile profile = context.snapshots.marks.annotators().present();
  const bool enough = presses.count >= kLeastReactions;
  const double lag_s = enough ? InHundredths(presses.median_s) : 0.0;
  const double release_s =
      releases.count >= kLeastReactions ? InHundredths(releases.median_s) : lag_s;
  const std::string_view title = Cut(TitleOf(profile), 24);
  const Short few("Fewer than %d presses count: once more", kLeastReactions);
  const std::string read_only = WhyNotMark(context);
  if (!Button({.id = "drill_keep",
               .icon = kIconCheck,
               .text = enough ? Short("%.2f and %.2f s as the lags of %.*s", lag_s, release_s,
                                      static_cast<int>(title.size()), title.data())
                                    .view()
                              : std::string_view("As the lags"),
               .look = ButtonLook::kPrimary,
               .tooltip = "What is marked from now on is taken to have happened this much earlier",
               .disabled_because = !read_only.empty() ? std::string_view(read_only)
                                   : enough           ? std::string_view()
                                                      : few.view()})) {
    return false;
  }
  profile.reaction_lag_s = lag_s;
  profile.release_lag_s = release_s;
  context.sender.Send(SaveAnnotator{std::move(profile)});
  return true;
}

// True if the drill is over.
bool DrawResult(const ActionContext& context, const ReactionDrill& drill) {
  const ReactionFigures presses = drill.presses();
  TextMuted("Median and quartiles");
  DrawFigures("From seeing to pressing", presses);
  DrawFigures("From its end to letting go", drill.releases());
  const bool kept = DrawKeep(context, presses, drill.releases());
  ImGui::SameLine(0.0F, Px(8));
  if (Button({.id = "drill_again", .icon = kIconReset, .text = "Once more"})) {
    context.window.drill_asked = true;
  }
  return kept;
}

}  // namespace

void DrawDrill(const Rect& view, const ActionContext& context, const WindowInputs& inputs) {
  const double now_s = inputs.now_s.value_or(ImGui::GetTime());
  if (std::exchange(context.window.drill_asked, false)) Begin(context, now_s);
  if (!context.window.drill) return;
  ReactionDrill& drill = *context.window.drill;
  const Keymap& keymap = context.window.keymap;
  drill.Update(now_s);
  HearKeys(drill, keymap.chord(ActionId::kMarkUnsafe), inputs.pressed_s.value_or(now_s));
  const float width = std::min(Px(kCardWidth), view.width() - Px(16));
  const float height = std::min(Px(kCardHeight), view.height() - Px(16));
  const ImVec2 min(std::round((view.min.x + view.max.x - width) * 0.5F),
                   std::round((view.min.y + view.max.y - height) * 0.5F));
  const Rect card{min, {min.x + width, min.y + height}};
  const ScopedStyle rounding(ImGuiStyleVar_WindowRounding, Px(10));
  const ScopedRegion region("drill##sheet", card, CurrentTheme().raised, {Px(16), Px(12)},
                            ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse,
                            ScopedRegion::Layer::kSheet);
  if (ImGui::IsWindowAppearing()) ImGui::SetWindowFocus();
  bool over = DrawHeading(drill);
  ImGui::Dummy({1, Px(4)});
  if (drill.finished()) {
    over = DrawResult(context, drill) || over;
  } else {
    DrawDisc(drill, card, keymap.text(ActionId::kMarkUnsafe));
  }
  if (over) context.window.drill.reset();
}

}  // namespace lookout::ui
