// What records of feedback say about the steps of episodes, before it is known which of them agree.
// One owner, one thread.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/kinds/danger_classes.h"
#include "agents/feedback/kinds/target_sink.h"
#include "agents/feedback/targets/episode_places.h"

namespace lookout::agents {

// What one annotator says about one step, and the first record that says so.
struct Opinion {
  std::optional<MarkId> unsafe;
  std::optional<MarkId> safe;
  std::optional<MarkId> unsure;
  float weight = 0.0F;  // the greatest of the points; 0: there is none
  // The greatest of those with that weight: a step with several dangers is as bad as its worst, and
  // a rule that says less than a mark does not change what the mark says.
  float target = 0.0F;
  DangerSet dangers = 0;  // that its unsafe records call it, named or not
  bool viewed = false;    // they had the step before them
  // With which the clip that this answers about was drawn; 0: it was not drawn by chance.
  float audit_chance = 0.0F;
};

// Of the steps of one episode, [steps] of each annotator who says anything about it, by name.
using OpinionsByAnnotator = std::map<std::string, std::vector<Opinion>>;

// Of a pair, as it was said.
struct PairOpinion {
  Segment first;
  Segment second;
  float first_is_safer = 0.5F;
  float strength = 1.0F;
  MarkId source;
};

// Gathers what the kinds tell, for steps that are recorded.
class StepOpinions : public TargetSink {
 public:
  // places: without them, feedback about places says nothing.
  explicit StepOpinions(std::span<const std::pair<EpisodeId, StepIndex>> episode_lengths,
                        EpisodePlaces* places = nullptr)
      : lengths_(episode_lengths.begin(), episode_lengths.end()), places_(places) {}

  void AddPoints(const FeedbackRecord& source, const Segment& segment, float target, float weight,
                 DangerClass danger) override;
  void AddUnsure(const FeedbackRecord& source, const Segment& segment) override;
  void AddPair(const FeedbackRecord& source, const Segment& first, const Segment& second,
               float preference, float strength) override;
  void AddPlace(const FeedbackRecord& source, const Region& region, float target,
                float weight) override;

  // Of the episodes that anything is said about.
  const std::map<EpisodeId, OpinionsByAnnotator>& steps() const { return steps_; }
  // Sets Opinion::viewed: what the annotator speaks of, and what lies between the first and the
  // last step of an episode that their records are about. Nothing records what was on the screen,
  // so this stands for it; of a clip that was asked about only the clip counts, and places do not.
  // Sets Opinion::audit_chance likewise.
  void FindViewed();
  const std::vector<PairOpinion>& pairs() const { return pairs_; }

 private:
  struct Stretch {
    StepIndex first;
    StepIndex last;
    float audit_chance = 0.0F;
  };
  void Say(const FeedbackRecord& source, const Segment& segment, float target, float weight,
           DangerClass danger);
  void View(const FeedbackRecord& source, const Segment& segment);
  // Those of the annotator about the segment, as far as it is recorded.
  std::span<Opinion> Of(const std::string& annotator, const Segment& segment);

  std::map<EpisodeId, StepIndex> lengths_;
  EpisodePlaces* places_;
  std::map<EpisodeId, OpinionsByAnnotator> steps_;
  std::vector<PairOpinion> pairs_;
  std::map<EpisodeId, std::map<std::string, Stretch>> viewed_;
  std::map<EpisodeId, std::map<std::string, std::vector<Stretch>>> clips_;  // that were asked about
};

}  // namespace lookout::agents
