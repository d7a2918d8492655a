#include "agents/feedback/agreement/reaction_lag.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>

namespace lookout::agents {
namespace {

constexpr double kGrid_s = 0.02;
constexpr double kTriangle_s = 0.1;
constexpr std::size_t kLags = 76;  // 0 to kLongestLag_s

enum class Edge : std::uint8_t { kOnset, kOffset };

// Of one episode.
struct Correlation {
  std::array<double, kLags> at{};
  std::int64_t edges = 0;
};

// First steps of stretches that cost something, or their last steps.
std::vector<StepIndex> EventsOf(const RecordedEpisode& episode, Edge edge) {
  std::vector<StepIndex> events;
  const std::vector<float>& costs = episode.rule_costs;
  for (std::size_t i = 0; i < costs.size(); ++i) {
    if (!(costs[i] > 0.0F)) continue;
    const bool begins = i == 0 || !(costs[i - 1] > 0.0F);
    const bool ends = i + 1 < costs.size() && !(costs[i + 1] > 0.0F);
    if (edge == Edge::kOnset ? begins : ends) events.push_back(static_cast<StepIndex>(i));
  }
  return events;
}

bool IsLagged(const PressedSpan& span, Edge edge) {
  return edge == Edge::kOnset ? span.first_lagged : span.last_lagged;
}

void AddEdge(StepIndex step, std::span<const StepIndex> events, double step_s,
             Correlation& correlation) {
  bool near = false;
  for (const StepIndex event : events) {
    const double lag_s = static_cast<double>(step - event) * step_s;
    if (lag_s < -kTriangle_s || lag_s > kLongestLag_s + kTriangle_s) continue;
    near = near || (lag_s >= 0.0 && lag_s <= kLongestLag_s);
    for (std::size_t i = 0; i < kLags; ++i) {
      const double apart = std::abs(lag_s - static_cast<double>(i) * kGrid_s);
      correlation.at[i] += std::max(0.0, 1.0 - apart / kTriangle_s);
    }
  }
  correlation.edges += near ? 1 : 0;
}

Correlation Correlate(const EpisodeOpinions& episode, std::span<const PressedSpan> pressed,
                      bool lagged_only, Edge edge) {
  Correlation correlation;
  if (pressed.empty()) return correlation;
  const std::vector<StepIndex> events = EventsOf(episode.recorded, edge);
  for (const PressedSpan& span : pressed) {
    if (lagged_only && !IsLagged(span, edge)) continue;
    AddEdge(edge == Edge::kOnset ? span.first : span.last, events,
            episode.recorded.step_duration_s / span.speed, correlation);
  }
  return correlation;
}

// At the highest point, the least of equals; NaN where there is none.
double BestLag(std::span<const Correlation> correlations, std::span<const std::uint16_t> weights) {
  std::array<double, kLags> sum{};
  for (std::size_t k = 0; k < correlations.size(); ++k) {
    if (weights[k] == 0 || correlations[k].edges == 0) continue;
    for (std::size_t i = 0; i < kLags; ++i) sum[i] += weights[k] * correlations[k].at[i];
  }
  const auto* best = std::ranges::max_element(sum);
  if (!(*best > 0.0)) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(best - sum.begin()) * kGrid_s;
}

// Of the edges that have a lag stored with them, if any has.
EdgeLag EstimateEdge(const AnnotatorOpinions& opinions, std::size_t annotator, Edge edge,
                     const EpisodeBootstrap& bootstrap) {
  const bool lagged_only = std::ranges::any_of(opinions.episodes, [&](const auto& episode) {
    return std::ranges::any_of(episode.tracks[annotator].pressed,
                               [edge](const PressedSpan& span) { return IsLagged(span, edge); });
  });
  EdgeLag lag;
  std::vector<Correlation> correlations;
  for (const EpisodeOpinions& episode : opinions.episodes) {
    correlations.push_back(
        Correlate(episode, episode.tracks[annotator].pressed, lagged_only, edge));
    lag.edges += correlations.back().edges;
  }
  if (lag.edges < kLeastLagEdges) return lag;
  lag.lag_s = bootstrap.Of(
      [&](std::span<const std::uint16_t> weights) { return BestLag(correlations, weights); });
  return lag;
}

}  // namespace

std::vector<ReactionLag> EstimateReactionLags(const AnnotatorOpinions& opinions,
                                              const EpisodeBootstrap& bootstrap) {
  std::vector<ReactionLag> lags;
  for (std::size_t a = 0; a < opinions.annotators.size(); ++a) {
    const bool pressed = std::ranges::any_of(
        opinions.episodes, [a](const auto& episode) { return !episode.tracks[a].pressed.empty(); });
    if (!pressed) continue;
    lags.push_back({.annotator = opinions.annotators[a],
                    .onset = EstimateEdge(opinions, a, Edge::kOnset, bootstrap),
                    .offset = EstimateEdge(opinions, a, Edge::kOffset, bootstrap)});
  }
  return lags;
}

}  // namespace lookout::agents
