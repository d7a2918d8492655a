// Who acted in a recorded episode, step by step, and how that is said. Pure functions; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/recording/recording.h"

namespace lookout::sim {

// Who proposed the step's action. Steps of older versions do not name them: whoever began the
// episode, or the person. Empty where nobody acted.
std::string_view AgentOf(const EpisodeHeader& header, const StepRecord& step);

// Who decided what was done: the overseer, where one stepped in, else the agent.
std::string_view ActorOf(const EpisodeHeader& header, const StepRecord& step);

// The hand-overs in a chunk that continues an episode whose last agent was `agent`.
std::vector<HandOver> HandOversIn(const EpisodeHeader& header, std::string_view agent,
                                  const RecordingChunk& chunk);

// Who acted, for a list: "Go to goal, then You"; of many, the first two hand-overs and how many
// more there were.
std::string AgentsInWords(std::string_view first, std::span<const HandOver> hand_overs);
inline std::string AgentsInWords(const EpisodeHeader& header) {
  return AgentsInWords(header.agent, header.hand_overs);
}

// Why an episode without the simulator's state cannot be drawn or gone on with, as the middle of a
// sentence: "this episode was imported from run.csv, without the simulator's state".
std::string WhyNoState(const EpisodeHeader& header);

}  // namespace lookout::sim
