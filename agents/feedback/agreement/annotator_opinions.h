// What each annotator says of each step of each episode, side by side: what agreement is measured
// on. Value types; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/kinds/danger_classes.h"
#include "agents/feedback/kinds/feedback_record.h"
#include "agents/feedback/kinds/mark.h"

namespace lookout::agents {

// kUnsure also where an annotator's own records contradict each other.
enum class StepVerdict : std::uint8_t { kUnmarked, kSafe, kUnsafe, kUnsure };
const char* StepVerdictName(StepVerdict verdict);  // "not marked", "safe", ...

// A span called unsafe while the picture moved, as the key went down and up.
struct PressedSpan {
  StepIndex first = 0;  // not moved back by the lag
  StepIndex last = 0;
  double speed = 1.0;  // simulated seconds per second
  // A lag is stored with that edge; one that was placed by hand has none.
  bool first_lagged = false;
  bool last_lagged = false;
};

// What one annotator says of one episode.
struct OpinionTrack {
  std::vector<StepVerdict> verdicts;  // [steps]; empty: nothing is said about the episode
  std::vector<DangerSet> dangers;     // [steps] that it is called unsafe as
  std::vector<PressedSpan> pressed;   // in the order of the feedback
};

// An episode as it was recorded.
struct RecordedEpisode {
  EpisodeId id;
  StepIndex steps = 0;  // the reset included
  double step_duration_s = 0.02;
  std::vector<float> rule_costs;  // [steps] in total; empty: not known
};

struct EpisodeOpinions {
  RecordedEpisode recorded;
  std::vector<OpinionTrack> tracks;  // [annotators]
};

struct AnnotatorOpinions {
  std::vector<std::string> annotators;    // by name, ascending
  std::vector<EpisodeOpinions> episodes;  // about which anything is said, in the order given
};

// By what the kinds of the records tell (FeedbackKind::tell_targets, spans moved back by their
// reaction lag); pairs say nothing about a step, nor do records of newer versions. Annotators are
// told apart by their names, "" being one too. Steps that are not recorded are left out.
AnnotatorOpinions GatherOpinions(std::span<const FeedbackRecord> feedback,
                                 std::span<const RecordedEpisode> episodes);

}  // namespace lookout::agents
