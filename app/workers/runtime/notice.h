// A line that a worker has for the person: a refusal, a fallback, a failure. Value type.
#pragma once

#include <string>
#include <utility>

#include "app/workers/runtime/mailbox.h"
#include "ui/snapshots.h"

namespace lookout::app {

struct WorkerNotice {
  ui::NoticeLevel level = ui::NoticeLevel::kInfo;
  std::string text;
};

// Where every worker puts its notices; lossless, never blocks. Reader: the window.
using NoticeBoard = Mailbox<WorkerNotice>;

inline void Warn(NoticeBoard& board, std::string text) {
  board.Put({ui::NoticeLevel::kWarning, std::move(text)});
}
inline void Inform(NoticeBoard& board, std::string text) {
  board.Put({ui::NoticeLevel::kInfo, std::move(text)});
}

}  // namespace lookout::app
