#include "agents/overseer/blocker/blocker_data.h"

#include <fmt/format.h>

#include <algorithm>

#include "agents/overseer/ledger.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

OverseerVerdict VerdictOf(const sim::StepRecord& step, const std::string& overseer) {
  // A person had it done against another overseer: as far as they are concerned, it passed.
  const bool let_pass = step.overseer != nullptr && step.source == sim::ActionSource::kHuman &&
                        !DoneOtherwise(step.Proposed(), step.executed_action.cast<float>());
  if (let_pass) {
    return overseer.empty() || *step.overseer == overseer ? OverseerVerdict::kPass
                                                          : OverseerVerdict::kUnknown;
  }
  if (step.overseer != nullptr) {
    return overseer.empty() || *step.overseer == overseer ? OverseerVerdict::kBlock
                                                          : OverseerVerdict::kUnknown;
  }
  return step.source == sim::ActionSource::kAgent ? OverseerVerdict::kPass
                                                  : OverseerVerdict::kUnknown;
}

// The steps after the reset, each with the observation before it.
struct RecordedPair {
  const Eigen::VectorXf* before;
  const sim::StepRecord* step;
};

std::vector<RecordedPair> PairsOf(std::span<const sim::ChunkPtr> chunks) {
  std::vector<RecordedPair> pairs;
  const Eigen::VectorXf* before = nullptr;
  for (const sim::ChunkPtr& chunk : chunks) {
    for (const sim::StepRecord& step : chunk->steps) {
      if (before != nullptr) pairs.push_back({before, &step});
      before = &step.observation;
    }
  }
  return pairs;
}

Status CheckSizes(const sim::EpisodeHeader& header, std::span<const RecordedPair> pairs,
                  const BlockerData& data) {
  for (const RecordedPair& pair : pairs) {
    const Eigen::Index action = pair.step->Proposed().size();
    if (pair.before->size() == data.signature.observation_dim() && action == data.action_dim) {
      continue;
    }
    return BadInput(fmt::format(
        "Episode {} has observations of {} values and actions of {}, expected {} and {}; leave it "
        "out.",
        header.id.value, pair.before->size(), action, data.signature.observation_dim(),
        data.action_dim));
  }
  return {};
}

// Marks [begin, end) as said.
void SetVerdicts(std::vector<OverseerVerdict>& verdicts, StepIndex begin, StepIndex end,
                 OverseerVerdict verdict) {
  const StepIndex last = static_cast<StepIndex>(verdicts.size());
  for (StepIndex i = std::max<StepIndex>(begin, 0); i < std::min(end, last); ++i) {
    verdicts[static_cast<std::size_t>(i)] = verdict;
  }
}

}  // namespace

void BlockerData::Add(const Eigen::Ref<const Eigen::VectorXf>& observation,
                      const Eigen::Ref<const Eigen::VectorXf>& action, bool is_blocked,
                      std::int64_t of_episode) {
  LOOKOUT_CHECK(observation.size() == signature.observation_dim() && action.size() == action_dim,
                "a row of another size");
  observations.insert(observations.end(), observation.begin(), observation.end());
  actions.insert(actions.end(), action.begin(), action.end());
  blocked.push_back(is_blocked ? 1 : 0);
  episode.push_back(of_episode);
}

void BlockerData::Append(const BlockerData& other) {
  LOOKOUT_CHECK(other.signature == signature && other.action_dim == action_dim,
                "rows of another observation or action");
  observations.insert(observations.end(), other.observations.begin(), other.observations.end());
  actions.insert(actions.end(), other.actions.begin(), other.actions.end());
  blocked.insert(blocked.end(), other.blocked.begin(), other.blocked.end());
  episode.insert(episode.end(), other.episode.begin(), other.episode.end());
}

std::vector<OverseerVerdict> CorrectLag(std::span<const OverseerVerdict> verdicts,
                                        StepIndex lag_steps) {
  std::vector<OverseerVerdict> corrected(verdicts.begin(), verdicts.end());
  const auto count = static_cast<StepIndex>(verdicts.size());
  const auto is_block = [&](StepIndex i) {
    return verdicts[static_cast<std::size_t>(i)] == OverseerVerdict::kBlock;
  };
  for (StepIndex begin = 0; begin < count && lag_steps > 0; ++begin) {
    if (!is_block(begin) || (begin > 0 && is_block(begin - 1))) continue;
    StepIndex end = begin;
    while (end < count && is_block(end)) ++end;
    for (StepIndex i = std::max<StepIndex>(begin - lag_steps, 0); i < begin; ++i) {
      if (!is_block(i)) SetVerdicts(corrected, i, i + 1, OverseerVerdict::kUnknown);
    }
    SetVerdicts(corrected, std::max(begin + 1, end - lag_steps), end, OverseerVerdict::kUnknown);
  }
  return corrected;
}

Result<WatchedSteps> AddRecorded(const sim::EpisodeHeader& header,
                                 std::span<const sim::ChunkPtr> chunks, const WatchedBy& watched,
                                 BlockerData& data) {
  const std::vector<RecordedPair> pairs = PairsOf(chunks);
  if (Status sizes = CheckSizes(header, pairs, data); !sizes.ok()) return sizes.error();
  std::vector<OverseerVerdict> verdicts;
  for (const RecordedPair& pair : pairs)
    verdicts.push_back(VerdictOf(*pair.step, watched.overseer));
  WatchedSteps counts;
  if (!watched.all_episodes && !std::ranges::count(verdicts, OverseerVerdict::kBlock))
    return counts;
  verdicts = CorrectLag(verdicts, watched.lag_steps);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (verdicts[i] == OverseerVerdict::kUnknown) {
      ++counts.unknown;
      continue;
    }
    const bool blocked = verdicts[i] == OverseerVerdict::kBlock;
    ++(blocked ? counts.blocks : counts.passes);
    data.Add(*pairs[i].before, pairs[i].step->Proposed(), blocked, header.id.value);
  }
  return counts;
}

}  // namespace lookout::agents
