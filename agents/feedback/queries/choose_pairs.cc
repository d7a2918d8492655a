#include "agents/feedback/queries/choose_pairs.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <utility>

#include "agents/feedback/queries/query_words.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

using Clips = std::vector<const QueryCandidate*>;

// In the order in which they get a partner.
Clips OrderOf(const QueryCandidates& candidates, std::uint32_t seed) {
  Clips order;
  for (const QueryCandidate& candidate : candidates.open) {
    if (candidate.has_picture) order.push_back(&candidate);
  }
  RandomState random(seed);
  for (std::size_t left = order.size(); left > 1; --left) {
    std::swap(order[left - 1],
              order[static_cast<std::size_t>(random.Choice(static_cast<int>(left)))]);
  }
  if (candidates.has_model) {
    std::ranges::stable_sort(order, std::greater<>(), &QueryCandidate::spread);
  }
  return order;
}

// Of those after it that are not used; order.size() if there is none.
std::size_t PartnerOf(const Clips& order, const std::vector<bool>& used, std::size_t clip,
                      bool has_model) {
  const QueryCandidate& first = *order[clip];
  std::size_t best = order.size();
  float best_distance = 0.0F;
  for (std::size_t j = clip + 1; j < order.size(); ++j) {
    if (used[j]) continue;
    const float distance = has_model ? std::abs(first.predicted - order[j]->predicted)
                                     : -(first.seen - order[j]->seen).norm();
    if (best < order.size() && distance >= best_distance) continue;
    best = j;
    best_distance = distance;
  }
  return best;
}

}  // namespace

std::vector<Query> ChoosePairs(const QueryCandidates& candidates, std::size_t most,
                               std::uint32_t seed) {
  const Clips order = OrderOf(candidates, seed);
  std::vector<Query> pairs;
  std::vector<bool> used(order.size(), false);
  for (std::size_t i = 0; i < order.size() && pairs.size() < most; ++i) {
    if (used[i]) continue;
    used[i] = true;
    const std::size_t partner = PartnerOf(order, used, i, candidates.has_model);
    if (partner == order.size()) break;
    used[partner] = true;
    const QueryCandidate& a = *order[i];
    const QueryCandidate& b = *order[partner];
    pairs.push_back(
        {.kind = QueryKind::kPair,
         .reason = candidates.has_model ? QueryReason::kDisagreement : QueryReason::kNovelty,
         .first = a.clip,
         .second = b.clip,
         .score = double(a.spread) + double(b.spread),
         .why = WhyPair(a, b, candidates.has_model)});
  }
  return pairs;
}

std::vector<Query> MixPairsIn(std::vector<Query> spans, std::vector<Query> pairs) {
  std::vector<Query> mixed;
  auto pair = pairs.begin();
  for (Query& span : spans) {
    mixed.push_back(std::move(span));
    if (mixed.size() % 3 == 2 && pair != pairs.end()) mixed.push_back(std::move(*pair++));
  }
  for (; pair != pairs.end(); ++pair) mixed.push_back(std::move(*pair));
  return mixed;
}

}  // namespace lookout::agents
