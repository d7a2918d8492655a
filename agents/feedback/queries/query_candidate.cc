#include "agents/feedback/queries/query_candidate.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "agents/feedback/kinds/mark.h"
#include "agents/feedback/kinds/preference.h"
#include "agents/feedback/queries/disagreement.h"
#include "agents/feedback/queries/stop_set.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

// Sets what the predictions of its steps say. False if one of them is not finite.
bool Judge(const EpisodeToAsk& episode, double threshold, QueryCandidate& candidate) {
  const auto begin = static_cast<std::size_t>(candidate.clip.first);
  const auto end = static_cast<std::size_t>(candidate.clip.last) + 1;
  if (episode.predicted.size() < end || episode.spread.size() < end) return true;
  const auto part = 1.0F / static_cast<float>(end - begin);
  for (std::size_t step = begin; step < end; ++step) {
    const float predicted = episode.predicted[step];
    const float spread = episode.spread[step];
    if (!std::isfinite(predicted) || !std::isfinite(spread)) return false;
    candidate.predicted += part * predicted;
    candidate.spread += part * spread;
    candidate.highest = std::max(candidate.highest, predicted);
    candidate.disagreement +=
        part * static_cast<float>(Disagreement(double(predicted), double(spread)));
    candidate.nearness += part * static_cast<float>(Nearness(double(predicted), threshold));
  }
  return true;
}

}  // namespace

void ClipCutter::Add(const EpisodeToAsk& episode) {
  LOOKOUT_CHECK(settings_.clip_steps > 0, "a clip has steps");
  LOOKOUT_CHECK(clips_.empty() || clips_.front().seen.size() == episode.inputs.rows(),
                "clips of different observations cannot be compared");
  has_model_ = has_model_ || !episode.predicted.empty();
  const auto steps = static_cast<StepIndex>(episode.inputs.cols());
  const StepIndex length = settings_.clip_steps;
  for (StepIndex first = 1; first + length <= steps; first += length) {
    QueryCandidate candidate{.clip = {episode.episode, first, first + length - 1},
                             .has_picture = episode.has_picture,
                             .seen = episode.inputs.middleCols(first, length).rowwise().mean()};
    if (candidate.seen.allFinite() && Judge(episode, settings_.threshold, candidate)) {
      clips_.push_back(std::move(candidate));
    }
  }
}

// Every input counts alike, whatever its unit.
void ClipCutter::Standardise() {
  if (clips_.empty()) return;
  const auto count = static_cast<float>(clips_.size());
  Eigen::VectorXf mean = Eigen::VectorXf::Zero(clips_.front().seen.size());
  for (const QueryCandidate& clip : clips_) mean += clip.seen / count;
  Eigen::VectorXf variance = Eigen::VectorXf::Zero(mean.size());
  for (const QueryCandidate& clip : clips_) variance += (clip.seen - mean).cwiseAbs2() / count;
  const Eigen::VectorXf deviation = variance.cwiseSqrt().cwiseMax(1e-6F);
  for (QueryCandidate& clip : clips_) clip.seen = (clip.seen - mean).cwiseQuotient(deviation);
}

QueryCandidates ClipCutter::Finish(std::span<const Segment> judged) && {
  Standardise();
  const auto open_begin =
      std::stable_partition(clips_.begin(), clips_.end(), [&](const QueryCandidate& clip) {
        return std::ranges::any_of(judged,
                                   [&](const Segment& other) { return Overlap(clip.clip, other); });
      });
  QueryCandidates found{.anything_judged = open_begin != clips_.begin(), .has_model = has_model_};
  for (const QueryCandidate& clip : clips_) {
    if (IsInStopSet(clip.clip)) found.stop_set.push_back(clip.clip);
  }
  for (auto clip = open_begin; clip != clips_.end(); ++clip) {
    if (IsInStopSet(clip->clip)) continue;
    float nearest =
        found.anything_judged ? std::numeric_limits<float>::infinity() : 0.0F;  // squared
    for (auto known = clips_.begin(); known != open_begin; ++known) {
      nearest = std::min(nearest, (clip->seen - known->seen).squaredNorm());
    }
    const auto inputs = static_cast<float>(std::max<Eigen::Index>(1, clip->seen.size()));
    clip->novelty = std::sqrt(nearest / inputs);
    found.open.push_back(std::move(*clip));
  }
  return found;
}

std::vector<Segment> JudgedSegments(std::span<const FeedbackRecord> feedback) {
  std::vector<Segment> judged;
  for (const FeedbackRecord& record : feedback) {
    if (const Result<Mark> mark = MarkOf(record)) {
      judged.push_back(JudgedSteps(*mark));
    } else if (const Result<Preference> pair = PreferenceOf(record)) {
      judged.push_back(pair->first);
      judged.push_back(pair->second);
    }
  }
  return judged;
}

bool Overlap(const Segment& a, const Segment& b) {
  return a.episode == b.episode && a.first <= b.last && b.first <= a.last;
}

}  // namespace lookout::agents
