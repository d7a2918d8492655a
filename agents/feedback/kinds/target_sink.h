// What feedback says for training, as its kind tells it; how that becomes the rows to learn from is
// told in agents/feedback/targets. Any thread.
#pragma once

#include <cstdint>
#include <string>

#include "agents/feedback/kinds/feedback_record.h"

namespace lookout::agents {

// The class of danger that digits 1..9 choose; 0 is "unspecified".
using DangerClass = std::uint8_t;

// Steps first to last of an episode, both inclusive.
struct Segment {
  EpisodeId episode;
  StepIndex first = 0;
  StepIndex last = 0;
  bool operator==(const Segment&) const = default;
};
inline bool IsSpan(const Segment& segment) {
  return segment.first >= 0 && segment.last >= segment.first;
}
// "steps 40-52 of episode 7"
std::string InWords(const Segment& segment);

struct Region;

inline constexpr double kMostPairStrength = 10.0;

class TargetSink {
 public:
  virtual ~TargetSink() = default;
  // Every step of the segment is unsafe with probability `target`, in [0, 1]; weight > 0. danger:
  // what it is called as far as it is unsafe; 0: nothing.
  virtual void AddPoints(const FeedbackRecord& source, const Segment& segment, float target,
                         float weight, DangerClass danger) = 0;
  // The annotator cannot tell for these steps: no other points of theirs count there.
  virtual void AddUnsure(const FeedbackRecord& source, const Segment& segment) = 0;
  // The first segment is the safer one with probability `preference`, in [0, 1]; strength > 0.
  virtual void AddPair(const FeedbackRecord& source, const Segment& first, const Segment& second,
                       float preference, float strength) = 0;
  // Every recorded step with the robot in the region is unsafe with probability `target`, in [0,
  // 1]; weight > 0.
  virtual void AddPlace(const FeedbackRecord& source, const Region& region, float target,
                        float weight) = 0;
};

}  // namespace lookout::agents
