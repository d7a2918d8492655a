#include "ui/panels/frame/bars/messages.h"

#include <algorithm>

#include "ui/model/moment_in_words.h"
#include "ui/panels/frame/bars/notice_style.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr float kWidestList = 760.0F;
constexpr std::size_t kLongestMessage = 2'000;  // bytes

void DrawMessagesHead(WindowState& window) {
  Text("Messages", 0, CurrentFonts().title);
  ImGui::SameLine(ImGui::GetWindowWidth() - ImGui::GetFrameHeight() - Px(20));
  ImGui::SetCursorPosY(Px(14));
  if (Button({.id = "messages_close",
              .icon = kIconClose,
              .look = ButtonLook::kGhost,
              .tooltip = "Close",
              .key = "Esc"})) {
    window.messages_shown = false;
  }
}

void DrawMessage(const Notice& notice) {
  const NoticeStyle style = StyleOf(notice.level);
  const float left = ImGui::GetCursorPosX();
  Text(style.icon, style.colour);
  ImGui::SameLine(left + Px(26));
  TextMuted(ClockTime(notice.unix_ms));
  ImGui::SameLine(left + Px(108));
  ImGui::PushTextWrapPos(0.0F);
  Text(Cut(notice.text, kLongestMessage));
  ImGui::PopTextWrapPos();
  NoteItem("message");
  ImGui::Dummy({1, Px(2)});
}

}  // namespace

void DrawMessages(const Rect& window_rect, const Snapshots& snapshots, WindowState& window) {
  if (!window.messages_shown) return;
  const float margin = Px(24);
  const float width = std::min(Px(kWidestList), window_rect.width() - 2.0F * margin);
  const float left = std::floor((window_rect.min.x + window_rect.max.x - width) * 0.5F);
  const Rect sheet{{left, window_rect.min.y + margin}, {left + width, window_rect.max.y - margin}};
  const ScopedStyle rounding(ImGuiStyleVar_WindowRounding, Px(10));
  const ScopedStyle border(ImGuiStyleVar_WindowBorderSize, 1.0F);
  const ScopedRegion region("messages##sheet", sheet, CurrentTheme().panel, {Px(20), Px(14)}, 0,
                            ScopedRegion::Layer::kSheet);
  if (ImGui::IsWindowAppearing()) ImGui::SetWindowFocus();
  DrawMessagesHead(window);
  ImGui::Dummy({1, Px(4)});
  const ScopedChild body("messages_body", {0, 0});
  if (snapshots.messages.empty()) TextMuted("Nothing was told since the window was opened.");
  for (auto notice = snapshots.messages.rbegin(); notice != snapshots.messages.rend(); ++notice) {
    DrawMessage(*notice);
  }
}

}  // namespace lookout::ui
