// What an annotator's answers to the queue's audits say that an episode of each agent costs. Pure
// functions; any thread.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "agents/feedback/kinds/mark.h"

namespace lookout::agents {

struct PlayedEpisode {
  EpisodeId id;
  std::string environment;
  std::string agent;    // who played it
  StepIndex steps = 0;  // that were taken: 1 to steps
};

struct AnsweredAudit {
  std::string environment;
  std::string agent;
  int episodes = 0;      // that were recorded of this agent
  int clips = 0;         // drawn by chance and judged, > 0
  int unsafe_clips = 0;  // of these, in which some steps were called unsafe
  Estimate cost;         // of an episode: the steps that the annotator would call unsafe
  double known = 0.0;    // the part of it that was judged unasked, and so is not estimated
};

// Of fewer clips the interval is so wide that the estimate only misleads.
inline constexpr int kFewestAuditClips = 10;

// One for each agent of which that annotator judged a clip that was drawn by chance, in the order
// in which the agents first appear. A clip is an audit's query that a mark answers, and costs the
// steps of it that were called unsafe. What the annotator judged unasked is known: it is charged as
// judged, and only the rest of the agent's episodes is estimated from the clips, each of which
// stands for as many steps as the others (AuditedCost in agents/feedback/audit). So it is without
// bias as long as an agent's clips were all open alike when they were drawn.
std::vector<AnsweredAudit> AnsweredAudits(const std::map<MarkId, Mark>& marks,
                                          const std::string& annotator,
                                          std::span<const PlayedEpisode> episodes);

}  // namespace lookout::agents
