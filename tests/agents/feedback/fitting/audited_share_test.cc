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

// A walk along a line, unsafe beyond 1.
std::vector<float> Walk(int seed) {
  RandomState random(static_cast<std::uint32_t>(seed));
  std::vector<float> places;
  double x = random.Normal();
  for (int step = 0; step < kShareSteps; ++step) {
    x += 0.12 * random.Normal() - 0.012 * x;
    places.push_back(static_cast<float>(x));
  }
  return places;
}
bool IsUnsafe(float place) { return place > 1.0F; }

// Every run of steps that look alike gets a mark, as an answer about the clip.
void Answer(int episode, StepIndex first, double chance, std::vector<FeedbackRecord>& feedback) {
  const std::vector<float> places = Walk(episode);
  const StepIndex end = first + kClipSteps;
  for (StepIndex step = first; step < end;) {
    const auto at = [&](StepIndex k) { return IsUnsafe(places[static_cast<std::size_t>(k)]); };
    const StepIndex begin = step;
    while (step < end && at(step) == at(begin)) ++step;
    const Mark mark{.id = {std::ssize(feedback) + 1},
                    .episode = {episode},
                    .first_step = begin,
                    .last_step = step - 1,
                    .verdict = at(begin) ? Verdict::kUnsafe : Verdict::kSafe,
                    .annotator = "Ann",
                    .on_screen = {.mode = kQueueMode,
                                  .asked_first = first,
                                  .asked_last = end - 1,
                                  .asked_chance = chance},
                    .note = {}};
    feedback.push_back(RecordOf(mark));
  }
}

// Answers about clips with danger, and about one in ten of all clips; whether these say so.
LabelSet Answers(bool chance_is_known) {
  RandomState random(3);
  std::vector<FeedbackRecord> feedback;
  std::vector<std::pair<EpisodeId, StepIndex>> lengths;
  for (int episode = 1; episode <= kEpisodes; ++episode) {
    const std::vector<float> places = Walk(episode);
    lengths.emplace_back(EpisodeId{episode}, kShareSteps);
    for (StepIndex first = 0; first < kShareSteps; first += kClipSteps) {
      const auto begin = places.begin() + first;
      if (random.Uniform(0.0, 1.0) < kAuditChance) {
        Answer(episode, first, chance_is_known ? kAuditChance : 0.0, feedback);
      } else if (std::any_of(begin, begin + kClipSteps, IsUnsafe)) {
        Answer(episode, first, 0.0, feedback);
      }
    }
  }
  std::vector<float> shown;
  EpisodeId of;
  const auto look_up = [&](EpisodeId episode, StepIndex step) {
    if (episode != of) shown = Walk(static_cast<int>(episode.value));
    of = episode;
    return std::span<const float>(&shown[static_cast<std::size_t>(step)], 1);
  };
  const auto derived = DeriveLabels(feedback, {}, lengths, 1, look_up);
  REQUIRE(derived.ok());
  return derived->labels;
}

TEST_CASE("answers that were drawn by chance tell the share of unsafe in the stream") {
  double unsafe = 0.0;
  for (int episode = 1; episode <= kEpisodes; ++episode) {
    for (const float place : Walk(episode)) unsafe += IsUnsafe(place) ? 1.0 : 0.0;
  }
  const double share = unsafe / (kShareSteps * kEpisodes);
  const LabelSet labels = Answers(true);
  CHECK(labels.audited_steps > 1000);
  CHECK(labels.audited_stand_for == doctest::Approx(10.0 * double(labels.audited_steps)));
  const auto fitted = FitCostModel(labels, {}, {1});
  REQUIRE(fitted.ok());
  CHECK((*fitted)->report().unsafe_share == doctest::Approx(share).epsilon(0.5));

  const LabelSet unknown = Answers(false);
  CHECK(unknown.audited_steps == 0);
  const auto misled = FitCostModel(unknown, {}, {1});
  REQUIRE(misled.ok());
  CHECK((*misled)->report().unsafe_share > 2.5 * share);
}

}  // namespace
}  // namespace lookout::agents
