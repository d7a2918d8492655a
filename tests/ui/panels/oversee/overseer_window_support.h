// A window with the Overseer tab open, in Oversee mode.
#pragma once

#include "tests/support/ui_window.h"
#include "ui/panels/frame/side_panel.h"

namespace lookout::ui {

struct OverseerWindow : TestWindow {
  OverseerWindow() : TestWindow(UiWorld(200), {1280, 1000}) {
    world.mode = InputMode::kOversee;
    ShowPanel("tab/overseer", window.state().settings);
    driver.Frames(2);
    log.commands.clear();
  }
};

}  // namespace lookout::ui
