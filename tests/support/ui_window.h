// A whole window to test: driver, world, main window and the log of what it asked for.
#pragma once

#include "tests/support/ui_driver.h"
#include "tests/support/ui_world.h"
#include "ui/panels/frame/main_window.h"

namespace lookout::ui {

struct TestWindow {
  explicit TestWindow(UiWorld the_world = UiWorld::Busy(), ImVec2 display = {1600, 900},
                      float scale = 1.0F)
      : driver(display), world(std::move(the_world)) {
    driver.set_ui(window.ui());
    window.state().welcome_shown = false;
    window.state().settings.ui_scale = scale;
    window.PrepareFrame(1.0F);
    driver.set_draw([this] {
      window.Draw(world.View(), log, world.Inputs(), [this](const Rect& rect) { view = rect; });
    });
    driver.Frames(3);
    log.commands.clear();
  }

  UiDriver driver;
  UiWorld world;
  MainWindow window;
  CommandLog log;
  Rect view;  // where the 3-D view was last drawn
};

}  // namespace lookout::ui
