// A window with one region for whatever a test of widgets draws.
#pragma once

#include <functional>
#include <utility>

#include "tests/support/ui_driver.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

struct WidgetStage {
  explicit WidgetStage(std::function<void()> draw) {
    driver.set_ui(ui);
    ui.Apply(ThemeKind::kDark, 1.0F);
    driver.set_draw([draw = std::move(draw)] {
      const ScopedRegion region("stage", {{0, 0}, {600, 400}}, CurrentTheme().panel, {8, 8});
      draw();
    });
    driver.Frames(2);
  }
  UiDriver driver;
  UiContext ui;
};

}  // namespace lookout::ui
