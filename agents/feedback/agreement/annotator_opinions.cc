#include "agents/feedback/agreement/annotator_opinions.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "agents/feedback/kinds/danger_classes.h"
#include "agents/feedback/kinds/feedback_kind.h"

namespace lookout::agents {
namespace {

// Writes what one record says into the track of its annotator.
class TrackWriter : public TargetSink {
 public:
  explicit TrackWriter(std::span<const RecordedEpisode> episodes) {
    for (const RecordedEpisode& episode : episodes) steps_[episode.id] = episode.steps;
  }

  void AddPoints(const FeedbackRecord& source, const Segment& segment, float target,
                 float /*weight*/, DangerClass danger) override {
    const bool unsafe = target >= 0.5F;
    const DangerSet dangers = unsafe ? SetOf(danger) : DangerSet{0};
    Say(source, segment, unsafe ? StepVerdict::kUnsafe : StepVerdict::kSafe, dangers);
    if (unsafe) NotePressed(source);
  }
  void AddUnsure(const FeedbackRecord& source, const Segment& segment) override {
    Say(source, segment, StepVerdict::kUnsure, 0);
  }
  void AddPair(const FeedbackRecord& /*source*/, const Segment& /*first*/,
               const Segment& /*second*/, float /*preference*/, float /*strength*/) override {}
  // A rule about places is no opinion on a moment that somebody looked at.
  void AddPlace(const FeedbackRecord& /*source*/, const Region& /*region*/, float /*target*/,
                float /*weight*/) override {}

  OpinionTrack Take(const std::string& annotator, EpisodeId episode) {
    const auto found = tracks_.find({annotator, episode});
    return found == tracks_.end() ? OpinionTrack{} : std::move(found->second);
  }

 private:
  // Of a mark that was made on a moving picture.
  void NotePressed(const FeedbackRecord& source) {
    const Result<Mark> mark = MarkOf(source);
    if (!mark || !(mark->on_screen.playback_speed > 0.0)) return;
    const auto track = tracks_.find({mark->annotator, mark->episode});
    if (track == tracks_.end()) return;
    track->second.pressed.push_back({.first = mark->first_step,
                                     .last = mark->last_step,
                                     .speed = mark->on_screen.playback_speed,
                                     .first_lagged = mark->reaction_lag_steps > 0,
                                     .last_lagged = ReleaseLagOf(*mark) > 0});
  }

  void Say(const FeedbackRecord& source, const Segment& segment, StepVerdict verdict,
           DangerSet dangers) {
    const auto known = steps_.find(segment.episode);
    if (known == steps_.end() || known->second <= 0) return;
    OpinionTrack& track = tracks_[{source.annotator, segment.episode}];
    const auto steps = static_cast<std::size_t>(known->second);
    track.verdicts.resize(steps, StepVerdict::kUnmarked);
    track.dangers.resize(steps, 0);
    const auto end = std::min<std::int64_t>(std::int64_t{segment.last} + 1, known->second);
    for (auto i = static_cast<std::size_t>(segment.first); std::cmp_less(i, end); ++i) {
      StepVerdict& said = track.verdicts[i];
      said = said == StepVerdict::kUnmarked || said == verdict ? verdict : StepVerdict::kUnsure;
      track.dangers[i] = static_cast<DangerSet>(track.dangers[i] | dangers);
    }
  }

  std::map<EpisodeId, StepIndex> steps_;
  std::map<std::pair<std::string, EpisodeId>, OpinionTrack> tracks_;
};

}  // namespace

const char* StepVerdictName(StepVerdict verdict) {
  switch (verdict) {
    case StepVerdict::kUnmarked:
      return "not marked";
    case StepVerdict::kSafe:
      return "safe";
    case StepVerdict::kUnsafe:
      return "unsafe";
    case StepVerdict::kUnsure:
      return "not sure";
  }
  return "unknown";
}

AnnotatorOpinions GatherOpinions(std::span<const FeedbackRecord> feedback,
                                 std::span<const RecordedEpisode> episodes) {
  TrackWriter writer(episodes);
  std::set<std::string> names;
  for (const FeedbackRecord& record : feedback) {
    if (const FeedbackKind* kind = KindOf(record)) kind->tell_targets(record, writer);
  }
  for (const FeedbackRecord& record : feedback) names.insert(record.annotator);
  AnnotatorOpinions all;
  std::set<std::string> heard;
  for (const RecordedEpisode& episode : episodes) {
    std::vector<OpinionTrack> tracks;
    for (const std::string& name : names) {
      tracks.push_back(writer.Take(name, episode.id));
      if (!tracks.back().verdicts.empty()) heard.insert(name);
    }
    const bool said = std::ranges::any_of(
        tracks, [](const OpinionTrack& track) { return !track.verdicts.empty(); });
    if (said) all.episodes.push_back({episode, std::move(tracks)});
  }
  // Who spoke of none of these episodes is no party to the comparison.
  std::size_t index = 0;
  for (const std::string& name : names) {
    if (heard.contains(name)) {
      all.annotators.push_back(name);
      ++index;
      continue;
    }
    for (EpisodeOpinions& episode : all.episodes) {
      episode.tracks.erase(episode.tracks.begin() + static_cast<std::ptrdiff_t>(index));
    }
  }
  return all;
}

}  // namespace lookout::agents
