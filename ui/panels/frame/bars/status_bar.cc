#include "ui/panels/frame/bars/status_bar.h"

#include <string>
#include <vector>

#include "ui/panels/frame/bars/notice_style.h"
#include "ui/panels/marks/list/annotators_menu.h"
#include "ui/panels/state/inputs/speeds.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// Entries from either end towards the middle; what no longer fits is left out.
class StatusLine {
 public:
  StatusLine() {
    const ImVec2 min = ImGui::GetWindowPos();
    const ImVec2 size = ImGui::GetWindowSize();
    y_ = min.y + (size.y - TextSize("0", small_).y) * 0.5F;
    left_ = min.x + Px(12);
    right_ = min.x + size.x - Px(12);
  }

  void Left(const char* icon, ImU32 icon_colour, std::string_view text, std::string_view tooltip) {
    const float width = EntryWidth(text);
    if (left_ + width > right_) return;
    Draw(left_, icon, icon_colour, text, tooltip);
    left_ += width + Px(18);
  }
  void Right(const char* icon, ImU32 icon_colour, std::string_view text, std::string_view tooltip) {
    const float width = EntryWidth(text);
    if (right_ - width < left_) return;
    right_ -= width;
    Draw(right_, icon, icon_colour, text, tooltip);
    right_ -= Px(18);
  }
  // Those that can be clicked.
  bool LeftButton(const char* id, const char* icon, ImU32 icon_colour, std::string_view text,
                  std::string_view tooltip, std::string_view key) {
    const float width = EntryWidth(text);
    if (left_ + width > right_) return false;
    ImGui::SetCursorScreenPos({left_, y_});
    const bool clicked = ImGui::InvisibleButton(id, {width, Px(16)});
    NoteItem(id);
    Tooltip(tooltip, key);
    Paint(left_, icon, icon_colour, text,
          ImGui::IsItemHovered() ? CurrentTheme().text : CurrentTheme().text_muted);
    left_ += width + Px(18);
    return clicked;
  }
  bool RightButton(const char* id, const char* icon, ImU32 icon_colour, std::string_view text,
                   std::string_view tooltip) {
    const float width = EntryWidth(text);
    if (right_ - width < left_) return false;
    right_ -= width;
    ImGui::SetCursorScreenPos({right_, y_});
    const bool clicked = ImGui::InvisibleButton(id, {width, Px(16)});
    NoteItem(id);
    Tooltip(tooltip);
    Paint(right_, icon, icon_colour, text,
          ImGui::IsItemHovered() ? CurrentTheme().text : CurrentTheme().text_muted);
    right_ -= Px(18);
    return clicked;
  }

 private:
  float EntryWidth(std::string_view text) const { return Px(20) + TextSize(text, small_).x; }

  void Paint(float x, const char* icon, ImU32 icon_colour, std::string_view text,
             ImU32 text_colour) const {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    DrawText(list, {x, y_}, Px(20), icon_colour != 0 ? icon_colour : CurrentTheme().text_muted,
             icon, small_);
    DrawText(list, {x + Px(20), y_}, EntryWidth(text), text_colour, text, small_);
  }

  void Draw(float x, const char* icon, ImU32 icon_colour, std::string_view text,
            std::string_view tooltip) const {
    Paint(x, icon, icon_colour, text, CurrentTheme().text_muted);
    ImGui::SetCursorScreenPos({x, y_});
    ImGui::Dummy({EntryWidth(text), Px(16)});
    Tooltip(tooltip);
  }

  ImFont* small_ = CurrentFonts().small;
  float y_ = 0.0F;
  float left_ = 0.0F;
  float right_ = 0.0F;
};

void ShowSpeed(const Snapshots& snapshots, StatusLine& line) {
  const Short speed = SpeedInWords(snapshots);
  line.Left(kIconSpeed, 0, speed,
            "Speed of what is on screen: target, and measured where it is live");
}

// Who marks; a click opens the menu of annotators.
void ShowAnnotator(const ActionContext& context, StatusLine& line) {
  const AnnotatorProfile& present = context.snapshots.marks.annotators().present();
  const bool opens = line.LeftButton(
      "annotator_chip", present.blind ? kIconHidden : kIconPerson,
      AnnotatorColour(CurrentTheme(), present.colour), Cut(TitleOf(present), 24),
      present.blind ? "Marks, blind to costs and to everybody else's marks. Click for others"
                    : "Marks. Click for others",
      context.window.keymap.text(ActionId::kNextAnnotator));
  if (opens) OpenAnnotatorsMenu();
  DrawAnnotatorsMenu(context);
}

