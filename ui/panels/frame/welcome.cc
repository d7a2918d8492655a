#include "ui/panels/frame/welcome.h"

#include <algorithm>
#include <array>

#include "ui/commands.h"
#include "ui/panels/state/actions.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

struct LoopStep {
  const char* icon;
  const char* name;
  const char* text;
};
constexpr std::array<LoopStep, 5> kLoop{{
    {kIconView, "Watch", "An episode is running. Orbit, pause, scrub back."},
    {kIconMark, "Mark", "Hold X while the robot does something you call unsafe."},
    {kIconModel, "Fit", "A cost model learns from your marks, in about a second."},
    {kIconTraining, "Train", "Train an agent that is held to that cost."},
    {kIconCompare, "Compare", "True and learned cost, side by side, against one limit."},
}};

// A floating card; closes itself with the cross in its corner.
class ScopedCard {
 public:
  ScopedCard(const char* name, const Rect& inside, float width, bool& shown) {
    const Theme& theme = CurrentTheme();
    width = std::min(width, inside.width() - Px(16));
    ImGui::SetNextWindowPos(
        {(inside.min.x + inside.max.x) * 0.5F, (inside.min.y + inside.max.y) * 0.5F},
        ImGuiCond_Always, {0.5F, 0.5F});
    ImGui::SetNextWindowSizeConstraints({width, Px(60)},
                                        {width, std::max(Px(80), inside.height() - Px(16))});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, Px(10));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1.0F);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(Px(20), Px(16)));
    ImGui::PushStyleColor(ImGuiCol_WindowBg, WithAlpha(theme.panel, 0.97F));
    ImGui::Begin(name, nullptr,
                 ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNavInputs);
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(3);
    const ImVec2 start = ImGui::GetCursorPos();
    ImGui::SetCursorPos(
        {ImGui::GetWindowWidth() - ButtonWidth({.icon = kIconClose}) - Px(14), Px(10)});
    if (Button({.id = "close",
                .icon = kIconClose,
                .look = ButtonLook::kGhost,
                .tooltip = "Close",
                .key = "Esc"})) {
      shown = false;
    }
    ImGui::SetCursorPos(start);
  }
  ~ScopedCard() { ImGui::End(); }
  ScopedCard(const ScopedCard&) = delete;
  ScopedCard& operator=(const ScopedCard&) = delete;
};

void DrawStep(int number, const LoopStep& step) {
  const Theme& theme = CurrentTheme();
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 centre(min.x + Px(13), min.y + Px(13));
  list.AddCircleFilled(centre, Px(13), WithAlpha(theme.accent, 0.18F), 32);
  const ImVec2 icon = TextSize(step.icon, CurrentFonts().small);
  DrawText(list, {centre.x - icon.x * 0.5F, centre.y - icon.y * 0.5F}, Px(24), theme.accent,
           step.icon, CurrentFonts().small);
  const float y = min.y + Px(5);
  DrawText(list, {min.x + Px(38), y}, Px(90), theme.text, Short("%d  %s", number, step.name),
           CurrentFonts().strong);
  DrawText(list, {min.x + Px(128), y}, width - Px(128), theme.text_muted, step.text);
  ImGui::Dummy({width, Px(27)});
}

void DrawKeys(const Keymap& keymap) {
  const std::array<std::pair<ActionId, const char*>, 2> keys{
      {{ActionId::kPlayPause, "play or pause"}, {ActionId::kMarkUnsafe, "hold: unsafe"}}};
  for (const auto& [action, meaning] : keys) {
    KeyCap(keymap.text(action));
    ImGui::SameLine(0.0F, Px(6));
    TextMuted(meaning);
    ImGui::SameLine(0.0F, Px(18));
  }
  KeyCap("?");
  ImGui::SameLine(0.0F, Px(6));
  TextMuted("all keys");
}

}  // namespace

void DrawWelcome(const Rect& view, WindowState& window) {
  if (!window.welcome_shown) return;
  const ScopedCard card("welcome##card", view, Px(560), window.welcome_shown);
  Text("Welcome to Lookout", 0, CurrentFonts().title);
  TextMuted("Teach an agent what you call unsafe, in five steps.");
  ImGui::Dummy({1, Px(2)});
  for (std::size_t i = 0; i < kLoop.size(); ++i) DrawStep(static_cast<int>(i) + 1, kLoop[i]);
  ImGui::Dummy({1, Px(2)});
  DrawKeys(window.keymap);
  ImGui::Dummy({1, Px(2)});
  if (Button({.id = "welcome_start",
              .icon = kIconPlay,
              .text = "Start watching",
              .look = ButtonLook::kPrimary})) {
    window.welcome_shown = false;
  }
  ImGui::SameLine();
  if (Button({.id = "welcome_keys", .icon = kIconKeys, .text = "All keys"})) {
    window.keys.shown = true;
  }
  ImGui::SameLine();
  if (Button({.id = "welcome_about", .icon = kIconInfo, .text = "About"})) {
    window.about_shown = true;
  }
  if (!window.welcome_shown) window.settings.welcome_dismissed = true;
}

void DrawAbout(const Rect& window_rect, const WindowInputs& inputs, WindowState& window) {
  if (!window.about_shown) return;
  const ScopedCard card("about##card", window_rect, Px(440), window.about_shown);
  Text("Lookout", 0, CurrentFonts().title);
  TextMuted("Version " LOOKOUT_VERSION ", MIT licence");
  ImGui::Dummy({1, Px(2)});
  TextWrapped(
      "Watch a Safety Gym agent live, mark unsafe states, learn a cost model from the marks, and "
      "train constrained agents on it.");
  if (!inputs.about.empty()) TextWrapped(inputs.about, CurrentTheme().text_muted);
  TextWrapped(
      "Made with MuJoCo, Dear ImGui, GLFW, Eigen, SQLite, Inter (SIL OFL) and Fork Awesome (SIL "
      "OFL).",
      CurrentTheme().text_muted);
}

void DrawQuitQuestion(const Rect& window_rect, const Snapshots& snapshots, CommandSender& sender,
                      WindowState& window) {
  if (!window.quit_asked) return;
  const std::string lost = LostByQuitting(snapshots);
  if (lost.empty()) {  // it was finished meanwhile
    window.quit_asked = false;
    return sender.Send(Quit{});
  }
  const ScopedCard card("quit##card", window_rect, Px(440), window.quit_asked);
  Text("Quit Lookout?", 0, CurrentFonts().title);
  TextWrapped(lost);
  ImGui::Dummy({1, Px(2)});
  if (Button({.id = "quit_anyway", .text = "Quit", .look = ButtonLook::kDanger})) {
    sender.Send(Quit{});
  }
  ImGui::SameLine();
  if (Button({.id = "quit_not", .text = "Stay", .look = ButtonLook::kPrimary, .key = "Esc"})) {
    window.quit_asked = false;
  }
}

}  // namespace lookout::ui
