// A mark names the step whose picture was on screen, however slow the window and fast the episode.
#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include "app/desktop/desktop.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

constexpr int kKeyX = 88;  // GLFW's number

// A window that shows twenty pictures a second.
class SlowWindow {
 public:
  SlowWindow(GlContext& gl, Workspace& workspace)
      : gl_(gl), workspace_(workspace), desktop_(gl, workspace, R"({"welcome_dismissed": true})") {}

  // One frame, in whose drawing time the key goes down or up; returns the step that was on screen
  // when it did.
  StepIndex FrameWithKey(bool down) {
    gl_.PollEvents();
    const StepIndex seen = workspace_.controller().playhead().step;
    gl_.input().Add({.kind = InputEvent::Kind::kKey, .code = kKeyX, .down = down});
    Frame();
    return seen;
  }
  void Frame() {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    desktop_.Frame();
  }

 private:
  GlContext& gl_;
  Workspace& workspace_;
  Desktop desktop_;
};

TEST_CASE("at twenty frames a second and four times real time a mark is exact") {
  auto gl = OpenOffscreen({640, 360});
  if (!gl.ok()) {
    MESSAGE("skipped: ", gl.error().message);
    return;
  }
  const test::ScratchFolder folder;
  auto workspace = Workspace::Open({.project = folder / "study.lookout", .playing = true});
  REQUIRE(workspace.ok());
  Workspace& study = **workspace;
  SlowWindow window(**gl, study);
  for (const double speed : {1.0, 4.0}) {
    CAPTURE(speed);
    study.controller().Send(ui::PlayerCommand{ui::SetSpeed{speed}});
    const std::size_t marks = study.controller().marks().marks().marks().size();
    for (int i = 0; i < 8; ++i) window.Frame();
    const StepIndex first = window.FrameWithKey(true);
    for (int i = 0; i < 12; ++i) window.Frame();
    const StepIndex last = window.FrameWithKey(false);
    for (int i = 0; i < 4; ++i) window.Frame();
    const auto& made = study.controller().marks().marks().marks();
    REQUIRE(made.size() == marks + 1);
    CHECK(last > first);
    CHECK(made.rbegin()->second.first_step == first);
    CHECK(made.rbegin()->second.last_step == last);
  }
}

}  // namespace
}  // namespace lookout::app
