#include "ui/panels/frame/banner.h"

#include <algorithm>

#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr std::size_t kMostLines = 3;
constexpr float kLineHeight = 34.0F;

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
  const float height = Px(kLineHeight);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(min, {min.x + width, min.y + height - 1.0F}, WithAlpha(colour, 0.13F));
  list.AddRectFilled(min, {min.x + Px(3), min.y + height - 1.0F}, colour);
  const float y = min.y + (height - ImGui::GetFontSize()) * 0.5F;
  ImGui::SetCursorScreenPos({min.x + Px(14), y});
  Text(icon, colour);
  const float right = min.x + width - Px(44);
  ImGui::SetCursorScreenPos({min.x + Px(40), y});
  if (!line.who.empty()) {
    Text(line.who, 0, CurrentFonts().strong);
    ImGui::SameLine(0.0F, 0.0F);
  }
  const ImVec2 text_at = ImGui::GetCursorScreenPos();
  TextEllipsis(line.text, std::max(Px(20), right - text_at.x));
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

float BannerHeight(const Snapshots& snapshots) {
  float height = 0.0F;
  ForEachLine(snapshots, [&height](const Line&) { height += Px(kLineHeight); });
  return height;
}

void DrawBanner(const Snapshots& snapshots, CommandSender& sender) {
  const float width = ImGui::GetContentRegionAvail().x;
  ForEachLine(snapshots, [&](const Line& line) { DrawLine(line, width, sender); });
  ImGui::Dummy({1, 1});
}

}  // namespace lookout::ui
