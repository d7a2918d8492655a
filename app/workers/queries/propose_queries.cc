#include "app/workers/queries/propose_queries.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <random>
#include <utility>

#include "agents/feedback/queries/labelling_value.h"
#include "app/workers/queries/clip_candidates.h"

namespace lookout::app {
namespace {

using agents::Query;
using agents::QueryKind;
using agents::QueryReason;

constexpr std::size_t kOfEachReason = 6;
constexpr std::size_t kMostPairs = 12;
constexpr StepIndex kApart_steps = 150;  // of two queries in one episode

// What speaks for a clip, and in words why it is asked about.
struct Criterion {
  QueryReason reason;
  float (*score)(const ClipCandidate&);
  std::string (*why)(const ClipCandidate&);
  bool needs_model = true;
};

const std::array<Criterion, 3> kCriteria{{
    {QueryReason::kDisagreement, [](const ClipCandidate& c) { return c.spread; },
     [](const ClipCandidate& c) {
       return fmt::format(
           "The members of the cost model differ by {:.2f} here; it says {:.2f} on average.",
           c.spread, c.predicted);
     }},
    {QueryReason::kThreshold,
     [](const ClipCandidate& c) { return 1.0F - std::abs(2.0F * c.predicted - 1.0F); },
     [](const ClipCandidate& c) {
       return fmt::format("The cost model says {:.2f} here: neither safe nor unsafe.", c.predicted);
     }},
    {QueryReason::kNovelty, [](const ClipCandidate& c) { return c.novelty; },
     [](const ClipCandidate& c) {
       return fmt::format(
           "What the robot senses here is {:.1f} standard deviations from all that was judged.",
           c.novelty);
     },
     false},
}};

// Whether the clip is far enough from all that are asked about already.
bool IsApart(const agents::Segment& clip, const std::vector<Query>& asked) {
  return std::ranges::none_of(asked, [&](const Query& query) {
    return query.first.episode == clip.episode &&
           std::abs(query.first.first - clip.first) < kApart_steps;
  });
}

// Adds the best that are apart from one another.
void AddBest(const Criterion& criterion, const std::vector<ClipCandidate>& open,
             std::vector<Query>& spans) {
  std::vector<const ClipCandidate*> order;
  for (const ClipCandidate& candidate : open) order.push_back(&candidate);
  std::ranges::stable_sort(order, std::greater<>(),
                           [&](const ClipCandidate* c) { return criterion.score(*c); });
  std::size_t added = 0;
  for (const ClipCandidate* candidate : order) {
    if (added == kOfEachReason) return;
    const float score = criterion.score(*candidate);
    if (!(score > 0.0F) || !IsApart(candidate->clip, spans)) continue;
    spans.push_back({.kind = QueryKind::kSpan,
                     .reason = criterion.reason,
                     .first = candidate->clip,
                     .score = score,
                     .why = criterion.why(*candidate)});
    ++added;
  }
}

// Some by chance, so that the answers estimate without bias.
void AddAudit(const std::vector<ClipCandidate>& open, std::mt19937& random,
              std::vector<Query>& spans) {
  std::vector<agents::Segment> clips;
  for (const ClipCandidate& candidate : open) clips.push_back(candidate.clip);
  std::ranges::shuffle(clips, random);
  std::size_t added = 0;
  for (const agents::Segment& clip : clips) {
    if (added == kOfEachReason / 2) return;
    if (!IsApart(clip, spans)) continue;
    spans.push_back({.kind = QueryKind::kSpan,
                     .reason = QueryReason::kAudit,
                     .first = clip,
                     .why = "Drawn by chance, so that the answers also tell how good the cost "
                            "model is."});
    ++added;
  }
}

// Two clips that the cost model finds alike while its members differ; without one, two unlike
// clips.
std::vector<Query> PairsOf(const std::vector<ClipCandidate>& open, bool has_model,
                           std::mt19937& random) {
  std::vector<const ClipCandidate*> order;
  for (const ClipCandidate& candidate : open) {
    if (candidate.has_picture) order.push_back(&candidate);
  }
  std::ranges::shuffle(order, random);
  if (has_model) std::ranges::stable_sort(order, std::greater<>(), &ClipCandidate::spread);
  std::vector<Query> pairs;
  std::vector<bool> used(order.size());
  for (std::size_t i = 0; i < order.size() && pairs.size() < kMostPairs; ++i) {
    if (used[i]) continue;
    used[i] = true;
    std::size_t best = order.size();
    float best_distance = 0.0F;
    for (std::size_t j = i + 1; j < order.size(); ++j) {
      if (used[j]) continue;
      const float distance = has_model ? std::abs(order[i]->predicted - order[j]->predicted)
                                       : -(order[i]->seen - order[j]->seen).norm();
      if (best < order.size() && distance >= best_distance) continue;
      best = j;
      best_distance = distance;
    }
    if (best == order.size()) break;
    used[best] = true;
    const ClipCandidate& a = *order[i];
    const ClipCandidate& b = *order[best];
    pairs.push_back(
        {.kind = QueryKind::kPair,
         .reason = has_model ? QueryReason::kDisagreement : QueryReason::kNovelty,
         .first = a.clip,
         .second = b.clip,
         .score = a.spread + b.spread,
         .why = has_model ? fmt::format("The cost model finds both alike, {:.2f} and {:.2f}; its "
                                        "members differ by {:.2f} and {:.2f}.",
                                        a.predicted, b.predicted, a.spread, b.spread)
                          : "Two moments that are unlike each other; nothing is learned yet."});
  }
  return pairs;
}

// One of each reason in turn, and every third a pair.
std::vector<Query> Mixed(std::vector<Query> spans, std::vector<Query> pairs) {
  std::vector<int> turn;
  std::array<int, 8> seen{};
  for (const Query& query : spans) turn.push_back(seen[static_cast<std::size_t>(query.reason)]++);
  std::vector<std::size_t> order(spans.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return turn[i]; });
  std::vector<Query> mixed;
  std::size_t next_pair = 0;
  for (const std::size_t i : order) {
    mixed.push_back(std::move(spans[i]));
    if (mixed.size() % 3 == 2 && next_pair < pairs.size()) {
      mixed.push_back(std::move(pairs[next_pair++]));
    }
  }
  for (; next_pair < pairs.size(); ++next_pair) mixed.push_back(std::move(pairs[next_pair]));
  return mixed;
}

}  // namespace

ProposedQueries ProposeQueries(const QueryRequest& request) {
  const ClipCandidates candidates = FindCandidates(request);
  ProposedQueries proposed;
  const agents::LabellingValue value =
      agents::MeasureLabellingValue({.fits = request.fits, .successive_agreement = {}});
  if (value.is_known) proposed.still_brings = value.words;
  if (candidates.open.size() < 2) {
    proposed.problem = request.episodes.empty() ? "No finished episode is open"
                                                : "All that is recorded has been judged";
    return proposed;
  }
  std::mt19937 random(static_cast<std::uint32_t>(request.feedback.size()));
  std::vector<Query> spans;
  for (const Criterion& criterion : kCriteria) {
    if (criterion.needs_model && !request.model) continue;
    AddBest(criterion, candidates.open, spans);
  }
  AddAudit(candidates.open, random, spans);
  proposed.queries =
      Mixed(std::move(spans), PairsOf(candidates.open, request.model != nullptr, random));
  return proposed;
}

}  // namespace lookout::app
