// What the window gathers to tell whether labelling is enough.
#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agents/feedback/kinds/mark.h"
#include "app/workspace/labelling/query_queue.h"
#include "tests/app/workers/worker_support.h"
#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {
namespace {

using agents::Query;
using agents::Verdict;

Query SpanAt(StepIndex first, float highest) {
  return {.kind = agents::QueryKind::kSpan,
          .first = {EpisodeId{1}, first, first + 49},
          .highest = highest,
          .why = {}};
}

Query AuditAt(StepIndex first, float highest) {
  Query query = SpanAt(first, highest);
  query.reason = agents::QueryReason::kAudit;
  query.chance = 0.1;
  return query;
}

agents::JournalEntry MarkEntry(std::int64_t id, StepIndex first, Verdict verdict,
                               const std::string& mode) {
  const agents::Mark mark{.id = MarkId{id},
                          .episode = EpisodeId{1},
                          .first_step = first,
                          .last_step = first + 9,
                          .verdict = verdict,
                          .annotator = "me",
                          .on_screen = {.mode = mode},
                          .note = {}};
  agents::JournalEntry entry{.sequence = id, .record = RecordOf(mark), .annotator = "me"};
  return entry;
}

TEST_CASE("audits that are answered tell how much of what is unsafe the model had missed") {
  QueryQueue queue;
  queue.Adopt({AuditAt(1, 0.1F), AuditAt(101, 0.9F), AuditAt(201, 0.1F), AuditAt(301, 0.1F),
               SpanAt(501, 0.1F)});
  agents::FeedbackSet feedback;
  const auto say = [&](std::int64_t id, StepIndex first, Verdict verdict, const char* mode) {
    REQUIRE(feedback.Apply(MarkEntry(id, first, verdict, mode)));
  };
  say(1, 10, Verdict::kUnsafe, agents::kAskedMode);   // missed
  say(2, 110, Verdict::kUnsafe, agents::kAskedMode);  // not missed
  say(3, 210, Verdict::kSafe, agents::kAskedMode);
  say(4, 310, Verdict::kUnsafe, "review");            // nobody asked
  say(5, 510, Verdict::kUnsafe, agents::kAskedMode);  // not drawn by chance
  queue.Follow(feedback);
  CHECK(queue.audited() == agents::AuditCounts{.unsafe = 2, .missed = 1});
  // They count on after other proposals have come.
  queue.Adopt({});
  queue.Follow(feedback);
  CHECK(queue.audited() == agents::AuditCounts{.unsafe = 2, .missed = 1});
}

// Marks some steps of its own accord, and then a model is fitted.
struct Rounds : Watching {
  Rounds() {
    session.OnEpisodeBegan(SceneOf(2));
    session.OnChunk(Steps(2, 0, 120));
    Do(ui::QueryCommand{ui::FillQueries{}});
    Propose({});
  }

  // What was asked of the worker, who answered with that agreement.
  QueryRequest FitAfter(std::int64_t model, int marks, std::optional<double> agreement) {
    for (int i = 0; i < marks; ++i, step += 2) {
      Do(ui::MarkCommand{ui::AddMark{{.episode = EpisodeId{2},
                                      .first_step = step,
                                      .last_step = step,
                                      .annotator = {},
                                      .note = {}}}});
    }
    Propose({});  // what was asked for while they were made, and what was asked for after that
    Propose({});
    workers.fit.model = std::make_shared<KnownCostModel>(model, 4, SceneOf(2)->spec.signature());
    Frame();
    Frame();
    const QueryRequest asked = workers.query_requests.back();
    Propose(agreement);
    return asked;
  }

  void Propose(std::optional<double> agreement) {
    session.OnQueries({.queries = {}, .still_brings = {}, .problem = {}, .agreement = agreement});
    Frame();
  }

  StepIndex step = 1;
};

TEST_CASE("a model that ten more answers went into is compared with that of the round before") {
  Rounds rounds;
  CHECK(rounds.FitAfter(1, 6, {}).previous_model == nullptr);
  CHECK(rounds.FitAfter(2, 6, {}).previous_model == nullptr);  // six more are no round
  const QueryRequest third = rounds.FitAfter(3, 6, 0.97);
  REQUIRE(third.model != nullptr);
  CHECK(third.model->id() == CostModelId{3});
  REQUIRE(third.previous_model != nullptr);
  CHECK(third.previous_model->id() == CostModelId{1});
  CHECK(third.successive_agreement.empty());
  const QueryRequest fourth = rounds.FitAfter(4, 10, {});
  REQUIRE(fourth.previous_model != nullptr);
  CHECK(fourth.previous_model->id() == CostModelId{3});
  CHECK(fourth.successive_agreement == std::vector<double>{0.97});
}

}  // namespace
}  // namespace lookout::app
