#include "sim/recording/acting.h"

#include <fmt/format.h>

#include <algorithm>

namespace lookout::sim {
namespace {

constexpr std::string_view kPerson = "You";
constexpr std::size_t kMostNamed = 2;  // hand-overs that a list names

}  // namespace

std::string_view AgentOf(const EpisodeHeader& header, const StepRecord& step) {
  if (step.agent) return *step.agent;
  if (step.source == ActionSource::kHuman) return kPerson;
  return step.source == ActionSource::kNone ? std::string_view() : header.agent;
}

std::string_view ActorOf(const EpisodeHeader& header, const StepRecord& step) {
  return step.overseer ? std::string_view(*step.overseer) : AgentOf(header, step);
}

std::vector<HandOver> HandOversIn(const EpisodeHeader& header, std::string_view agent,
                                  const RecordingChunk& chunk) {
  std::vector<HandOver> found;
  StepIndex index = chunk.first_step;
  for (const StepRecord& step : chunk.steps) {
    const std::string_view acts = AgentOf(header, step);
    if (!acts.empty() && acts != agent) {
      found.push_back({index, std::string(acts)});
      agent = acts;
    }
    ++index;
  }
  return found;
}

std::string AgentsInWords(std::string_view first, std::span<const HandOver> hand_overs) {
  std::string text(first);
  // Whoever took over before the first step was the first to act.
  while (!hand_overs.empty() && hand_overs.front().step <= 1) {
    text = hand_overs.front().agent;
    hand_overs = hand_overs.subspan(1);
  }
  const std::size_t named = std::min(hand_overs.size(), kMostNamed);
  for (const HandOver& hand_over : hand_overs.first(named)) text += ", then " + hand_over.agent;
  const std::size_t more = hand_overs.size() - named;
  if (more == 0) return text;
  return fmt::format("{} and {}{}", text, more, more == 1 ? " more hand-over" : " more hand-overs");
}

EnvironmentSpec SpecOfImported(const EpisodeHeader& header) {
  const ImportedEpisode imported = header.imported.value_or(ImportedEpisode());
  EnvironmentSpec spec{.id = header.config.id,
                       .observation_dim = header.signature.observation_dim(),
                       .action_dim = imported.action_dim,
                       .max_episode_steps = imported.max_episode_steps,
                       .step_duration_s = imported.step_duration_s,
                       .observation_entries = {},
                       .cost_kinds = imported.cost_kinds};
  int offset = 0;
  for (const ObservationSignature::Entry& entry : header.signature.entries()) {
    spec.observation_entries.push_back({entry.key, offset, entry.size, entry.meaning});
    offset += entry.size;
  }
  return spec;
}

std::string WhyNoState(const EpisodeHeader& header) {
  const std::string missing = "without the simulator's state";
  if (!header.imported) return "this episode was recorded " + missing;
  return "this episode was imported from " + header.imported->file + ", " + missing;
}

}  // namespace lookout::sim
