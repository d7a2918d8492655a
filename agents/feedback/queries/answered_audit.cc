#include "agents/feedback/queries/answered_audit.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <tuple>
#include <utility>

#include "agents/feedback/audit/audit_estimate.h"
#include "agents/feedback/queries/query.h"
#include "sim/base/choices.h"

namespace lookout::agents {
namespace {

enum class Judged : std::uint8_t { kNot, kSafe, kUnsafe };

// Of one agent.
struct Gathered {
  AnsweredAudit audit;
  double steps = 0.0;         // of all episodes
  double known_steps = 0.0;   // judged unasked
  double known_unsafe = 0.0;  // of these
  std::vector<double> clip_steps;
  std::vector<double> clip_costs;
};

using Clip = std::tuple<EpisodeId, StepIndex, StepIndex>;

bool AnswersAudit(const Mark& mark) {
  const Provenance& asked = mark.on_screen;
  return asked.asked_why == ChoiceName(QueryReason::kAudit) && asked.asked_span() &&
         AnswersQuery(mark);
}

int StepsIn(const Segment& judged, StepIndex first, StepIndex last) {
  return std::max(0, std::min(judged.last, last) - std::max(judged.first, first) + 1);
}

// What an annotator said, sorted.
struct Answers {
  std::map<Clip, int> clips;  // unsafe steps of each
  std::map<EpisodeId, std::vector<Segment>> safe;
  std::map<EpisodeId, std::vector<Segment>> unsafe;
};

Answers Sort(const std::map<MarkId, Mark>& marks, const std::string& annotator) {
  Answers answers;
  for (const auto& [id, mark] : marks) {
    if (mark.annotator != annotator || mark.verdict == Verdict::kUnsure) continue;
    const bool unsafe = mark.verdict == Verdict::kUnsafe;
    const Segment judged = JudgedSteps(mark);
    if (!AnswersAudit(mark)) {
      (unsafe ? answers.unsafe : answers.safe)[mark.episode].push_back(judged);
      continue;
    }
    const Provenance& asked = mark.on_screen;
    int& cost = answers.clips[{mark.episode, asked.asked_first, asked.asked_last}];
    if (unsafe) cost += StepsIn(judged, asked.asked_first, asked.asked_last);
  }
  return answers;
}

// Adds what was judged unasked in an episode, outside of the clips.
void AddKnown(const PlayedEpisode& episode, const Answers& answers, Gathered& agent) {
  const auto safe = answers.safe.find(episode.id);
  const auto unsafe = answers.unsafe.find(episode.id);
  if (safe == answers.safe.end() && unsafe == answers.unsafe.end()) return;
  std::vector<Judged> judged(static_cast<std::size_t>(episode.steps) + 1, Judged::kNot);
  const auto fill = [&](StepIndex first, StepIndex last, Judged as) {
    for (StepIndex i = std::max(1, first); i <= std::min(last, episode.steps); ++i) {
      judged[static_cast<std::size_t>(i)] = as;
    }
  };
  const auto fill_all = [&](const auto& found, const auto& end, Judged as) {
    if (found == end) return;
    for (const Segment& segment : found->second) fill(segment.first, segment.last, as);
  };
  fill_all(safe, answers.safe.end(), Judged::kSafe);
  fill_all(unsafe, answers.unsafe.end(), Judged::kUnsafe);
  const auto first_clip = answers.clips.lower_bound({episode.id, 0, 0});
  for (auto clip = first_clip; clip != answers.clips.end(); ++clip) {
    if (std::get<0>(clip->first) != episode.id) break;
    fill(std::get<1>(clip->first), std::get<2>(clip->first), Judged::kNot);
  }
  agent.known_unsafe += double(std::ranges::count(judged, Judged::kUnsafe));
  agent.known_steps += double(judged.size()) - double(std::ranges::count(judged, Judged::kNot));
}

Estimate CostOf(const Gathered& agent) {
  double audited_steps = 0.0;
  double longest = 0.0;
  for (const double steps : agent.clip_steps) {
    audited_steps += steps;
    longest = std::max(longest, steps);
  }
  const double open_steps = std::max(audited_steps, agent.steps - agent.known_steps);
  const double chance = audited_steps / open_steps;
  std::vector<AuditAnswer> answers;
  for (const double cost : agent.clip_costs) answers.push_back({cost, chance});
  const double episodes = agent.audit.episodes;
  const double clips = double(answers.size()) / chance;
  Estimate cost = AuditedCost(answers, {.episodes = agent.audit.episodes,
                                        .clips = static_cast<std::size_t>(std::llround(clips)),
                                        .most_cost = longest,
                                        .episode_steps = open_steps / episodes});
  const double known = agent.known_unsafe / episodes;
  return {cost.value + known, cost.low + known, cost.high + known};
}

}  // namespace

std::vector<AnsweredAudit> AnsweredAudits(const std::map<MarkId, Mark>& marks,
                                          const std::string& annotator,
                                          std::span<const PlayedEpisode> episodes) {
  const Answers answers = Sort(marks, annotator);
  if (answers.clips.empty()) return {};
  std::vector<Gathered> agents;
  for (const PlayedEpisode& episode : episodes) {
    if (episode.steps < 1) continue;
    auto agent = std::ranges::find_if(agents, [&](const Gathered& known) {
      return known.audit.agent == episode.agent && known.audit.environment == episode.environment;
    });
    if (agent == agents.end()) {
      agents.push_back({.audit = {.environment = episode.environment, .agent = episode.agent}});
      agent = std::prev(agents.end());
    }
    ++agent->audit.episodes;
    agent->steps += double(episode.steps);
    AddKnown(episode, answers, *agent);
    for (auto clip = answers.clips.lower_bound({episode.id, 0, 0});
         clip != answers.clips.end() && std::get<0>(clip->first) == episode.id; ++clip) {
      agent->clip_steps.push_back(std::get<2>(clip->first) - std::get<1>(clip->first) + 1.0);
      agent->clip_costs.push_back(std::min<double>(clip->second, agent->clip_steps.back()));
      ++agent->audit.clips;
      if (clip->second > 0) ++agent->audit.unsafe_clips;
    }
  }
  std::vector<AnsweredAudit> audits;
  for (Gathered& agent : agents) {
    if (agent.audit.clips == 0) continue;
    agent.audit.cost = CostOf(agent);
    agent.audit.known = agent.known_unsafe / agent.audit.episodes;
    audits.push_back(std::move(agent.audit));
  }
  return audits;
}

}  // namespace lookout::agents
