// Take-overs: a person takes the wheel in the middle of an agent's live episode, which says that
// what led there was unsafe. Window thread only.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "agents/feedback/kinds/intervention.h"
#include "app/workspace/labelling/marking.h"
#include "ui/model/episode_store.h"

namespace lookout::app {

// Steps that a person drove without a break, both inclusive.
struct DrivenSteps {
  StepIndex first = 0;
  StepIndex last = 0;
  bool operator==(const DrivenSteps&) const = default;
};

// Those of the stretches that a person took over from an agent, in order, as far as they are over:
// somebody else acted after them, or the episode has `ended`. actors: who decided in its steps (see
// EpisodeTrack::actors). What the person drove from the episode's beginning is none, and neither is
// what follows where an overseer stepped in; nor is what a person blocks without driving.
std::vector<DrivenSteps> TakeOversIn(std::span<const ui::ActorSpan> actors, StepIndex steps,
                                     bool ended);

// "Took over at step 120: steps 80–104 count as unsafe; Ctrl+Z takes it back."
std::string NoticeOf(const agents::Intervention& intervention);

// Watches the live episode and who has its wheel.
class TakeOvers {
 public:
  // What is known in a frame.
  struct Frame {
    EpisodeId live;                  // the player's episode
    bool person_drives = false;      // has the wheel
    bool leaving = false;            // the program ends: what is being driven is over
    ui::AnnotatorProfile annotator;  // whose reaction lag and rule hold
    double elapsed_s = 0.0;          // since the frame before
  };

  // Once a frame: a record for each take-over that is over since the last frame, in order; the
  // annotator is not in it. Each is given once, also if it is undone. The rule and what was on
  // screen are those of the moment at which the person took the wheel.
  std::vector<agents::FeedbackRecord> Follow(const ui::EpisodeStore& episodes,
                                             const OnScreen& on_screen, const Frame& frame);

 private:
  void Collect(const ui::EpisodeTrack* track, bool ended,
               std::vector<agents::FeedbackRecord>& records);

  EpisodeId live_;
  StepIndex told_ = 0;  // steps of it whose take-overs are told
  bool person_drives_ = false;
  StepIndex driven_until_ = 0;  // the steps that there were when the person had the wheel last
  agents::InterventionRule rule_;
  agents::Provenance on_screen_;
  double driven_s_ = 0.0;
};

}  // namespace lookout::app
