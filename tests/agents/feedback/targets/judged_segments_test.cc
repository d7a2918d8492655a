#include "agents/feedback/targets/judged_segments.h"

#include <doctest/doctest.h>

#include <utility>
#include <vector>

#include "agents/feedback/kinds/correction.h"
#include "agents/feedback/kinds/intervention.h"
#include "agents/feedback/kinds/mark.h"
#include "agents/feedback/kinds/note.h"
#include "agents/feedback/kinds/preference.h"
#include "agents/feedback/kinds/region.h"

namespace lookout::agents {
namespace {

using Segments = std::vector<Segment>;

template <typename Content>
FeedbackRecord Record(const Content& content) {
  FeedbackRecord record;
  SetContent(content, record);
  return record;
}

TEST_CASE("judged are spans before the reaction to them, and both clips of a pair") {
  const Mark mark{.id = MarkId{1},
                  .episode = EpisodeId{3},
                  .first_step = 30,
                  .last_step = 40,
                  .reaction_lag_steps = 15,
                  .annotator = {},
                  .note = {}};
  const std::vector<FeedbackRecord> feedback{
      RecordOf(mark),
      Record(
          Preference{.first = {EpisodeId{1}, 1, 9}, .second = {EpisodeId{2}, 5, 8}, .note = {}})};
  CHECK(JudgedSegments(feedback) ==
        Segments{{EpisodeId{3}, 15, 25}, {EpisodeId{1}, 1, 9}, {EpisodeId{2}, 5, 8}});
}

TEST_CASE("letting go has a lag of its own where it is told, and a span keeps a step") {
  Mark mark{.id = MarkId{1},
            .episode = EpisodeId{3},
            .first_step = 30,
            .last_step = 40,
            .reaction_lag_steps = 15,
            .release_lag_steps = 4,
            .annotator = {},
            .note = {}};
  CHECK(JudgedSteps(mark) == Segment{EpisodeId{3}, 15, 36});
  CHECK(RecordOf(mark).version == 2);
  CHECK(MarkOf(RecordOf(mark)).value() == mark);
  mark.release_lag_steps = 35;
  CHECK(JudgedSteps(mark) == Segment{EpisodeId{3}, 15, 15});
  mark.release_lag_steps = -2;
  CHECK_FALSE(MarkOf(RecordOf(mark)).ok());
  mark.release_lag_steps = kLagOfPressing;
  CHECK(RecordOf(mark).version == 1);
  CHECK(RecordOf(mark).content.find("release") == std::string::npos);
}

TEST_CASE("judged is what led to a take-over and what was driven, and what a correction compares") {
  const std::vector<FeedbackRecord> feedback{
      Record(Intervention{.episode = EpisodeId{4},
                          .first_step = 120,
                          .last_step = 160,
                          .rule = {.lag_steps = 15, .before_steps = 25},
                          .note = {}}),
      Record(Correction{.episode = EpisodeId{5},
                        .step = 50,
                        .agents = {EpisodeId{5}, 51, 80},
                        .persons = {EpisodeId{6}, 51, 90},
                        .note = {}}),
      Record(Note{.episode = EpisodeId{5}, .step = 3, .text = "a note judges nothing"})};
  CHECK(JudgedSegments(feedback) == Segments{{EpisodeId{4}, 80, 104},
                                             {EpisodeId{4}, 120, 160},
                                             {EpisodeId{6}, 51, 90},
                                             {EpisodeId{5}, 51, 80},
                                             {EpisodeId{5}, 51, 51}});
}

// The robot drives along x, a centimetre a step.
class Driving : public EpisodePlaces {
 public:
  std::string_view Layout(EpisodeId episode) override {
    return episode == EpisodeId{9} ? "other" : "same";
  }
  Point RobotAt(EpisodeId /*episode*/, StepIndex step) override { return {0.01 * step, 0.0}; }
  double DistanceTo(EpisodeId /*episode*/, StepIndex /*step*/, std::string_view /*kind*/) override {
    return 10.0;
  }
};

TEST_CASE("judged are the stretches inside a region, where it holds and the robot stays") {
  Driving places;
  Region region{.episode = EpisodeId{1},
                .points = {1.0, 0.0},
                .radius_m = 0.2001,
                .around = {},
                .layout = "same",
                .note = {}};
  const std::vector<std::pair<EpisodeId, StepIndex>> lengths{
      {EpisodeId{1}, 400}, {EpisodeId{2}, 100}, {EpisodeId{9}, 400}};
  const auto judged = [&] { return JudgedSegments(std::vector{Record(region)}, lengths, &places); };
  // In episode 2 it only arrives: 20 steps.
  CHECK(judged() == Segments{{EpisodeId{1}, 80, 120}});
  region.radius_m = 0.11;  // 23 steps are too few
  CHECK(judged().empty());
  region.radius_m = 0.2001;
  region.on = false;
  CHECK(judged().empty());
  region.on = true;
  CHECK(JudgedSegments(std::vector{Record(region)}).empty());  // nobody knows where the robot was
}

}  // namespace
}  // namespace lookout::agents
