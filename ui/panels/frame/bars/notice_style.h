// How news, warnings and errors look, over the view and in the list of messages. Window thread
// only.
#pragma once

#include "ui/snapshots.h"
#include "ui/theme/icons.h"
#include "ui/theme/ui_context.h"

namespace lookout::ui {

struct NoticeStyle {
  const char* icon = "";
  ImU32 colour = 0;
};

inline NoticeStyle StyleOf(NoticeLevel level) {
  const Theme& theme = CurrentTheme();
  switch (level) {
    case NoticeLevel::kError:
      return {kIconError, theme.error};
    case NoticeLevel::kWarning:
      return {kIconWarning, theme.warning};
    case NoticeLevel::kInfo:
      break;
  }
  return {kIconInfo, theme.accent};
}

}  // namespace lookout::ui
