#include "agents/feedback/targets/judged_segments.h"

#include <utility>

#include "agents/feedback/kinds/feedback_kind.h"

namespace lookout::agents {
namespace {

class SegmentSink : public TargetSink {
 public:
  SegmentSink(std::span<const std::pair<EpisodeId, StepIndex>> lengths, EpisodePlaces* places)
      : lengths_(lengths), places_(places) {}

  void AddPoints(const FeedbackRecord& /*source*/, const Segment& segment, float /*target*/,
                 float /*weight*/, DangerClass /*danger*/) override {
    segments_.push_back(segment);
  }
  void AddUnsure(const FeedbackRecord& /*source*/, const Segment& segment) override {
    segments_.push_back(segment);
  }
  void AddPair(const FeedbackRecord& /*source*/, const Segment& first, const Segment& second,
               float /*preference*/, float /*strength*/) override {
    segments_.push_back(first);
    segments_.push_back(second);
  }
  void AddPlace(const FeedbackRecord& /*source*/, const Region& region, float /*target*/,
                float /*weight*/) override {
    if (places_ == nullptr) return;
    for (const auto& [episode, length] : lengths_) {
      if (!HoldsIn(region, *places_, episode)) continue;
      StepIndex inside = 0;  // the steps up to here
      for (StepIndex step = 0; step <= length; ++step) {
        if (step < length && IsInside(region, *places_, episode, step)) {
          ++inside;
          continue;
        }
        if (inside >= kLeastStepsInside) segments_.push_back({episode, step - inside, step - 1});
        inside = 0;
      }
    }
  }

  std::vector<Segment> Take() && { return std::move(segments_); }

 private:
  std::span<const std::pair<EpisodeId, StepIndex>> lengths_;
  EpisodePlaces* places_;
  std::vector<Segment> segments_;
};

}  // namespace

std::vector<Segment> JudgedSegments(
    std::span<const FeedbackRecord> feedback,
    std::span<const std::pair<EpisodeId, StepIndex>> episode_lengths, EpisodePlaces* places) {
  SegmentSink sink(episode_lengths, places);
  for (const FeedbackRecord& record : feedback) {
    const FeedbackKind* kind = KindOf(record);
    if (kind != nullptr && kind->check(record)) kind->tell_targets(record, sink);
  }
  return std::move(sink).Take();
}

}  // namespace lookout::agents
