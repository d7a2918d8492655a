#include "agents/feedback/annotators/simulated_annotator.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

// Steps first to last, both inclusive.
struct Span {
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t length() const { return last - first + 1; }
};

// Maximal runs of steps that the rule charges for (or does not).
std::vector<Span> Runs(std::span<const float> rule_costs, bool charged) {
  std::vector<Span> runs;
  for (std::int64_t step = 0; step < std::ssize(rule_costs); ++step) {
    if ((rule_costs[static_cast<std::size_t>(step)] > 0.0F) != charged) continue;
    if (runs.empty() || runs.back().last + 1 != step) runs.push_back({step, step});
    runs.back().last = step;
  }
  return runs;
}

// Cuts the safe runs into spans of at most `steps` that do not overlap; remainders are left out.
std::vector<Span> SafeSpans(std::span<const float> rule_costs, std::int64_t steps) {
  std::vector<Span> spans;
  for (const Span& run : Runs(rule_costs, false)) {
    const std::int64_t length = std::min(steps, run.length());
    for (std::int64_t first = run.first; first + length - 1 <= run.last; first += length) {
      spans.push_back({first, first + length - 1});
    }
  }
  return spans;
}

// One annotator at work on one episode.
class Annotation {
 public:
  Annotation(EpisodeId episode, std::int64_t steps, const AnnotatorSettings& settings,
             RandomState& random)
      : episode_(episode), steps_(steps), settings_(settings), random_(random) {}

  // Returns the number of steps marked.
  std::int64_t MarkUnsafe(const std::vector<Span>& spans) {
    std::int64_t marked = 0;
    for (const Span& span : spans) {
      if (random_.RandomSample() < settings_.miss_rate) continue;
      if (Press(span, Verdict::kUnsafe)) marked += span.length();
    }
    return marked;
  }

  // Marks `steps` steps, in spans spread evenly over `spans` from a random start; at least one.
  void MarkSafe(const std::vector<Span>& spans, double steps) {
    const auto available = static_cast<std::int64_t>(spans.size());
    if (available == 0) return;
    const double wanted = std::round(steps / settings_.safe_span_steps);
    const auto count =
        static_cast<std::int64_t>(std::clamp(wanted, 1.0, static_cast<double>(available)));
    const double start = random_.RandomSample();
    for (std::int64_t i = 0; i < count; ++i) {
      const double position = (static_cast<double>(i) + start) / static_cast<double>(count);
      const auto index = static_cast<std::int64_t>(position * static_cast<double>(available));
      const bool alarm = random_.RandomSample() < settings_.false_alarm_rate;
      Press(spans[static_cast<std::size_t>(std::min(index, available - 1))],
            alarm ? Verdict::kUnsafe : Verdict::kSafe);
    }
  }

  std::vector<Mark> Finish() && {
    std::ranges::stable_sort(marks_, {}, &Mark::first_step);
    return std::move(marks_);
  }

 private:
  // The key goes down and up late; nobody marks after the episode is over (false).
  bool Press(const Span& span, Verdict verdict) {
    const std::int64_t jitter = settings_.reaction_lag_jitter_steps;
    std::int64_t lag = settings_.reaction_lag_steps;
    if (jitter > 0) lag += random_.Choice(static_cast<int>(2 * jitter + 1)) - jitter;
    lag = std::max<std::int64_t>(0, lag);
    if (span.first + lag >= steps_) return false;
    Mark mark;
    mark.episode = episode_;
    mark.first_step = static_cast<StepIndex>(span.first + lag);
    mark.last_step = static_cast<StepIndex>(std::min(span.last + lag, steps_ - 1));
    mark.verdict = verdict;
    mark.reaction_lag_steps = settings_.reaction_lag_steps;
    mark.annotator = settings_.name;
    marks_.push_back(std::move(mark));
    return true;
  }

  EpisodeId episode_;
  std::int64_t steps_;
  const AnnotatorSettings& settings_;
  RandomState& random_;
  std::vector<Mark> marks_;
};

}  // namespace

std::vector<Mark> AnnotateEpisode(EpisodeId episode, std::span<const float> rule_costs,
                                  const AnnotatorSettings& settings, RandomState& random) {
  LOOKOUT_CHECK(settings.safe_span_steps >= 1 && settings.reaction_lag_jitter_steps >= 0,
                "safe spans have at least one step and jitter is not negative");
  Annotation annotation(episode, std::ssize(rule_costs), settings, random);
  const std::int64_t unsafe_steps = annotation.MarkUnsafe(Runs(rule_costs, true));
  annotation.MarkSafe(SafeSpans(rule_costs, settings.safe_span_steps),
                      settings.safe_per_unsafe * static_cast<double>(unsafe_steps));
  return std::move(annotation).Finish();
}

}  // namespace lookout::agents
