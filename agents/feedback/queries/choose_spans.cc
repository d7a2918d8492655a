#include "agents/feedback/queries/choose_spans.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <utility>

#include "agents/feedback/queries/query_words.h"
#include "sim/base/check.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

constexpr std::size_t kChoicePerPlace = 10;

// Above 0 where the reason speaks for asking; greater: more so.
double ScoreOf(QueryReason reason, const QueryCandidate& clip, bool anything_judged,
               double threshold) {
  switch (reason) {
    case QueryReason::kDisagreement:
      return double(clip.disagreement);
    case QueryReason::kThreshold:
      return double(clip.nearness);
    case QueryReason::kPredictedMiss:
      return double(clip.novelty) * std::max(0.0, 1.0 - double(clip.highest) / threshold);
    case QueryReason::kNovelty:
      return anything_judged ? double(clip.novelty) : 1.0;
    default:
      return 0.0;
  }
}

// The spans of one batch as they are chosen.
class Chooser {
 public:
  Chooser(const QueryCandidates& candidates, const ChoiceSettings& settings)
      : candidates_(candidates),
        open_(candidates.open),
        settings_(settings),
        distances_(open_.size(), std::numeric_limits<float>::infinity()),
        taken_(open_.size(), false) {}

  // Without replacement, each clip with the same chance.
  std::vector<Query> Draw(int count) {
    std::vector<std::size_t> order(open_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto drawn = std::min(order.size(), static_cast<std::size_t>(count));
    RandomState random(settings_.seed);
    std::vector<Query> queries;
    for (std::size_t i = 0; i < drawn; ++i) {
      const auto left = static_cast<int>(order.size() - i);
      std::swap(order[i], order[i + static_cast<std::size_t>(random.Choice(left))]);
      queries.push_back(Take(QueryReason::kAudit, order[i], 0.0,
                             double(drawn) / static_cast<double>(order.size())));
    }
    return queries;
  }

  std::vector<Query> Choose(QueryReason reason, int places) {
    const std::vector<Scored> best =
        BestOf(reason, kChoicePerPlace * static_cast<std::size_t>(places));
    std::vector<Query> queries;
    while (static_cast<int>(queries.size()) < places) {
      const Scored* next = nullptr;
      for (const Scored& scored : best) {
        if (!IsFree(scored.index)) continue;
        if (next == nullptr || distances_[scored.index] > distances_[next->index]) next = &scored;
        if (queries.empty()) break;  // the very best one
      }
      if (next == nullptr) break;
      queries.push_back(Take(reason, next->index, next->score, 0.0));
    }
    return queries;
  }

 private:
  struct Scored {
    std::size_t index = 0;
    double score = 0.0;
  };

  std::vector<Scored> BestOf(QueryReason reason, std::size_t most) const {
    std::vector<Scored> best;
    for (std::size_t i = 0; i < open_.size(); ++i) {
      if (!IsFree(i)) continue;
      const double score =
          ScoreOf(reason, open_[i], candidates_.anything_judged, settings_.threshold);
      if (score > 0.0) best.push_back({i, score});
    }
    std::ranges::stable_sort(best, std::greater<>(), &Scored::score);
    best.resize(std::min(best.size(), most));
    return best;
  }

  bool IsFree(std::size_t index) const {
    const Segment& clip = open_[index].clip;
    return !taken_[index] && std::ranges::none_of(chosen_, [&](const Segment& other) {
      return other.episode == clip.episode && other.first <= clip.last + settings_.apart_steps &&
             clip.first <= other.last + settings_.apart_steps;
    });
  }

  Query Take(QueryReason reason, std::size_t index, double score, double chance) {
    const QueryCandidate& clip = open_[index];
    taken_[index] = true;
    chosen_.push_back(clip.clip);
    for (std::size_t i = 0; i < open_.size(); ++i) {
      distances_[i] = std::min(distances_[i], (open_[i].seen - clip.seen).squaredNorm());
    }
    Query query{.kind = QueryKind::kSpan,
                .reason = reason,
                .first = clip.clip,
                .score = score,
                .chance = chance,
                .why = {}};
    if (candidates_.has_model) query.highest = clip.highest;
    query.why = WhySpan(query, clip, candidates_.anything_judged, settings_.threshold);
    return query;
  }

  const QueryCandidates& candidates_;
  const std::vector<QueryCandidate>& open_;
  ChoiceSettings settings_;
  std::vector<float> distances_;  // of each clip from the nearest chosen one, squared
  std::vector<bool> taken_;
  std::vector<Segment> chosen_;
};

// In turn, so that every beginning holds each group by its share.
std::vector<Query> InTurn(std::span<std::vector<Query>> groups) {
  std::size_t all = 0;
  for (const std::vector<Query>& group : groups) all += group.size();
  std::vector<std::size_t> given(groups.size(), 0);
  std::vector<Query> queries;
  while (queries.size() < all) {
    std::size_t next = 0;
    double most_due = -std::numeric_limits<double>::infinity();
    for (std::size_t g = 0; g < groups.size(); ++g) {
      if (given[g] == groups[g].size()) continue;
      const double due = double(groups[g].size()) * double(queries.size() + 1) / double(all) -
                         static_cast<double>(given[g]);
      if (due <= most_due) continue;
      most_due = due;
      next = g;
    }
    queries.push_back(std::move(groups[next][given[next]++]));
  }
  return queries;
}

}  // namespace

BatchShares SharesOf(int batch) {
  LOOKOUT_CHECK(batch >= 0, "a batch is not negative");
  const auto share = [batch](double of_all) {
    return static_cast<int>(std::lround(of_all * static_cast<double>(batch)));
  };
  BatchShares shares{.threshold = share(0.2),
                     .predicted_miss = share(0.2),
                     .audit = batch > 0 ? std::max(1, share(0.1)) : 0};
  shares.disagreement = batch - shares.threshold - shares.predicted_miss - shares.audit;
  return shares;
}

std::vector<Query> ChooseSpans(const QueryCandidates& candidates, const ChoiceSettings& settings) {
  const BatchShares shares = SharesOf(settings.batch);
  Chooser chooser(candidates, settings);
  std::array<std::vector<Query>, 5> groups;
  auto& [disagreement, threshold, predicted_miss, novelty, audit] = groups;
  audit = chooser.Draw(shares.audit);
  if (candidates.has_model) {
    disagreement = chooser.Choose(QueryReason::kDisagreement, shares.disagreement);
    threshold = chooser.Choose(QueryReason::kThreshold, shares.threshold);
    predicted_miss = chooser.Choose(QueryReason::kPredictedMiss, shares.predicted_miss);
  }
  const std::size_t chosen =
      audit.size() + disagreement.size() + threshold.size() + predicted_miss.size();
  novelty = chooser.Choose(QueryReason::kNovelty, settings.batch - static_cast<int>(chosen));
  return InTurn(groups);
}

std::vector<Query> DrawSpans(const QueryCandidates& candidates, const ChoiceSettings& settings) {
  return Chooser(candidates, settings).Draw(settings.batch);
}

}  // namespace lookout::agents
