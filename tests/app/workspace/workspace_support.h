// A workspace with all its workers, and without a window.
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <thread>

#include "app/workspace/workspace.h"

namespace lookout::app {

// Frames until something holds; a minute is the end of patience.
inline void Wait(Workspace& workspace, const std::function<bool()>& holds) {
  for (int i = 0; i < 12'000 && !holds(); ++i) {
    workspace.Update(0.016);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  REQUIRE(holds());
}

}  // namespace lookout::app
