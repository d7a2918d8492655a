#include "agents/feedback/queries/answered_audit.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "agents/feedback/queries/query.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

using doctest::Approx;

constexpr StepIndex kEpisodeSteps = 1000;
constexpr StepIndex kClip = 50;

// The journal of one sitting.
class Sitting {
 public:
  void Answer(std::int64_t episode, StepIndex first, StepIndex unsafe_from, StepIndex unsafe_to,
              const std::string& annotator = "Ann") {
    const bool safe = unsafe_to < unsafe_from;
    Mark mark{.episode = EpisodeId{episode},
              .first_step = safe ? first : unsafe_from,
              .last_step = safe ? first + kClip - 1 : unsafe_to,
              .verdict = safe ? Verdict::kSafe : Verdict::kUnsafe,
              .annotator = annotator};
    mark.on_screen.mode = kQueueMode;
    mark.on_screen.asked_why = std::string(ChoiceName(QueryReason::kAudit));
    mark.on_screen.asked_first = first;
    mark.on_screen.asked_last = first + kClip - 1;
    Add(mark);
  }
  void Say(std::int64_t episode, StepIndex first, StepIndex last, Verdict verdict) {
    Add({.episode = EpisodeId{episode},
         .first_step = first,
         .last_step = last,
         .verdict = verdict,
         .annotator = "Ann"});
  }
  std::vector<AnsweredAudit> Audits(const std::vector<PlayedEpisode>& episodes) const {
    return AnsweredAudits(marks_, "Ann", episodes);
  }

 private:
  void Add(const Mark& mark) {
    const MarkId id{static_cast<std::int64_t>(marks_.size()) + 1};
    marks_[id] = mark;
    marks_[id].id = id;
  }
  std::map<MarkId, Mark> marks_;
};

PlayedEpisode Played(std::int64_t id, const std::string& agent) {
  return {EpisodeId{id}, "World", agent, kEpisodeSteps};
}

TEST_CASE("clips that were drawn by chance stand for all steps of their agent's episodes") {
  Sitting sitting;
  sitting.Answer(1, 101, 110, 119);    // 10 unsafe steps
  sitting.Answer(1, 301, 1, 0);        // safe
  sitting.Answer(2, 501, 540, 560);    // 11 of them within the clip
  sitting.Answer(2, 801, 1, 0);        // safe
  sitting.Answer(3, 1, 1, 50);         // of another agent
  sitting.Answer(2, 1, 1, 50, "Ben");  // by another annotator
  const auto audits =
      sitting.Audits({Played(1, "fast"), Played(2, "fast"), Played(3, "slow"), Played(4, "shy")});
  REQUIRE(audits.size() == 2);
  CHECK(audits[0].agent == "fast");
  CHECK(audits[0].episodes == 2);
  CHECK(audits[0].clips == 4);
  CHECK(audits[0].unsafe_clips == 2);
  CHECK(audits[0].cost.value == Approx(21.0 / 200.0 * 1000.0));
  CHECK(audits[0].cost.low < 60.0);
  CHECK(audits[0].cost.high > 200.0);
  CHECK(audits[1].agent == "slow");
  CHECK(audits[1].cost.value == Approx(1000.0));
}

TEST_CASE("what was judged unasked is charged as judged, and only the rest is estimated") {
  Sitting sitting;
  sitting.Say(1, 1, 100, Verdict::kUnsafe);
  sitting.Say(1, 101, 500, Verdict::kSafe);
  sitting.Say(2, 1, 500, Verdict::kSafe);
  sitting.Say(2, 490, 520, Verdict::kUnsure);  // charges nothing and is not known either
  sitting.Answer(1, 601, 601, 610);
  sitting.Answer(2, 601, 1, 0);
  const auto audits = sitting.Audits({Played(1, "fast"), Played(2, "fast")});
  REQUIRE(audits.size() == 1);
  // 100 known steps, and a tenth of 1,000 open ones, over two episodes.
  CHECK(audits[0].cost.value == Approx(50.0 + 0.1 * 500.0));
}

TEST_CASE("answers to other reasons and marks of one's own accord are no audit") {
  Sitting sitting;
  sitting.Say(1, 1, 100, Verdict::kUnsafe);
  CHECK(sitting.Audits({Played(1, "fast")}).empty());
  sitting.Answer(1, 901, 1, 0);
  CHECK(sitting.Audits({}).empty());
}

TEST_CASE("without a single dangerous clip the interval is not of no width") {
  Sitting sitting;
  for (StepIndex first = 1; first < 500; first += kClip) sitting.Answer(1, first, 1, 0);
  const auto audits = sitting.Audits({Played(1, "calm")});
  REQUIRE(audits.size() == 1);
  CHECK(audits[0].cost.value == 0.0);
  CHECK(audits[0].cost.low == 0.0);
  CHECK(audits[0].cost.high > 100.0);
}

TEST_CASE("the estimate is right on average, and its interval nearly always") {
  RandomState random(5);
  constexpr int kAudits = 200;
  double sum = 0.0;
  int holds = 0;
  double truth = 0.0;
  for (int audit = 0; audit < kAudits; ++audit) {
    Sitting sitting;
    std::vector<PlayedEpisode> episodes;
    double all = 0.0;
    for (int episode = 1; episode <= 10; ++episode) {
      episodes.push_back(Played(episode, "agent"));
      for (StepIndex first = 1; first < kEpisodeSteps; first += kClip) {
        const bool dangerous = (first / kClip + episode) % 7 == 0;  // 20 steps each
        all += dangerous ? 20.0 : 0.0;
        if (random.Uniform(0.0, 1.0) > 0.2) continue;
        sitting.Answer(episode, first, dangerous ? first : 1, dangerous ? first + 19 : 0);
      }
    }
    truth = all / 10.0;
    const auto found = sitting.Audits(episodes);
    REQUIRE(found.size() == 1);
    sum += found[0].cost.value;
    if (found[0].cost.low <= truth && truth <= found[0].cost.high) ++holds;
  }
  CHECK(sum / kAudits == Approx(truth).epsilon(0.05));
  CHECK(holds >= kAudits * 9 / 10);
}

}  // namespace
}  // namespace lookout::agents
