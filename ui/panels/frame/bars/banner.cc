#include "ui/panels/frame/bars/banner.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "ui/commands.h"
#include "ui/panels/frame/bars/notice_style.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/front.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr std::size_t kMostLines = 3;
constexpr int kMostTextLines = 3;          // of each; the whole text is in the list of messages
constexpr std::size_t kLongestText = 600;  // bytes
constexpr float kTextLeft = 40.0F;         // of a line, at 100 %
constexpr float kTextRight = 44.0F;        // from its right end: the cross
constexpr float kPadding = 9.0F;           // above and below the text
constexpr float kMargin = 10.0F;           // to the view's edges and its buttons
constexpr float kWidest = 720.0F;
constexpr float kMostShare = 0.38F;  // of the view's height, from its top: its middle stays free
constexpr float kMoreHeight = 24.0F;
constexpr float kFootOfSheets = 40.0F;  // above the window's lower edge

struct Line {
  NoticeLevel level;
  std::string text;  // as much as is shown
  float height = 0.0F;
  std::int64_t notice = 0;  // 0: stays until its cause is gone
};

struct Lines {
  std::vector<Line> shown;
  std::size_t left_out = 0;
  float height = 0.0F;
};

// As many whole lines of that width as there may be; what is left out is an ellipsis.
std::string CutToLines(const std::string& text, float width) {
  const ImFont* font = ImGui::GetFont();
  const float scale = ImGui::GetFontSize() / font->FontSize;
  const char* end = text.data() + text.size();
  const char* line = text.data();
  for (int i = 0; i < kMostTextLines && line < end; ++i) {
    const char* next = font->CalcWordWrapPositionA(scale, line, end, width);
    const char* feed = std::find(line, end, '\n');
    next = std::max(std::min(next, feed), line + 1);
    while (next < end && (*next == ' ' || *next == '\n')) ++next;
    line = next;
  }
  if (line >= end) return text;
  const auto shown = static_cast<std::size_t>(line - text.data());
  return std::string(Cut(text, shown > 4 ? shown - 4 : shown)) + "\xE2\x80\xA6";
}

class LineCollector {
 public:
  LineCollector(float width, float room) : width_(width), room_(room) {}

  void Add(NoticeLevel level, std::string_view who, const std::string& text, std::int64_t notice) {
    if (text.empty()) return;
    if (lines_.shown.size() == kMostLines || lines_.left_out > 0) {
      ++lines_.left_out;
      return;
    }
    const float room = std::max(Px(20), width_ - Px(kTextLeft) - Px(kTextRight));
    std::string shown = CutToLines(std::string(who) + std::string(Cut(text, kLongestText)), room);
    const float text_height =
        ImGui::CalcTextSize(shown.data(), shown.data() + shown.size(), false, room).y;
    const float height = std::round(text_height + 2.0F * Px(kPadding));
    if (!lines_.shown.empty() && lines_.height + height > room_) {
      ++lines_.left_out;
      return;
    }
    lines_.height += height;
    lines_.shown.push_back({level, std::move(shown), height, notice});
  }
  Lines Take() { return std::move(lines_); }

 private:
  float width_, room_;
  Lines lines_;
};

void AddNotices(const Snapshots& snapshots, LineCollector& lines, auto&& is_one) {
  for (auto notice = snapshots.notices.rbegin(); notice != snapshots.notices.rend(); ++notice) {
    if (is_one(*notice)) lines.Add(notice->level, "", notice->text, notice->id);
  }
}

// What was told while a sheet has lain above the view.
bool ToldSince(const Notice& notice, double covered_s) { return notice.age_s < covered_s; }

// Failures of workers first, then the newest notices, without those that stand in front of a sheet.
Lines LinesOf(const Snapshots& snapshots, double covered_s, float width, float room) {
  LineCollector lines(width, room);
  lines.Add(NoticeLevel::kError, "The simulation stopped. ", snapshots.player.failure, 0);
  if (snapshots.training.state == TrainingState::kFailed) {
    lines.Add(NoticeLevel::kError, "Training stopped; its last checkpoint is kept. ",
              snapshots.training.failure, 0);
  }
  lines.Add(NoticeLevel::kError, "Not saved yet, retrying. ", snapshots.project.failure, 0);
  AddNotices(snapshots, lines, [&](const Notice& notice) { return !ToldSince(notice, covered_s); });
  return lines.Take();
}

