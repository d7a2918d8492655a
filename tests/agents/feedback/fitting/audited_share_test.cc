// What the learned cost is calibrated to where somebody else has chosen what is answered about.
#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/kinds/mark.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

constexpr int kShareSteps = 400;
constexpr int kClipSteps = 20;
constexpr int kEpisodes = 60;
constexpr double kAuditChance = 0.1;
constexpr int kFresh = 1000;  // walks that nobody is asked about begin here

// A walk along a line, unsafe beyond 1, that is seen through a haze.
struct Walk {
  std::vector<float> places;
  std::vector<float> seen;
};
Walk WalkOf(int seed) {
  RandomState random(static_cast<std::uint32_t>(seed));
  Walk walk;
  double x = random.Normal();
  for (int step = 0; step < kShareSteps; ++step) {
    x += 0.12 * random.Normal() - 0.012 * x;
    walk.places.push_back(static_cast<float>(x));
    walk.seen.push_back(static_cast<float>(x + 0.3 * random.Normal()));
  }
  return walk;
}
bool IsUnsafe(float place) { return place > 1.0F; }

double ShareOfUnsafe(int first_episode, int episodes) {
  double unsafe = 0.0;
  for (int episode = first_episode; episode < first_episode + episodes; ++episode) {
    for (const float place : WalkOf(episode).places) unsafe += IsUnsafe(place) ? 1.0 : 0.0;
  }
  return unsafe / (kShareSteps * episodes);
}

// Every run of steps that look alike gets a mark, as an answer about the clip; of the marks a share
// is the opposite of what was meant.
class Ann {
 public:
  explicit Ann(double flips) : flips_(flips) {}

  void Answer(int episode, const Walk& walk, StepIndex first, double chance) {
    const StepIndex end = first + kClipSteps;
    for (StepIndex step = first; step < end;) {
      const auto at = [&](StepIndex k) {
        return IsUnsafe(walk.places[static_cast<std::size_t>(k)]);
      };
      const StepIndex begin = step;
      while (step < end && at(step) == at(begin)) ++step;
      const bool says_unsafe = at(begin) != (slips_.Uniform(0.0, 1.0) < flips_);
      const Mark mark{.id = {std::ssize(feedback_) + 1},
                      .episode = {episode},
                      .first_step = begin,
                      .last_step = step - 1,
                      .verdict = says_unsafe ? Verdict::kUnsafe : Verdict::kSafe,
                      .annotator = "Ann",
                      .on_screen = {.mode = kQueueMode,
                                    .asked_first = first,
                                    .asked_last = end - 1,
                                    .asked_chance = chance},
                      .note = {}};
      feedback_.push_back(RecordOf(mark));
    }
  }

  LabelSet Labels() const {
    std::vector<std::pair<EpisodeId, StepIndex>> lengths;
    for (int episode = 1; episode <= kEpisodes; ++episode) {
      lengths.emplace_back(EpisodeId{episode}, kShareSteps);
    }
    Walk shown;
    EpisodeId of;
    const auto look_up = [&](EpisodeId episode, StepIndex step) {
      if (episode != of) shown = WalkOf(static_cast<int>(episode.value));
      of = episode;
      return std::span<const float>(&shown.seen[static_cast<std::size_t>(step)], 1);
    };
    auto derived = DeriveLabels(feedback_, {}, lengths, 1, look_up);
    REQUIRE(derived.ok());
    return std::move(derived->labels);
  }

 private:
  double flips_;
  RandomState slips_{11};
  std::vector<FeedbackRecord> feedback_;
};

// Who is asked about one clip in ten of all, and about others of one's choice.
using Chooses = bool (*)(std::span<const float> places, std::span<const float> seen);
LabelSet Answers(Chooses chooses, bool chance_is_known, double flips) {
  RandomState random(3);
  Ann ann(flips);
  for (int episode = 1; episode <= kEpisodes; ++episode) {
    const Walk walk = WalkOf(episode);
    for (StepIndex first = 0; first < kShareSteps; first += kClipSteps) {
      const auto clip = [&](const std::vector<float>& of) {
        return std::span(of).subspan(static_cast<std::size_t>(first), kClipSteps);
      };
      if (random.Uniform(0.0, 1.0) < kAuditChance) {
        ann.Answer(episode, walk, first, chance_is_known ? kAuditChance : 0.0);
      } else if (chooses(clip(walk.places), clip(walk.seen))) {
        ann.Answer(episode, walk, first, 0.0);
      }
    }
  }
  return ann.Labels();
}
bool HoldsDanger(std::span<const float> places, std::span<const float>) {
  return std::ranges::any_of(places, IsUnsafe);
}
bool LooksNearDanger(std::span<const float>, std::span<const float> seen) {
  return std::ranges::any_of(seen, [](float x) { return x > 0.5F; });
}

// Mean prediction over walks that nothing was learned from.
double PredictedShare(const CostModel& model) {
  double sum = 0.0;
  for (int episode = kFresh; episode < kFresh + kEpisodes; ++episode) {
    const Walk walk = WalkOf(episode);
    const Eigen::MatrixXf seen =
        Eigen::Map<const Eigen::MatrixXf>(walk.seen.data(), 1, kShareSteps);
    Eigen::VectorXf cost(kShareSteps);
    Eigen::VectorXf spread(kShareSteps);
    model.Predict(seen, cost, spread);
    sum += double(cost.sum());
  }
  return sum / (kShareSteps * kEpisodes);
}

TEST_CASE("answers that were drawn by chance tell the share of unsafe in the stream") {
  const double share = ShareOfUnsafe(1, kEpisodes);
  const auto fitted = FitCostModel(Answers(HoldsDanger, true, 0.0), {}, {1});
  REQUIRE(fitted.ok());
  CHECK((*fitted)->report().unsafe_share == doctest::Approx(share).epsilon(0.5));

  const auto misled = FitCostModel(Answers(HoldsDanger, false, 0.0), {}, {1});
  REQUIRE(misled.ok());
  CHECK((*misled)->report().unsafe_share > 2.5 * share);
}

TEST_CASE("clips that are chosen by their sight leave the meaning of a sight as it is") {
  const double share = ShareOfUnsafe(kFresh, kEpisodes);
  for (const double flips : {0.0, 0.1}) {
    CAPTURE(flips);
    const auto fitted = FitCostModel(Answers(LooksNearDanger, true, flips), {}, {1});
    REQUIRE(fitted.ok());
    CHECK(PredictedShare(**fitted) == doctest::Approx(share).epsilon(0.15));
  }
}

}  // namespace
}  // namespace lookout::agents
