#include "app/workspace/labelling/take_overs.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace lookout::app {
namespace {

using sim::ActionSource;

// Whether a person drove the newest step, and had begun before that one.
bool DrivesOn(const ui::EpisodeTrack* track, StepIndex step) {
  return track != nullptr && !track->actors().empty() &&
         track->actors().back().source == ActionSource::kHuman &&
         !track->actors().back().overseen && track->actors().back().first < step;
}

// What led to a take-over is of the simulated world, the lag is the person's.
agents::InterventionRule RuleOf(const ui::AnnotatorProfile& annotator, const OnScreen& on_screen) {
  return {.lag_steps = LagSteps(annotator.reaction_lag_s, on_screen),
          .before_steps = static_cast<StepIndex>(
              std::lround(annotator.before_take_over_s / on_screen.step_duration_s)),
          .unsafe_weight = annotator.unsafe_weight,
          .safe_weight = annotator.driven_weight};
}

}  // namespace

std::vector<DrivenSteps> TakeOversIn(std::span<const ui::ActorSpan> actors, StepIndex steps,
                                     bool ended) {
  std::vector<DrivenSteps> found;
  ActionSource at_the_wheel = ActionSource::kNone;  // before; an overseer does not take it
  for (std::size_t i = 0; i < actors.size(); ++i) {
    // Who steps in without taking the wheel is an overseer, a person too.
    const ActionSource source = actors[i].overseen ? ActionSource::kOverseer : actors[i].source;
    const bool is_newest = i + 1 == actors.size();
    const bool took_over = source == ActionSource::kHuman && at_the_wheel == ActionSource::kAgent;
    if (took_over && (ended || !is_newest)) {
      found.push_back({actors[i].first, (is_newest ? steps : actors[i + 1].first) - 1});
    }
    if (source != ActionSource::kOverseer) at_the_wheel = source;
  }
  return found;
}

std::string NoticeOf(const agents::Intervention& intervention) {
  const agents::Segment led = intervention.LedToIt();
  if (led.last < led.first) {
    return fmt::format(
        "Took over at step {}, too early for steps before to count as unsafe; "
        "Ctrl+Z takes it back.",
        intervention.first_step);
  }
  return fmt::format(
      "Took over at step {}: steps {}\xE2\x80\x93{} count as unsafe; Ctrl+Z takes it back.",
      intervention.first_step, led.first, led.last);
}

std::vector<agents::FeedbackRecord> TakeOvers::Follow(const ui::EpisodeStore& episodes,
                                                      const OnScreen& on_screen,
                                                      const Frame& frame) {
  std::vector<agents::FeedbackRecord> records;
  if (person_drives_) driven_s_ += frame.elapsed_s;
  const bool drove = std::exchange(person_drives_, frame.person_drives);
  const bool took_the_wheel = frame.person_drives && !drove;
  // Who gave it back and took it again before the agent did anything drives on.
  if (took_the_wheel && !DrivesOn(episodes.Find(live_), driven_until_)) {
    rule_ = RuleOf(frame.annotator, on_screen);
    on_screen_ = ProvenanceOf(on_screen);
    driven_s_ = 0.0;
  }
  if (frame.live != live_) {
    Collect(episodes.Find(live_), true, records);
    live_ = frame.live;
    told_ = driven_until_ = 0;
  }
  const ui::EpisodeTrack* track = episodes.Find(live_);
  Collect(track, frame.leaving || (track != nullptr && track->finished()), records);
  if (person_drives_ && track != nullptr) driven_until_ = track->steps();
  return records;
}

void TakeOvers::Collect(const ui::EpisodeTrack* track, bool ended,
                        std::vector<agents::FeedbackRecord>& records) {
  if (track == nullptr) return;
  for (const DrivenSteps& driven : TakeOversIn(track->actors(), track->steps(), ended)) {
    if (driven.first < told_) continue;
    told_ = driven.last + 1;
    agents::FeedbackRecord record{.episodes = {},
                                  .kind = {},
                                  .content = {},
                                  .annotator = {},
                                  .time_spent_ms = static_cast<std::int64_t>(1000.0 * driven_s_),
                                  .on_screen = on_screen_};
    SetContent(agents::Intervention{.episode = track->id(),
                                    .first_step = driven.first,
                                    .last_step = driven.last,
                                    .rule = rule_,
                                    .note = {}},
               record);
    records.push_back(std::move(record));
  }
}

}  // namespace lookout::app
