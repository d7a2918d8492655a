// Simulated annotators at work on the episodes of a project: everything that people can say, with
// stated faults, for scripts and tests. One owner, one thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "agents/feedback/annotators/annotator_spec.h"
#include "agents/feedback/journal/feedback_journal.h"
#include "app/annotation/annotated_episodes.h"
#include "app/annotation/scripted_future.h"

namespace lookout::app {

// What each of them is asked for.
struct AnnotationTask {
  std::uint32_t seed = 1;
  bool spans = true;
  int pairs = 0;
  int clip_steps = 50;
  int regions = 0;  // dangerous places at most, and as many safe ones
  bool rules = false;
  bool take_overs = false;
  int corrections = 0;  // at most
  // Whether facts have to come with geometry.
  bool needs_geometry() const { return regions > 0 || rules; }
  bool asks_anything() const {
    return spans || pairs > 0 || regions > 0 || rules || take_overs || corrections > 0;
  }
};

// What one annotator gave.
struct Given {
  std::string annotator;
  std::int64_t spans = 0;
  std::int64_t pairs = 0;
  std::int64_t regions = 0;
  std::int64_t rules = 0;
  std::int64_t take_overs = 0;
  std::int64_t corrections = 0;
};

// What to write into the project, and what it is.
struct Annotated {
  std::vector<agents::JournalEntry> entries;
  std::vector<ScriptedFuture> futures;  // that they are about, beside the episodes that there were
  std::vector<Given> given;             // by annotator
};

// An annotator gives the same for a seed whoever else is there and whatever else is asked for, but
// for the numbers of new episodes. With times of the recordings, so that nothing depends on the
// clock.
//
// Take-overs: the annotator watches; where they take the wheel, an episode of its own begins with
// the recorded steps that led there, which count as unsafe by the rule in the record, and goes on
// as the careful script drives, 50 steps. Of an episode without the simulator's state nobody can
// drive on: the record then names the recorded stretch and says nothing of what was done in it.
// Corrections: the careful script's drive at that moment, held for 10 steps before the script looks
// again, 50 in all. That is the annotator's future; the agent's is what was recorded.
//
// episodes: with geometry if the task or a predicate needs it. feedback: of the project.
// next_episode: the first number for new ones. cameras: see DriveFrom, whose errors these are.
Result<Annotated> Annotate(const AnnotationTask& task,
                           const std::vector<agents::AnnotatorSpec>& annotators,
                           const std::vector<AnnotatedEpisode>& episodes,
                           const agents::FeedbackSet& feedback, EpisodeId next_episode,
                           const sim::CameraFactory& cameras);

// All of it or nothing.
Status WriteAnnotated(const Annotated& annotated, Project& project);

}  // namespace lookout::app
