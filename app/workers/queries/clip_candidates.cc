#include "app/workers/queries/clip_candidates.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "agents/feedback/kinds/mark.h"
#include "agents/feedback/kinds/preference.h"
#include "app/workers/cost_field/episode_prediction.h"

namespace lookout::app {
namespace {

constexpr StepIndex kClip_steps = 75;

std::vector<agents::Segment> JudgedSegments(const std::vector<agents::FeedbackRecord>& feedback) {
  std::vector<agents::Segment> judged;
  for (const agents::FeedbackRecord& record : feedback) {
    if (const Result<agents::Mark> mark = MarkOf(record)) {
      judged.push_back({mark->episode, mark->first_step - mark->reaction_lag_steps,
                        mark->last_step - mark->reaction_lag_steps});
    } else if (const Result<agents::Preference> pair = PreferenceOf(record)) {
      judged.push_back(pair->first);
      judged.push_back(pair->second);
    }
  }
  return judged;
}

bool IsJudged(const agents::Segment& clip, const std::vector<agents::Segment>& judged) {
  return std::ranges::any_of(judged, [&](const agents::Segment& other) {
    return other.episode == clip.episode && other.first <= clip.last && clip.first <= other.last;
  });
}

// The recorded steps of an episode in order.
std::vector<const sim::StepRecord*> StepsOf(const std::vector<sim::ChunkPtr>& chunks) {
  std::vector<const sim::StepRecord*> steps;
  for (const sim::ChunkPtr& chunk : chunks) {
    for (const sim::StepRecord& step : chunk->steps) steps.push_back(&step);
  }
  return steps;
}

float MeanOf(const std::vector<float>& values, const agents::Segment& clip) {
  if (values.size() <= static_cast<std::size_t>(clip.last)) return 0.0F;
  float sum = 0.0F;
  for (StepIndex step = clip.first; step <= clip.last; ++step) {
    sum += values[static_cast<std::size_t>(step)];
  }
  return sum / static_cast<float>(clip.last - clip.first + 1);
}

// Adds the clips of one episode.
void Cut(const QueryRequest::Episode& episode, const QueryRequest& request,
         agents::CostModelWorkspace& workspace, std::vector<ClipCandidate>& out) {
  const std::vector<const sim::StepRecord*> steps = StepsOf(episode.chunks);
  const Eigen::Index dim = episode.scene->spec.observation_dim;
  EpisodePredictions predicted;
  if (request.model) {
    predicted = PredictEpisode({episode.scene, episode.chunks, 0, request.model}, workspace);
  }
  const auto count = static_cast<StepIndex>(steps.size());
  for (StepIndex first = 1; first + kClip_steps <= count; first += kClip_steps) {
    ClipCandidate candidate{.clip = {episode.scene->header->id, first, first + kClip_steps - 1},
                            .has_picture = !episode.scene->header->imported,
                            .seen = Eigen::VectorXf::Zero(dim)};
    for (StepIndex step = first; step <= candidate.clip.last; ++step) {
      const Eigen::VectorXf& observation = steps[static_cast<std::size_t>(step)]->observation;
      if (observation.size() == dim) candidate.seen += observation;
    }
    candidate.seen /= static_cast<float>(kClip_steps);
    candidate.predicted = MeanOf(predicted.cost, candidate.clip);
    candidate.spread = MeanOf(predicted.spread, candidate.clip);
    const bool finite = candidate.seen.allFinite() && std::isfinite(candidate.predicted) &&
                        std::isfinite(candidate.spread);
    if (finite) out.push_back(std::move(candidate));
  }
}

// Every entry counts alike, whatever its unit.
void Standardise(std::vector<ClipCandidate>& candidates) {
  if (candidates.empty()) return;
  const auto count = static_cast<float>(candidates.size());
  Eigen::VectorXf mean = Eigen::VectorXf::Zero(candidates.front().seen.size());
  for (const ClipCandidate& candidate : candidates) mean += candidate.seen / count;
  Eigen::VectorXf variance = Eigen::VectorXf::Zero(mean.size());
  for (const ClipCandidate& candidate : candidates) {
    variance += (candidate.seen - mean).cwiseAbs2() / count;
  }
  const Eigen::VectorXf deviation = variance.cwiseSqrt().cwiseMax(1e-6F);
  for (ClipCandidate& candidate : candidates) {
    candidate.seen = (candidate.seen - mean).cwiseQuotient(deviation);
  }
}

}  // namespace

ClipCandidates FindCandidates(const QueryRequest& request) {
  std::vector<ClipCandidate> all;
  agents::CostModelWorkspace workspace;
  for (const QueryRequest::Episode& episode : request.episodes) {
    Cut(episode, request, workspace, all);
  }
  Standardise(all);
  const std::vector<agents::Segment> judged = JudgedSegments(request.feedback);
  const auto open_begin = std::stable_partition(
      all.begin(), all.end(),
      [&](const ClipCandidate& candidate) { return IsJudged(candidate.clip, judged); });
  ClipCandidates found{.open = {}, .anything_judged = open_begin != all.begin()};
  for (auto candidate = open_begin; candidate != all.end(); ++candidate) {
    float nearest = found.anything_judged ? INFINITY : 0.0F;
    for (auto known = all.begin(); known != open_begin; ++known) {
      nearest = std::min(nearest, (candidate->seen - known->seen).norm());
    }
    // As the distance in a typical entry, so that observations of any length compare.
    const auto dim = static_cast<float>(std::max<Eigen::Index>(1, candidate->seen.size()));
    candidate->novelty = nearest / std::sqrt(dim);
    found.open.push_back(std::move(*candidate));
  }
  return found;
}

}  // namespace lookout::app
