#include "agents/feedback/annotators/simulated_annotator.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "agents/feedback/annotators/seen_runs.h"
#include "agents/feedback/annotators/slips.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

// Cuts the safe runs into spans of at most `steps` that do not overlap; remainders are left out.
std::vector<SeenRun> SafeSpans(std::span<const SeenStep> seen, std::int64_t steps) {
  std::vector<SeenRun> spans;
  for (const SeenRun& run : RunsOf(seen, false)) {
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
        slips_(settings, session, random),
        random_(random) {}

  // Returns the number of steps marked.
  std::int64_t MarkUnsafe(const std::vector<SeenRun>& spans) {
    std::int64_t marked = 0;
    for (const SeenRun& span : spans) {
      // Always drawn, and first, so that a seed means the same whatever the other faults.
      if (random_.RandomSample() < slips_.tiredness() * settings_.miss_rate) continue;
      if (Press(span, Verdict::kUnsafe)) marked += span.length();
    }
    return marked;
  }

  // Marks `steps` steps, in spans spread evenly over `spans` from a random start; at least one.
  void MarkSafe(const std::vector<SeenRun>& spans, double steps) {
    const auto available = static_cast<std::int64_t>(spans.size());
    if (available == 0) return;
    const double wanted = std::round(steps / settings_.safe_span_steps);
    const auto count =
        static_cast<std::int64_t>(std::clamp(wanted, 1.0, static_cast<double>(available)));
    const double start = random_.RandomSample();
    for (std::int64_t i = 0; i < count; ++i) {
      const double position = (static_cast<double>(i) + start) / static_cast<double>(count);
      const auto index = static_cast<std::int64_t>(position * static_cast<double>(available));
      const bool alarm = random_.RandomSample() < slips_.tiredness() * settings_.false_alarm_rate;
      Press(spans[static_cast<std::size_t>(std::min(index, available - 1))],
            alarm ? Verdict::kUnsafe : Verdict::kSafe);
    }
  }

  // Every run of the clip, unsafe ones first.
  void Answer(const Segment& clip) {
    const auto steps = seen_.subspan(static_cast<std::size_t>(clip.first),
                                     static_cast<std::size_t>(clip.last - clip.first + 1));
    for (const bool unsafe : {true, false}) {
      for (const SeenRun& run : RunsOf(steps, unsafe)) {
        const double wrong = unsafe ? settings_.miss_rate : settings_.false_alarm_rate;
        const bool says_unsafe = slips_.Happens(wrong) != unsafe;
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
  // The key goes down and up late; nobody marks after the episode is over (false).
  bool Press(const SeenRun& span, Verdict verdict) {
    const std::int64_t lag = slips_.LagOf(settings_);
    const std::int64_t steps = std::ssize(seen_);
    if (span.first + lag >= steps) return false;
    const std::int64_t first =
        span.first + lag + std::llround(slips_.Noise(settings_.press_jitter_steps));
    const std::int64_t last = span.last + Slips::ReleaseLagOf(settings_, lag) +
                              std::llround(slips_.Noise(settings_.press_jitter_steps));
    Mark mark;
    mark.episode = episode_;
    mark.first_step = static_cast<StepIndex>(std::clamp<std::int64_t>(first, 0, steps - 1));
    mark.last_step =
        static_cast<StepIndex>(std::clamp<std::int64_t>(last, mark.first_step, steps - 1));
    mark.reaction_lag_steps = settings_.reaction_lag_steps;
    mark.release_lag_steps = settings_.release_lag_steps;
    mark.annotator = settings_.name;
    Decide(seen_[static_cast<std::size_t>(WorstStep(seen_, span))], verdict, mark);
    marks_.push_back(std::move(mark));
    return true;
  }

  void Decide(const SeenStep& worst, Verdict verdict, Mark& mark) {
    constexpr double kBoundaryWidth = 0.1;  // of the threshold
    const bool unsafe = verdict == Verdict::kUnsafe;
    const double near = std::exp(-std::abs(double(worst.margin)) / kBoundaryWidth);
    bool flipped = slips_.Happens(settings_.flip_rate);
    flipped = (unsafe && slips_.Happens(settings_.unsafe_as_safe_rate)) != flipped;
    flipped = slips_.Happens(settings_.boundary_rate * near) != flipped;
    mark.verdict = flipped ? (unsafe ? Verdict::kSafe : Verdict::kUnsafe) : verdict;
    if (slips_.Happens(settings_.unsure_rate)) mark.verdict = Verdict::kUnsure;
    if (mark.verdict != Verdict::kUnsafe) return;
    mark.danger = worst.danger;
    if (slips_.Happens(settings_.wrong_class_rate)) {
      mark.danger = slips_.OtherClass(worst.danger);
    }
    if (!settings_.severities) return;
    const double severity = kMostSeverity * std::max(0.0, double(worst.margin)) +
                            slips_.Noise(settings_.severity_noise);
    mark.severity = static_cast<std::int32_t>(
        std::clamp<double>(std::round(severity), 0.0, double(kMostSeverity)));
  }

  EpisodeId episode_;
  std::span<const SeenStep> seen_;
  const AnnotatorSettings& settings_;
  Slips slips_;
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
  const std::int64_t unsafe_steps = annotation.MarkUnsafe(RunsOf(seen, true));
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
