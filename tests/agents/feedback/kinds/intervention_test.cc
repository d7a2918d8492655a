#include "agents/feedback/kinds/intervention.h"

#include <doctest/doctest.h>

#include "agents/feedback/kinds/correction.h"
#include "agents/feedback/targets/step_opinions.h"

namespace lookout::agents {

namespace {

FeedbackRecord RecordOf(const Intervention& intervention) {
  FeedbackRecord record{.annotator = "me"};
  SetContent(intervention, record);
  return record;
}

std::vector<Opinion> OpinionsOf(const FeedbackRecord& record) {
  const std::vector<std::pair<EpisodeId, StepIndex>> lengths{{{1}, 100}, {{2}, 100}, {{3}, 100}};
  StepOpinions opinions(lengths);
  KindOf(record)->tell_targets(record, opinions);
  return opinions.steps().empty() ? std::vector<Opinion>{}
                                  : opinions.steps().begin()->second.at("me");
}

}  // namespace

TEST_CASE("what led to a take-over is unsafe by the rule of its record, what was driven safe") {
  Intervention taken{.episode = {1}, .first_step = 60, .last_step = 70};
  taken.rule = {.lag_steps = 10, .before_steps = 5, .unsafe_weight = 0.5, .safe_weight = 0.25};
  CHECK(taken.LedToIt() == Segment{{1}, 45, 49});
  const std::vector<Opinion> said = OpinionsOf(RecordOf(taken));
  for (std::size_t i = 0; i < said.size(); ++i) {
    CAPTURE(i);
    CHECK(said[i].unsafe.has_value() == (i >= 45 && i <= 49));
    CHECK(said[i].safe.has_value() == (i >= 60 && i <= 70));
  }
  CHECK(said[45].weight == 0.5);
  CHECK(said[60].weight == 0.25);
}

TEST_CASE("what a take-over implies with less weight does not change how bad a mark says it is") {
  Intervention taken{.episode = {1}, .first_step = 60, .last_step = 70};
  taken.rule = {.lag_steps = 10, .before_steps = 5, .unsafe_weight = 0.5, .safe_weight = 0.25};
  const Mark mark{
      .episode = {1}, .first_step = 47, .last_step = 48, .annotator = "me", .severity = 4};
  const std::vector<std::pair<EpisodeId, StepIndex>> lengths{{{1}, 100}};
  for (const bool mark_first : {true, false}) {
    StepOpinions opinions(lengths);
    if (mark_first) kMarkKind.tell_targets(RecordOf(mark), opinions);
    kInterventionKind.tell_targets(RecordOf(taken), opinions);
    if (!mark_first) kMarkKind.tell_targets(RecordOf(mark), opinions);
    const std::vector<Opinion>& said = opinions.steps().at({1}).at("me");
    CHECK(said[46].target == 1.0F);
    CHECK(said[46].weight == 0.5F);
    CHECK(said[47].target == 0.7F);
    CHECK(said[47].weight == 1.0F);
  }
}

TEST_CASE("a rule without weights says nothing, and no step before the first is meant") {
  Intervention taken{.episode = {1}, .first_step = 3, .last_step = 4};
  taken.rule = {.lag_steps = 1, .before_steps = 25, .unsafe_weight = 0.5, .safe_weight = 0.0};
  CHECK(taken.LedToIt() == Segment{{1}, 0, 1});
  taken.rule.lag_steps = 30;
  CHECK(taken.LedToIt().last < taken.LedToIt().first);
  CHECK(OpinionsOf(RecordOf(taken)).empty());
}

TEST_CASE("an intervention survives its record, and one that makes no sense is refused") {
  const Intervention taken{.episode = {1}, .first_step = 60, .last_step = 70, .note = "too fast"};
  const Result<Intervention> again = InterventionOf(RecordOf(taken));
  REQUIRE(again);
  CHECK(*again == taken);
  CHECK(InWords(RecordOf(taken)) ==
        "took over, steps 60\xE2\x80\x93"
        "70 of episode 1");
  Intervention wrong = taken;
  wrong.last_step = 50;
  CHECK_FALSE(CheckContent(RecordOf(wrong)));
  wrong = taken;
  wrong.rule.unsafe_weight = 2.0;
  CHECK_FALSE(CheckContent(RecordOf(wrong)));
  wrong = taken;
  wrong.first_step = 0;
  CHECK_FALSE(CheckContent(RecordOf(wrong)));
}

TEST_CASE("a correction prefers the person's future and marks where the agent's went") {
  const Correction corrected{.episode = {1},
                             .step = 20,
                             .agents = {{2}, 21, 60},
                             .persons = {{3}, 21, 60},
                             .forward = -1.0,
                             .turn = 0.5,
                             .held_steps = 10};
  FeedbackRecord record{.id = {9}, .annotator = "me"};
  SetContent(corrected, record);
  CHECK(record.episodes == std::vector<EpisodeId>{{1}, {2}, {3}});
  CHECK(*CorrectionOf(record) == corrected);
  CHECK(InWords(record) == "corrected step 20 of episode 1: back, turning left");
  const std::vector<std::pair<EpisodeId, StepIndex>> lengths{{{1}, 100}, {{2}, 100}, {{3}, 100}};
  StepOpinions opinions(lengths);
  kCorrectionKind.tell_targets(record, opinions);
  REQUIRE(opinions.pairs().size() == 1);
  CHECK(opinions.pairs()[0].first == corrected.persons);
  CHECK(opinions.pairs()[0].first_is_safer == 1.0F);
  CHECK(opinions.steps().at({2}).at("me")[21].unsafe == MarkId{9});
  Correction wrong = corrected;
  wrong.turn = 2.0;
  SetContent(wrong, record);
  CHECK_FALSE(CheckContent(record));
}

}  // namespace lookout::agents
