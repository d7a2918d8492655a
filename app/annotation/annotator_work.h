// One simulated annotator at work on all episodes. Part of annotation.h; one owner, one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "agents/feedback/annotators/simulated_moments.h"
#include "agents/feedback/annotators/simulated_preferences.h"
#include "agents/feedback/annotators/simulated_regions.h"
#include "app/annotation/annotation.h"
#include "app/annotation/journal_maker.h"
#include "sim/base/random_state.h"

namespace lookout::app {

class AnnotatorWork {
 public:
  // All of them outlive it.
  struct Links {
    JournalMaker& journal;
    std::vector<ScriptedFuture>& futures;
    EpisodeId& next_episode;
    const sim::CameraFactory& cameras;
  };

  // Looks at every step of the episodes, which outlive it, as do the task and the annotator.
  AnnotatorWork(const AnnotationTask& task, const agents::AnnotatorSpec& spec,
                const std::vector<AnnotatedEpisode>& episodes, Links links);

  // All that the task asks for, once. Errors: see DriveFrom.
  Result<Given> Do();

 private:
  double Session(std::size_t episode) const;  // how much of it is over there, 0 to 1
  RandomState RandomFor(std::string_view kind) const;
  template <typename Content>
  void Say(const Content& content, std::size_t episode);

  void MarkSpans(RandomState& random);
  void Compare(RandomState& random);
  std::vector<agents::SeenFloor> Floors() const;
  void Draw();
  Status TakeOver();
  Status TakeOverAt(std::size_t episode, const agents::TakeOverMoment& moment);
  Status Correct();
  Status CorrectAt(std::size_t episode, const agents::CorrectionMoment& moment);
  // Null: the simulation diverged at once, and nothing came of it.
  Result<const ScriptedFuture*> Drive(const AnnotatedEpisode& episode, FutureRequest request);

  const AnnotationTask& task_;
  const agents::AnnotatorSpec& spec_;
  const std::vector<AnnotatedEpisode>& episodes_;
  Links links_;
  std::vector<agents::SeenEpisode> seen_;  // by episode
  Given given_;
};

}  // namespace lookout::app