// A click anywhere on it takes note of it; the cross says so.
void DrawLine(const Line& line, float width, CommandSender& sender) {
  const NoticeStyle style = StyleOf(line.level);
  const ImVec2 min = ImGui::GetCursorScreenPos();
  bool hovered = false;
  if (line.notice != 0) {
    const ScopedId id(line.notice);
    if (ImGui::InvisibleButton("dismiss", {width, line.height})) {
      sender.Send(DismissNotice{line.notice});
    }
    NoteItem("dismiss");
    hovered = ImGui::IsItemHovered();
    Tooltip("Click to dismiss", "Esc");
  }
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 max(min.x + width, min.y + line.height - 1.0F);
  list.AddRectFilled(min, max, WithAlpha(style.colour, hovered ? 0.22F : 0.13F));
  list.AddRectFilled(min, {min.x + Px(3), max.y}, style.colour);
  ImGui::SetCursorScreenPos({min.x + Px(14), min.y + Px(kPadding)});
  Text(style.icon, style.colour);
  ImGui::SetCursorScreenPos({min.x + Px(kTextLeft), min.y + Px(kPadding)});
  ImGui::PushTextWrapPos(width - Px(kTextRight));
  Text(line.text);
  ImGui::PopTextWrapPos();
  if (line.notice != 0) {
    const ImVec2 cross = TextSize(kIconClose);
    DrawText(list, {max.x - Px(14) - cross.x, (min.y + max.y - cross.y) * 0.5F}, cross.x + 1.0F,
             hovered ? CurrentTheme().text : CurrentTheme().text_muted, kIconClose);
  }
  ImGui::SetCursorScreenPos({min.x, min.y + line.height});
}

// What had no room: how much, and where it can be read.
void DrawMore(std::size_t left_out, float width, const ActionContext& context) {
  const ImVec2 min = ImGui::GetCursorScreenPos();
  if (ImGui::InvisibleButton("more_messages", {width, Px(kMoreHeight)})) {
    Perform(ActionId::kMessages, context);
  }
  NoteItem("more_messages");
  const Short text("%zu more in the list of messages (%s)", left_out,
                   context.window.keymap.text(ActionId::kMessages).c_str());
  DrawText(*ImGui::GetWindowDrawList(), {min.x + Px(kTextLeft), min.y + Px(4)},
           width - Px(kTextLeft), CurrentTheme().text_muted, text, CurrentFonts().small);
}

float HeightOf(const Lines& lines) {
  return lines.height + (lines.left_out > 0 ? Px(kMoreHeight) : 0.0F);
}

class BannerRegion {
 public:
  BannerRegion(const char* name, const Rect& rect)
      : rounding_(ImGuiStyleVar_WindowRounding, Px(6)),
        border_(ImGuiStyleVar_WindowBorderSize, 1.0F),
        region_(name, rect, CurrentTheme().panel, {0, 0},
                ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoFocusOnAppearing,
                ScopedRegion::Layer::kSheet) {}

 private:
  ScopedStyle rounding_;
  ScopedStyle border_;
  ScopedRegion region_;
};

void DrawLines(const Lines& lines, float width, const ActionContext& context) {
  for (const Line& line : lines.shown) DrawLine(line, width, context.sender);
  if (lines.left_out > 0) DrawMore(lines.left_out, width, context);
}

// Seconds for which a sheet has hidden the view; 0: none does. The list of messages tells all
// notices itself.
double CoveredFor_s(WindowState& window) {
  std::optional<double>& since_s = window.covered_since_s;
  if (!IsModal(window) || window.messages_shown) {
    since_s.reset();
    return 0.0;
  }
  if (!since_s) since_s = ImGui::GetTime();
  return ImGui::GetTime() - *since_s;
}

// In front of a sheet, at its foot: such as where it has written a file.
void DrawInFrontOfSheet(const ActionContext& context, double covered_s) {
  const ImVec2 all = ImGui::GetIO().DisplaySize;
  const float width = std::min(all.x - 4.0F * Px(kMargin), Px(kWidest));
  if (width < 1.0F) return;
  LineCollector collector(width, kMostShare * all.y);
  AddNotices(context.snapshots, collector,
             [&](const Notice& notice) { return ToldSince(notice, covered_s); });
  const Lines lines = collector.Take();
  if (lines.shown.empty()) return;
  const ImVec2 low(std::floor((all.x + width) * 0.5F), all.y - Px(kFootOfSheets));
  const ImVec2 top(low.x - width, low.y - HeightOf(lines));
  const BannerRegion region("banner_above##region", {top, low});
  BringRegionToFront();
  NoteRect("banner_above", top, low);
  DrawLines(lines, width, context);
}

}  // namespace

void DrawBanner(const Rect& view, const ActionContext& context) {
  const double covered_s = CoveredFor_s(context.window);
  DrawInFrontOfSheet(context, covered_s);
  const float width = std::min(view.width() - 2.0F * Px(kMargin), Px(kWidest));
  if (width < 1.0F) return;
  const float below_buttons = 2.0F * Px(kMargin) + ImGui::GetFrameHeight();
  const Lines lines =
      LinesOf(context.snapshots, covered_s, width, kMostShare * view.height() - below_buttons);
  if (lines.shown.empty()) return;
  const float left = std::floor((view.min.x + view.max.x - width) * 0.5F);
  const float top = view.min.y + below_buttons;
  const BannerRegion region("banner##region", {{left, top}, {left + width, top + HeightOf(lines)}});
  DrawLines(lines, width, context);
}

}  // namespace lookout::ui
