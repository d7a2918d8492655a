#include "ui/panels/frame/banner.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr std::size_t kMostLines = 3;
constexpr std::size_t kLongestText = 600;  // bytes
constexpr float kTextLeft = 40.0F;         // of a line, at 100 %
constexpr float kTextRight = 44.0F;        // from its right end: the cross
constexpr float kPadding = 9.0F;           // above and below the text
constexpr float kMargin = 10.0F;           // to the view's edges and its buttons
constexpr float kWidest = 720.0F;

struct Line {
  NoticeLevel level;
  std::string_view who;  // the worker that stopped, or empty
  std::string_view text;
  std::int64_t notice = 0;  // 0: stays until its cause is gone
};

// Failures of workers first, then the newest notices.
template <typename Visit>
void ForEachLine(const Snapshots& snapshots, Visit visit) {
  std::size_t lines = 0;
  const auto failure = [&](std::string_view who, const std::string& text) {
    if (text.empty() || lines == kMostLines) return;
    ++lines;
    visit(Line{NoticeLevel::kError, who, text});
  };
  failure("The simulation stopped. ", snapshots.player.failure);
  if (snapshots.training.state == TrainingState::kFailed) {
    failure("Training stopped; its last checkpoint is kept. ", snapshots.training.failure);
  }
  failure("Not saved yet, retrying. ", snapshots.project.failure);
  for (auto notice = snapshots.notices.rbegin(); notice != snapshots.notices.rend(); ++notice) {
    if (lines == kMostLines) return;
    ++lines;
    visit(Line{notice->level, "", notice->text, notice->id});
  }
}

std::string WholeText(const Line& line) {
  return std::string(line.who) + std::string(Cut(line.text, kLongestText));
}

float HeightOf(const Line& line, float width) {
  const std::string text = WholeText(line);
  const float room = std::max(Px(20), width - Px(kTextLeft) - Px(kTextRight));
  const float text_height =
      ImGui::CalcTextSize(text.data(), text.data() + text.size(), false, room).y;
  return std::round(text_height + 2.0F * Px(kPadding));
}

void DrawLine(const Line& line, float width, CommandSender& sender) {
  const Theme& theme = CurrentTheme();
  const bool error = line.level == NoticeLevel::kError;
  const ImU32 colour = error                                 ? theme.error
                       : line.level == NoticeLevel::kWarning ? theme.warning
                                                             : theme.accent;
  const char* icon = error                                 ? kIconError
                     : line.level == NoticeLevel::kWarning ? kIconWarning
                                                           : kIconInfo;
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const float height = HeightOf(line, width);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(min, {min.x + width, min.y + height - 1.0F}, WithAlpha(colour, 0.13F));
  list.AddRectFilled(min, {min.x + Px(3), min.y + height - 1.0F}, colour);
  ImGui::SetCursorScreenPos({min.x + Px(14), min.y + Px(kPadding)});
  Text(icon, colour);
  ImGui::SetCursorScreenPos({min.x + Px(kTextLeft), min.y + Px(kPadding)});
  ImGui::PushTextWrapPos(width - Px(kTextRight));
  Text(WholeText(line));
  ImGui::PopTextWrapPos();
  if (line.notice != 0) {
    ImGui::SetCursorScreenPos(
        {min.x + width - Px(38), min.y + (height - ImGui::GetFrameHeight()) / 2});
    const ScopedId id(line.notice);
    if (Button({.id = "dismiss",
                .icon = kIconClose,
                .look = ButtonLook::kGhost,
                .tooltip = "Dismiss"})) {
      sender.Send(DismissNotice{line.notice});
    }
  }
  ImGui::SetCursorScreenPos({min.x, min.y + height});
}

}  // namespace

void DrawBanner(const Rect& view, const Snapshots& snapshots, CommandSender& sender) {
  const float width = std::min(view.width() - 2.0F * Px(kMargin), Px(kWidest));
  float height = 0.0F;
  ForEachLine(snapshots, [&](const Line& line) { height += HeightOf(line, width); });
  if (height == 0.0F || width < 1.0F) return;
  const float left = std::floor((view.min.x + view.max.x - width) * 0.5F);
  const float top = view.min.y + 2.0F * Px(kMargin) + ImGui::GetFrameHeight();
  const Rect rect{{left, top}, {left + width, top + height}};
  const ScopedStyle rounding(ImGuiStyleVar_WindowRounding, Px(6));
  const ScopedStyle border(ImGuiStyleVar_WindowBorderSize, 1.0F);
  const ScopedRegion region("banner##region", rect, CurrentTheme().panel, {0, 0},
                            ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoFocusOnAppearing,
                            ScopedRegion::Layer::kSheet);
  ForEachLine(snapshots, [&](const Line& line) { DrawLine(line, width, sender); });
}

}  // namespace lookout::ui
