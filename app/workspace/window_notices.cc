// What a window controller tells the person, and for how long. Part of window_controller.h.
#include <algorithm>
#include <utility>

#include "app/workers/runtime/wall_time.h"
#include "app/workspace/window_controller.h"

namespace lookout::app {
namespace {

constexpr std::size_t kMostNotices = 6;
constexpr std::size_t kMostMessages = 300;

// News is gone as soon as it has been read; a warning leaves time to think.
double ShownFor_s(const ui::Notice& notice) {
  const auto letters = static_cast<double>(notice.text.size());
  return notice.level == ui::NoticeLevel::kInfo ? 3.0 + letters / 30.0 : 8.0 + letters / 15.0;
}

void Append(std::vector<ui::Notice>& notices, std::size_t most, ui::Notice notice) {
  if (notices.size() == most) notices.erase(notices.begin());
  notices.push_back(std::move(notice));
}

}  // namespace

// What is told again is the newest again, but stands there once.
void WindowController::Notify(ui::NoticeLevel level, std::string text) {
  ui::Notice notice{level, std::move(text), next_notice_++, 0.0, UnixMilliseconds()};
  std::erase_if(notices_, [&](const ui::Notice& before) { return before.text == notice.text; });
  if (!messages_.empty() && messages_.back().text == notice.text) messages_.pop_back();
  Append(messages_, kMostMessages, notice);
  Append(notices_, kMostNotices, std::move(notice));
}

// An error stays until somebody takes note.
void WindowController::AgeNotices(double elapsed_s) {
  for (ui::Notice& notice : notices_) notice.age_s += elapsed_s;
  std::erase_if(notices_, [](const ui::Notice& notice) {
    return notice.level != ui::NoticeLevel::kError && notice.age_s > ShownFor_s(notice);
  });
}

void WindowController::Apply(const ui::DismissNotice& command) {
  std::erase_if(notices_, [&](const ui::Notice& notice) { return notice.id == command.id; });
}

void WindowController::ShowUndone(bool undone) {
  const auto unseen = marking_.NewestUnseenEdit(playback_.playhead().episode, undone);
  if (!unseen) return;
  Notify(ui::NoticeLevel::kInfo, unseen->words);
  if (!unseen->episode) return;
  SeekWhenLoaded({unseen->episode, unseen->step});
}

}  // namespace lookout::app
