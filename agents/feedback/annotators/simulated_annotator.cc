#include "agents/feedback/annotators/simulated_annotator.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

// Steps first to last, both inclusive.
struct Span {
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t length() const { return last - first + 1; }
};

// Maximal runs of steps that look unsafe (or do not).
std::vector<Span> Runs(std::span<const SeenStep> seen, bool unsafe) {
  std::vector<Span> runs;
  for (std::int64_t step = 0; step < std::ssize(seen); ++step) {
    if ((seen[static_cast<std::size_t>(step)].margin > 0.0F) != unsafe) continue;
    if (runs.empty() || runs.back().last + 1 != step) runs.push_back({step, step});
    runs.back().last = step;
  }
  return runs;
}

// Cuts the safe runs into spans of at most `steps` that do not overlap; remainders are left out.
std::vector<Span> SafeSpans(std::span<const SeenStep> seen, std::int64_t steps) {
  std::vector<Span> spans;
  for (const Span& run : Runs(seen, false)) {
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
  Annotation(EpisodeId episode, std::span<const SeenStep> seen, const AnnotatorSettings& settings,
             double session, RandomState& random)
      : episode_(episode),
        seen_(seen),
        settings_(settings),
        tiredness_(1.0 + settings.fatigue * session),
        random_(random) {}

  // Returns the number of steps marked.
  std::int64_t MarkUnsafe(const std::vector<Span>& spans) {
    std::int64_t marked = 0;
    for (const Span& span : spans) {
      // Always drawn, and first, so that a seed means the same whatever the other faults.
      if (random_.RandomSample() < tiredness_ * settings_.miss_rate) continue;
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
      const bool alarm = random_.RandomSample() < tiredness_ * settings_.false_alarm_rate;
      Press(spans[static_cast<std::size_t>(std::min(index, available - 1))],
            alarm ? Verdict::kUnsafe : Verdict::kSafe);
    }
  }

  // Every run of the clip, unsafe ones first.
  void Answer(const Segment& clip) {
    const auto steps = seen_.subspan(static_cast<std::size_t>(clip.first),
                                     static_cast<std::size_t>(clip.last - clip.first + 1));
    for (const bool unsafe : {true, false}) {
      for (const Span& run : Runs(steps, unsafe)) {
        const double wrong = unsafe ? settings_.miss_rate : settings_.false_alarm_rate;
        const bool says_unsafe = Happens(wrong) != unsafe;
        Press({run.first + clip.first, run.last + clip.first},
              says_unsafe ? Verdict::kUnsafe : Verdict::kSafe);
      }
    }
  }

  std::vector<Mark> Finish() && {
    std::ranges::stable_sort(marks_, {}, &Mark::first_step);
    return std::move(marks_);
  }

 private:
  // Draws only for faults that there are.
  bool Happens(double rate) { return rate > 0.0 && random_.RandomSample() < tiredness_ * rate; }
  double Noise(double deviation) { return deviation > 0.0 ? deviation * random_.Normal() : 0.0; }

  // Of the step that looks most dangerous.
  SeenStep Worst(const Span& span) const {
    const auto steps = seen_.subspan(static_cast<std::size_t>(span.first),
                                     static_cast<std::size_t>(span.length()));
    return *std::ranges::max_element(steps, {}, &SeenStep::margin);
  }

  // The key goes down and up late; nobody marks after the episode is over (false).
  bool Press(const Span& span, Verdict verdict) {
    const std::int64_t jitter = settings_.reaction_lag_jitter_steps;
    std::int64_t lag = settings_.reaction_lag_steps;
    if (jitter > 0) lag += random_.Choice(static_cast<int>(2 * jitter + 1)) - jitter;
    lag = std::max<std::int64_t>(0, lag);
    const std::int64_t steps = std::ssize(seen_);
    if (span.first + lag >= steps) return false;
    const std::int64_t first = span.first + lag + std::llround(Noise(settings_.press_jitter_steps));
    const std::int64_t last = span.last + lag + std::llround(Noise(settings_.press_jitter_steps));
    Mark mark;
    mark.episode = episode_;
    mark.first_step = static_cast<StepIndex>(std::clamp<std::int64_t>(first, 0, steps - 1));
    mark.last_step =
        static_cast<StepIndex>(std::clamp<std::int64_t>(last, mark.first_step, steps - 1));
    mark.reaction_lag_steps = settings_.reaction_lag_steps;
    mark.annotator = settings_.name;
    Decide(Worst(span), verdict, mark);
    marks_.push_back(std::move(mark));
    return true;
  }

  void Decide(const SeenStep& worst, Verdict verdict, Mark& mark) {
    constexpr double kBoundaryWidth = 0.1;  // of the threshold
    const bool unsafe = verdict == Verdict::kUnsafe;
    const double near = std::exp(-std::abs(double(worst.margin)) / kBoundaryWidth);
    bool flipped = Happens(settings_.flip_rate);
    flipped = (unsafe && Happens(settings_.unsafe_as_safe_rate)) != flipped;
    flipped = Happens(settings_.boundary_rate * near) != flipped;
    mark.verdict = flipped ? (unsafe ? Verdict::kSafe : Verdict::kUnsafe) : verdict;
    if (Happens(settings_.unsure_rate)) mark.verdict = Verdict::kUnsure;
    if (mark.verdict != Verdict::kUnsafe) return;
    mark.danger = worst.danger;
    if (Happens(settings_.wrong_class_rate)) {
      mark.danger = static_cast<DangerClass>(1 + (worst.danger + random_.Choice(8)) % 9);
    }
    if (!settings_.severities) return;
    const double severity =
        kMostSeverity * std::max(0.0, double(worst.margin)) + Noise(settings_.severity_noise);
    mark.severity = static_cast<std::int32_t>(
        std::clamp<double>(std::round(severity), 0.0, double(kMostSeverity)));
  }

  EpisodeId episode_;
  std::span<const SeenStep> seen_;
  const AnnotatorSettings& settings_;
  double tiredness_;  // what the rates of faults are multiplied by
  RandomState& random_;
  std::vector<Mark> marks_;
};

}  // namespace

