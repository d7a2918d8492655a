#include "app/workers/queries/propose_queries.h"

#include <Eigen/Core>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/agreement/verdict_counts.h"
#include "agents/feedback/models/cost_inputs.h"
#include "agents/feedback/queries/choose_pairs.h"
#include "agents/feedback/queries/choose_spans.h"
#include "agents/feedback/queries/query_candidate.h"
#include "agents/feedback/queries/stop_set.h"
#include "agents/feedback/targets/judged_segments.h"
#include "app/workers/cost_field/episode_prediction.h"

namespace lookout::app {
namespace {

constexpr agents::ClipSettings kClips{};
constexpr int kSpans = 20;
constexpr std::size_t kMostPairs = 12;

// [inputs x steps] what a cost model sees of each recorded step; not finite where its observation
// does not fit the environment.
Eigen::MatrixXf InputsOf(const QueryRequest::Episode& episode) {
  const sim::EnvironmentSpec& spec = episode.scene->spec;
  const Result<agents::CostInputs> inputs =
      agents::CostInputs::Create(spec.observation_dim, agents::LidarInputs(spec.signature()));
  if (!inputs) return {};
  Eigen::Index steps = 0;
  for (const sim::ChunkPtr& chunk : episode.chunks) steps += std::ssize(chunk->steps);
  Eigen::MatrixXf seen(inputs->dim(), steps);
  Eigen::Index column = 0;
  for (const sim::ChunkPtr& chunk : episode.chunks) {
    for (const sim::StepRecord& step : chunk->steps) {
      auto out = seen.col(column++);
      if (step.observation.size() == spec.observation_dim) {
        inputs->Write(step.observation, out);
      } else {
        out.setConstant(std::numeric_limits<float>::quiet_NaN());
      }
    }
  }
  return seen;
}

// What the cost model in use, and the one before it, make of the episodes.
class Reader {
 public:
  explicit Reader(const QueryRequest& request) : request_(request), cutter_(kClips) {}

  void Read(const QueryRequest::Episode& episode) {
    const Eigen::MatrixXf inputs = InputsOf(episode);
    if (inputs.cols() == 0) return;
    const EpisodePredictions now = Predict(episode, request_.model);
    cutter_.Add({.episode = episode.scene->header->id,
                 .has_picture = !episode.scene->header->imported,
                 .inputs = inputs,
                 .predicted = now.cost,
                 .spread = now.spread});
    if (request_.previous_model) {
      both_.push_back({now.episode, now.cost, Predict(episode, request_.previous_model).cost});
    }
  }

  agents::QueryCandidates TakeCandidates(FitSteps& steps) {
    std::vector<RecordingHandle> handles = request_.elsewhere;
    for (const QueryRequest::Episode& episode : request_.episodes) {
      handles.emplace_back(episode.scene->header, episode.chunks);
    }
    std::vector<std::pair<EpisodeId, StepIndex>> lengths;
    for (const RecordingHandle& handle : handles) lengths.emplace_back(handle.id(), handle.steps());
    steps.Begin(handles, request_.load, request_.spec.observation_dim);
    const std::vector<agents::Segment> judged =
        agents::JudgedSegments(request_.feedback, lengths, &steps);
    steps.End();
    return std::move(cutter_).Finish(judged);
  }

  // Between the two models on the clips; NaN if that cannot be told.
  double Agreement(const std::vector<agents::Segment>& clips) const {
    agents::VerdictCounts counts;
    for (const agents::Segment& clip : clips) {
      for (const Both& episode : both_) {
        if (episode.id != clip.episode) continue;
        agents::AddVerdicts(clip, episode.newer, episode.older, kClips.threshold, counts);
      }
    }
    return agents::Kappa(counts);
  }

 private:
  struct Both {
    EpisodeId id;
    std::vector<float> newer, older;  // [steps] predicted costs
  };

  EpisodePredictions Predict(const QueryRequest::Episode& episode,
                             const agents::CostModelPtr& model) {
    if (!model) return {};
    return PredictEpisode({episode.scene, episode.chunks, 0, model}, workspace_);
  }

  const QueryRequest& request_;
  agents::ClipCutter cutter_;
  agents::CostModelWorkspace workspace_;
  std::vector<Both> both_;
};

}  // namespace

ProposedQueries ProposeQueries(const QueryRequest& request, FitSteps* steps) {
  Reader reader(request);
  for (const QueryRequest::Episode& episode : request.episodes) reader.Read(episode);
  for (const RecordingHandle& handle : request.elsewhere) {
    // One that cannot be read is not asked about.
    if (Result<Recording> read = Fetch(handle, request.load)) {
      const ui::EpisodeScene scene{
          .header = std::move(read->header), .spec = request.spec, .scene = {}, .model = {}};
      reader.Read({std::make_shared<const ui::EpisodeScene>(scene), std::move(read->chunks)});
    }
  }
  FitSteps nothing_known;
  const agents::QueryCandidates candidates =
      reader.TakeCandidates(steps != nullptr ? *steps : nothing_known);
  ProposedQueries proposed;
  if (request.previous_model) proposed.agreement = reader.Agreement(candidates.stop_set);
  if (candidates.open.size() < 2) {
    proposed.problem =
        request.episodes.empty() && request.elsewhere.empty()
            ? "No finished episode is at hand: play one to its end, or open one of the list"
            : "All that is recorded has been judged";
    return proposed;
  }
  const auto seed = static_cast<std::uint32_t>(request.feedback.size());
  proposed.queries = agents::MixPairsIn(
      agents::ChooseSpans(candidates,
                          {.batch = kSpans, .threshold = kClips.threshold, .seed = seed}),
      agents::ChoosePairs(candidates, kMostPairs, seed));
  return proposed;
}

}  // namespace lookout::app
