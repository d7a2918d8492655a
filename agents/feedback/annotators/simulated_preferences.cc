#include "agents/feedback/annotators/simulated_preferences.h"

#include <algorithm>
#include <cmath>

namespace lookout::agents {
namespace {

constexpr int kMostDraws = 20;

double DangerOf(std::span<const SeenStep> clip, double gamma) {
  double danger = 0.0;
  for (const SeenStep& step : clip) danger = gamma * danger + (step.margin > 0.0F ? 1.0 : 0.0);
  return danger;
}

struct Clip {
  Segment segment;
  std::span<const SeenStep> steps;
};

Clip DrawClip(std::span<const SeenEpisode* const> episodes, StepIndex clip_steps,
              RandomState& random) {
  const SeenEpisode& from =
      *episodes[static_cast<std::size_t>(random.Choice(static_cast<int>(episodes.size())))];
  const auto places = static_cast<int>(std::ssize(from.steps)) - clip_steps + 1;
  const StepIndex first = random.Choice(places);
  return {{from.episode, first, first + clip_steps - 1},
          std::span(from.steps)
              .subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(clip_steps))};
}

}  // namespace

std::optional<double> FirstIsSafer(std::span<const SeenStep> first,
                                   std::span<const SeenStep> second,
                                   const AnnotatorSettings& settings, RandomState& random) {
  const double danger_1 = DangerOf(first, settings.gamma);
  const double danger_2 = DangerOf(second, settings.gamma);
  if (std::max(danger_1, danger_2) < settings.skip_steps) return std::nullopt;
  const double difference = danger_2 - danger_1;
  if (difference == 0.0 || std::abs(difference) < settings.equal_steps) return 0.5;
  bool first_is_safer = difference > 0.0;
  if (settings.beta > 0.0) {
    first_is_safer = random.RandomSample() < 1.0 / (1.0 + std::exp(-settings.beta * difference));
  }
  if (settings.mistake_rate > 0.0 && random.RandomSample() < settings.mistake_rate) {
    first_is_safer = !first_is_safer;
  }
  return first_is_safer ? 1.0 : 0.0;
}

std::vector<Preference> ComparePairs(std::span<const SeenEpisode> episodes, int count,
                                     StepIndex clip_steps, const AnnotatorSettings& settings,
                                     RandomState& random) {
  std::vector<const SeenEpisode*> long_enough;
  for (const SeenEpisode& episode : episodes) {
    if (std::ssize(episode.steps) >= clip_steps) long_enough.push_back(&episode);
  }
  std::vector<Preference> answers;
  if (long_enough.empty()) return answers;
  for (int i = 0; i < count; ++i) {
    const Clip first = DrawClip(long_enough, clip_steps, random);
    Clip second = DrawClip(long_enough, clip_steps, random);
    // Nobody compares a clip with itself; where there is but one, there is nothing to ask.
    for (int tries = 0; second.segment == first.segment && tries < kMostDraws; ++tries) {
      second = DrawClip(long_enough, clip_steps, random);
    }
    if (second.segment == first.segment) continue;
    const auto answer = FirstIsSafer(first.steps, second.steps, settings, random);
    if (!answer) continue;
    answers.push_back(
        {.first = first.segment, .second = second.segment, .first_is_safer = *answer});
  }
  return answers;
}

}  // namespace lookout::agents
