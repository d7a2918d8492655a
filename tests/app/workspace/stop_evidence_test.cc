// What the window gathers to tell whether labelling is enough.
#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "agents/feedback/kinds/mark.h"
#include "app/workspace/labelling/query_queue.h"
#include "tests/app/workers/worker_support.h"
#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {
namespace {

using agents::kQueueMode;
using agents::Verdict;

// An answer about steps `first` to `first` + 49, of which a model had said `highest`.
agents::Provenance AskedAbout(StepIndex first, double highest, const std::string& why = "audit") {
  return {.mode = kQueueMode,
          .asked_why = why,
          .asked_first = first,
          .asked_last = first + 49,
          .asked_chance = 0.1,
          .asked_highest = highest};
}

agents::Mark MarkAt(StepIndex first, Verdict verdict, const agents::Provenance& on_screen) {
  return {.episode = EpisodeId{1},
          .first_step = first,
          .last_step = first + 9,
          .verdict = verdict,
          .annotator = "me",
          .on_screen = on_screen,
          .note = {}};
}

TEST_CASE("audits that are answered tell how much of what is unsafe the model had missed") {
  agents::FeedbackSet feedback;
  std::int64_t id = 0;
  const auto say = [&](StepIndex first, Verdict verdict, const agents::Provenance& on_screen) {
    agents::Mark mark = MarkAt(first, verdict, on_screen);
    mark.id = MarkId{++id};
    REQUIRE(feedback.Apply({.sequence = id, .record = RecordOf(mark), .annotator = "me"}));
  };
  say(10, Verdict::kUnsafe, AskedAbout(1, 0.1));     // missed
  say(30, Verdict::kUnsafe, AskedAbout(1, 0.1));     // the same audit once more
  say(110, Verdict::kUnsafe, AskedAbout(101, 0.9));  // not missed
  say(210, Verdict::kSafe, AskedAbout(201, 0.1));
  say(310, Verdict::kUnsafe, {.mode = "review"});                      // nobody asked
  say(510, Verdict::kUnsafe, AskedAbout(501, 0.1, "novelty"));         // not drawn by chance
  say(610, Verdict::kUnsafe, AskedAbout(601, agents::kNotPredicted));  // by no model
  say(790, Verdict::kUnsafe, AskedAbout(701, 0.1));  // was moved away from what was asked
  say(850, Verdict::kUnsafe, {.mode = kQueueMode});  // kept before answers said what was asked
  // A queue of another sitting, which has proposed none of them.
  QueryQueue queue;
  queue.Follow(feedback, [](EpisodeId) { return true; });
  CHECK(queue.audited() == agents::AuditCounts{.unsafe = 2, .missed = 1});
  CHECK(queue.shown().answered == 7);
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
    Fit(model);
    Frame();
    Frame();
    const QueryRequest asked = workers.query_requests.back();
    Propose(agreement);
    return asked;
  }

  void Fit(std::int64_t model) {
    workers.fit.model = std::make_shared<KnownCostModel>(model, 4, SceneOf(2)->spec.signature());
    workers.cost_models[CostModelId{model}] = workers.fit.model;
  }
  void Propose(std::optional<double> agreement) {
    session.OnQueries({.queries = {}, .problem = {}, .agreement = agreement});
    Frame();
  }
  // The newest text of that setting.
  std::string Setting(const std::string& key) {
    std::string text;
    for (const WriteRequest& request : workers.write_requests) {
      const auto* saved = std::get_if<SaveSetting>(&request);
      if (saved != nullptr && saved->key == key) text = saved->value;
    }
    return text;
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
  const QueryRequest fourth = rounds.FitAfter(4, 10, {});
  REQUIRE(fourth.previous_model != nullptr);
  CHECK(fourth.previous_model->id() == CostModelId{3});
}

TEST_CASE("the next sitting compares with the last sitting's model, and knows its fits") {
  Rounds rounds;
  for (const std::int64_t model : {1, 2, 3}) rounds.FitAfter(model, 12, 0.97);
  const std::string words = rounds.View().queries->still_brings;
  CHECK(words.starts_with("The held-out error is"));
  const std::string kept = rounds.Setting(WindowController::kLabellingProgress);
  REQUIRE_FALSE(kept.empty());

  Rounds next;
  next.session.LoadLabellingProgress(kept);
  agents::FeedbackSet feedback;
  for (const agents::JournalEntry& entry : rounds.workers.journal()) {
    REQUIRE(feedback.Apply(entry));
  }
  next.session.LoadMarks(feedback);
  next.Fit(3);  // the fitter has the newest again, which is no new fit
  next.Frame();
  next.Frame();
  CHECK(next.View().queries->still_brings == words);
  next.step = rounds.step;
  const QueryRequest fourth = next.FitAfter(4, 10, {});
  REQUIRE(fourth.previous_model != nullptr);
  CHECK(fourth.previous_model->id() == CostModelId{3});
  next.workers.cost_models.clear();  // the project keeps it no longer
  CHECK(next.FitAfter(5, 10, {}).previous_model == nullptr);
  CHECK(next.View().queries->still_brings != words);
}

TEST_CASE("what labelling brings is told anew with every fit, before there are other proposals") {
  Rounds rounds;
  for (const std::int64_t model : {1, 2, 3}) rounds.FitAfter(model, 12, {});
  CHECK(rounds.View().queries->still_brings.find("after 36 labels") != std::string::npos);
  rounds.Do(ui::MarkCommand{ui::AddMark{{.episode = EpisodeId{2},
                                         .first_step = 110,
                                         .last_step = 111,
                                         .annotator = {},
                                         .note = {}}}});
  rounds.Fit(4);
  rounds.Frame();
  CHECK(rounds.View().queries->still_brings.find("after 37 labels") != std::string::npos);
  CHECK(rounds.Setting(WindowController::kLabellingProgress).find("[37,") != std::string::npos);
}

}  // namespace
}  // namespace lookout::app
