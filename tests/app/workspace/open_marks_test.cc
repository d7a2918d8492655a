// Marks that nobody ended when something else came on screen.
#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "agents/feedback/kinds/mark.h"
#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {
namespace {

// Episode 2 begins, and its first step is on screen.
void ShowNextEpisode(Watching& watching) {
  watching.session.OnEpisodeBegan(SceneOf(2));
  watching.session.OnChunk(Steps(2, 0, 1));
  watching.workers.player.episode = EpisodeId{2};
  watching.workers.player.step = 0;
  watching.Frame();
}

TEST_CASE("an open mark ends by itself when the next episode comes on screen") {
  Watching watching;
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.LiveAt(110);
  ShowNextEpisode(watching);
  REQUIRE(watching.workers.journal().size() == 1);
  CHECK(MarkOf(watching.workers.journal()[0].record)->episode == EpisodeId{1});
  CHECK(MarkOf(watching.workers.journal()[0].record)->last_step == 110);
  REQUIRE_FALSE(watching.View().notices.empty());
  CHECK(watching.View().notices.back().text.find("ended where episode 1 left the screen") !=
        std::string::npos);
}

TEST_CASE("a mark that is held when the episode ends reaches to its end, and that is said") {
  Watching watching;
  watching.Do(ui::MarkCommand{ui::BeginMark{}});
  watching.LiveAt(110);
  // Its last steps and the next episode come with one frame.
  auto last = std::make_shared<sim::RecordingChunk>(*Steps(1, 111, 9));
  last->steps.back().status = sim::EpisodeStatus::kTimedOut;
  watching.session.OnChunk(last);
  ShowNextEpisode(watching);
  REQUIRE(watching.workers.journal().size() == 1);
  CHECK(MarkOf(watching.workers.journal()[0].record)->last_step == 119);
  REQUIRE_FALSE(watching.View().notices.empty());
  CHECK(watching.View().notices.back().text.find("ended where episode 1 did") != std::string::npos);
}

}  // namespace
}  // namespace lookout::app
