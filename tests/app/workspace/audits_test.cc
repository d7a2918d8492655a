// What the answers to audits say of the agents on screen.
#include <doctest/doctest.h>

#include <string>

#include "agents/feedback/kinds/mark.h"
#include "agents/feedback/queries/query.h"
#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {
namespace {

agents::FeedbackSet OneAnswer(EpisodeId episode) {
  agents::Mark mark{.id = MarkId{1},
                    .episode = episode,
                    .first_step = 11,
                    .last_step = 15,
                    .verdict = agents::Verdict::kUnsafe,
                    .annotator = "me"};
  mark.on_screen.mode = agents::kQueueMode;
  mark.on_screen.asked_why = std::string(ChoiceName(agents::QueryReason::kAudit));
  mark.on_screen.asked_first = 11;
  mark.on_screen.asked_last = 20;
  agents::FeedbackSet feedback;
  agents::JournalEntry entry;
  entry.sequence = 1;
  entry.op = agents::JournalOp::kAdd;
  entry.annotator = "me";
  entry.record = agents::RecordOf(mark);
  REQUIRE(feedback.Apply(entry).ok());
  return feedback;
}

TEST_CASE("an agent is charged for episodes that came to their end, not for those broken off") {
  Watching watching;  // a live episode, which goes on
  for (const std::int64_t id : {7, 8}) {
    watching.session.AddStoredEpisode({.id = EpisodeId{id},
                                       .environment = "toy",
                                       .agent = "Go to goal",
                                       .steps = 100,
                                       .finished = true});
  }
  watching.session.AddStoredEpisode(
      {.id = EpisodeId{9}, .environment = "toy", .agent = "Go to goal", .steps = 20});
  watching.session.LoadMarks(OneAnswer(EpisodeId{7}));
  watching.Frame();
  const auto audits = watching.View().audits;
  REQUIRE(audits.size() == 1);
  CHECK(audits[0].episodes == 2);
  CHECK(audits[0].clips == 1);
  CHECK(audits[0].cost.value == doctest::Approx(50.0));  // half of the steps of an episode
  CHECK(audits[0].known == 0.0);
}

}  // namespace
}  // namespace lookout::app
