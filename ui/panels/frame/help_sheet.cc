#include "ui/panels/frame/help_sheet.h"

#include <array>

#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/explanations.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

struct Topic {
  const char* name;
  const char* text;
};
constexpr std::array<Topic, 5> kSteps{{
    {"1  Watch",
     "An episode is running. Pause it, go back to any moment on the timeline, and "
     "continue from there: both futures are kept."},
    {"2  Mark",
     "Hold the key of unsafe, safe or not sure while the robot does what you mean. "
     "Drag a mark's edges to repair it; everything can be undone."},
    {"3  Fit",
     "A cost model learns from your marks, in about a second. The floor shows where it "
     "expects danger, the Cost model tab how well it knows what it has not seen."},
    {"4  Train",
     "Choose an agent, the cost and the limit, and start. The newest policy can be "
     "watched while it learns."},
    {"5  Compare",
     "Lay the curves of several runs over each other, or play two agents on one seed "
     "and see both at once. Where true and learned cost part, go back to step 2."},
}};
constexpr std::array<Topic, 9> kHowTo{{
    {"Another world",
     "The environment's name in the toolbar lists all of them. A JSON file with "
     "Safety Gym's options, dropped on the window, becomes one more."},
    {"Another agent",
     "Choose it in the toolbar or at the left. A policy, a checkpoint or a run's "
     "folder that is dropped on the window joins the list, and is there again at "
     "the next start."},
    {"Somebody else's cost model",
     "A cost model's file, dropped on the window, becomes a version of the cost model. The "
     "transfer.json of an experiment on transfer opens as a matrix of such models; a click goes "
     "to the case."},
    {"Drive yourself",
     "In Drive mode the arrows steer the robot, or the keys in the place of W, A, S "
     "and D. What you do is recorded like any other episode. Taking the wheel from an agent is "
     "feedback, too: what "
     "led there counts as unsafe."},
    {"Oversee an agent",
     "In Oversee mode hold X and the robot brakes, hold T and you drive, let go and the agent goes "
     "on. In the Overseer tab others watch, too; at real time or slower you see half a second "
     "before what they block, and G lets it pass."},
    {"Find an episode",
     "Search, order and star the list at the left. The menu at the end of a row "
     "names, stars and deletes; undo brings back what was deleted."},
    {"Look at a curve",
     "A click opens it over the whole window, to be smoothed, read off, and "
     "written as CSV or SVG."},
    {"Room on the screen",
     "Click a section's heading to fold it, hide either side panel by its "
     "key, and drag the borders between the regions. Keys go through the tabs of the right panel, "
     "too."},
    {"Where things are kept",
     "Everything is in the project file, as it happens; there is no Save. "
     "The status bar says when the newest of it is on disk."},
}};

void DrawTopic(const char* name, std::string_view text, std::string_view formula = {}) {
  Text(name, 0, CurrentFonts().strong);
  // In the column's width, which the caller has pushed.
  Text(text, CurrentTheme().text_muted);
  if (!formula.empty()) Text(formula, CurrentTheme().accent);
  ImGui::Dummy({1, Px(4)});
}

void DrawSteps() {
  Text("In five steps", CurrentTheme().accent, CurrentFonts().title);
  ImGui::Dummy({1, Px(2)});
  for (const Topic& step : kSteps) DrawTopic(step.name, step.text);
}

void DrawHowTo() {
  Text("How to", CurrentTheme().accent, CurrentFonts().title);
  ImGui::Dummy({1, Px(2)});
  for (const Topic& topic : kHowTo) DrawTopic(topic.name, topic.text);
}

void DrawFigures(std::size_t first, std::size_t last) {
  Text(first == 0 ? "The numbers" : "Training and model", CurrentTheme().accent,
       CurrentFonts().title);
  ImGui::Dummy({1, Px(2)});
  for (const Explanation& about : Explanations().subspan(first, last - first)) {
    DrawTopic(about.name, about.text, about.formula);
  }
}

void DrawHelpHead(WindowState& window) {
  Text("Help", 0, CurrentFonts().title);
  const float close = ImGui::GetFrameHeight();
  const ButtonSpec keys{.id = "help_keys", .icon = kIconKeys, .text = "All keys"};
  const ButtonSpec about{.id = "help_about", .icon = kIconInfo, .text = "About"};
  ImGui::SameLine(ImGui::GetWindowWidth() - close - ButtonWidth(keys) - ButtonWidth(about) -
                  Px(44));
  ImGui::SetCursorPosY(Px(14));
  if (Button(keys)) {
    window.help_shown = false;
    window.keys.shown = true;
  }
  ImGui::SameLine(0.0F, Px(8));
  if (Button(about)) {
    window.help_shown = false;
    window.about_shown = true;
  }
  ImGui::SameLine(0.0F, Px(8));
  if (Button({.id = "help_close",
              .icon = kIconClose,
              .look = ButtonLook::kGhost,
              .tooltip = "Close",
              .key = "Esc"})) {
    window.help_shown = false;
  }
}

}  // namespace

void DrawHelp(const Rect& window_rect, WindowState& window) {
  if (!window.help_shown) return;
  const ScopedSheet sheet("help##sheet", window_rect);
  DrawHelpHead(window);
  ImGui::Dummy({1, Px(4)});
  const ScopedChild body("help_body", {0, 0});
  const float gap = Px(26);
  const float room = ImGui::GetContentRegionAvail().x;
  const int columns = room > Px(1000) ? 4 : room > Px(520) ? 2 : 1;
  const float width =
      (room - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns) - Px(4);
  constexpr std::size_t kFirstOfTraining = static_cast<std::size_t>(Figure::kReturnCurve);
  for (int i = 0; i < 4; ++i) {
    if (i % columns != 0) ImGui::SameLine(0.0F, gap);
    ImGui::BeginGroup();
    ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + width);
    ImGui::Dummy(
        {width, 1});  // so that the columns stand where they should, however short their text
    if (i == 0) DrawSteps();
    if (i == 1) DrawHowTo();
    if (i == 2) DrawFigures(0, kFirstOfTraining);
    if (i == 3) DrawFigures(kFirstOfTraining, Explanations().size());
    ImGui::PopTextWrapPos();
    ImGui::EndGroup();
  }
}

}  // namespace lookout::ui