void ShowProject(const Snapshots& snapshots, StatusLine& line) {
  const Theme& theme = CurrentTheme();
  const ProjectSnapshot& project = snapshots.project;
  const std::size_t slash = project.path.find_last_of('/');
  const std::string_view path = project.path;
  const std::string_view name = path.substr(slash == std::string_view::npos ? 0 : slash + 1);
  const int length = static_cast<int>(Cut(name, 60).size());
  if (!project.open) {
    line.Right(kIconSaved, theme.error, "no project", "Nothing is being kept");
  } else if (!project.failure.empty()) {
    line.Right(kIconError, theme.error, Short("%.*s: not saved, retrying", length, name.data()),
               project.failure);
  } else if (project.read_only) {
    line.Right(kIconLock, theme.warning, Short("%.*s: read-only", length, name.data()),
               project.read_only_reason);
  } else if (project.writing || !snapshots.marks.all_saved()) {
    line.Right(kIconSaving, theme.warning, Short("%.*s: saving", length, name.data()), path);
  } else {
    line.Right(kIconSaved, theme.good, Short("%.*s: saved", length, name.data()), path);
  }
}

void ShowTraining(const Snapshots& snapshots, StatusLine& line) {
  const TrainingSnapshot& training = snapshots.training;
  if (training.state == TrainingState::kIdle) return;
  const bool failed = training.state == TrainingState::kFailed;
  const Short text =
      training.state == TrainingState::kRunning && training.steps_per_second > 0.0
          ? Short("training %s steps/s", CompactCount(training.steps_per_second).c_str())
          : Short("training %s", TrainingStateName(training.state));
  line.Left(kIconTraining, failed ? CurrentTheme().error : CurrentTheme().accent, text,
            training.failure);
}

// How many there are, in the colour of the newest; a click lists them.
void ShowMessages(const ActionContext& context, StatusLine& line) {
  const std::vector<Notice>& messages = context.snapshots.messages;
  if (messages.empty()) return;
  const NoticeStyle style = StyleOf(messages.back().level);
  const Short text("%zu message%s", messages.size(), messages.size() == 1 ? "" : "s");
  if (line.RightButton("messages", style.icon, style.colour, text,
                       Cut(messages.back().text, 300))) {
    Perform(ActionId::kMessages, context);
  }
}

void ShowFrame(const FrameFigures& frame, StatusLine& line) {
  // What stands in brackets behind it is in the tooltip.
  const std::string_view named = frame.renderer;
  const std::string_view renderer = Cut(named.substr(0, named.find(" (")), 24);
  const Short text("%.*s%s \xC2\xB7 %.0f fps", static_cast<int>(renderer.size()), renderer.data(),
                   frame.software_renderer ? " (software)" : "", frame.frames_per_second);
  const Short detail("%s\nPanels %.2f ms (%.2f on the processor), view %.1f ms per frame%s",
                     std::string(Cut(frame.renderer, 64)).c_str(), frame.ui_ms, frame.ui_busy_ms,
                     frame.view_ms, frame.software_renderer ? "\nCheaper shadows are in use" : "");
  line.Right(kIconRenderer, frame.software_renderer ? CurrentTheme().warning : 0, text, detail);
}

}  // namespace

void DrawStatusBar(const ActionContext& context) {
  const Snapshots& snapshots = context.snapshots;
  StatusLine line;
  const char* icon = snapshots.mode == InputMode::kView      ? kIconView
                     : snapshots.mode == InputMode::kDrive   ? kIconDrive
                     : snapshots.mode == InputMode::kOversee ? kIconShield
                                                             : kIconMark;
  line.Left(icon, CurrentTheme().accent, Short("%s mode", InputModeName(snapshots.mode)),
            "Who owns the keys");
  ShowAnnotator(context, line);
  ShowProject(snapshots, line);
  ShowSpeed(snapshots, line);
  ShowTraining(snapshots, line);
  ShowMessages(context, line);
  ShowFrame(snapshots.frame, line);
}

}  // namespace lookout::ui