std::vector<Mark> AnnotateSeen(EpisodeId episode, std::span<const SeenStep> seen,
                               const AnnotatorSettings& settings, double session,
                               RandomState& random) {
  LOOKOUT_CHECK(settings.safe_span_steps >= 1 && settings.reaction_lag_jitter_steps >= 0,
                "safe spans have at least one step and jitter is not negative");
  Annotation annotation(episode, seen, settings, session, random);
  const std::int64_t unsafe_steps = annotation.MarkUnsafe(Runs(seen, true));
  annotation.MarkSafe(SafeSpans(seen, settings.safe_span_steps),
                      settings.safe_per_unsafe * static_cast<double>(unsafe_steps));
  return std::move(annotation).Finish();
}

std::vector<Mark> JudgeClip(const Segment& clip, std::span<const SeenStep> seen,
                            const AnnotatorSettings& settings, double session,
                            RandomState& random) {
  LOOKOUT_CHECK(settings.reaction_lag_jitter_steps >= 0, "jitter is not negative");
  LOOKOUT_CHECK(0 <= clip.first && clip.first <= clip.last && clip.last < std::ssize(seen),
                "a clip that is not in its episode");
  Annotation annotation(clip.episode, seen, settings, session, random);
  annotation.Answer(clip);
  return std::move(annotation).Finish();
}

std::vector<Mark> AnnotateEpisode(EpisodeId episode, std::span<const float> rule_costs,
                                  const AnnotatorSettings& settings, RandomState& random) {
  std::vector<SeenStep> seen;
  for (const float cost : rule_costs) seen.push_back({cost > 0.0F ? 1.0F : -1.0F, 0});
  return AnnotateSeen(episode, seen, settings, /*session=*/0.0, random);
}

}  // namespace lookout::agents
