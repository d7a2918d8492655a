#include "agents/feedback/targets/dawid_skene.h"

#include <algorithm>
#include <cmath>

namespace lookout::agents {
namespace {

constexpr double kPriorRight = 40.0;  // steps
constexpr double kPriorWrong = 10.0;

// Steps of one kind on which an annotator speaks, in expectation.
struct Spoken {
  double unsafe = 0.0;  // of them called so
  double all = 0.0;
};

struct ExpectedCounts {
  double unsafe = 0.0;
  double steps = 0.0;
  std::vector<Spoken> on_unsafe;  // [annotators]
  std::vector<Spoken> on_safe;
};

double MeanVote(const std::vector<std::int8_t>& votes) {
  double sum = 0.0;
  double voters = 0.0;
  for (const std::int8_t vote : votes) {
    if (vote == kNoVote) continue;
    sum += vote;
    voters += 1.0;
  }
  return voters == 0.0 ? 0.5 : sum / voters;
}

void Count(const VotePattern& pattern, double unsafe_probability, ExpectedCounts& counts) {
  const auto steps = static_cast<double>(pattern.steps);
  const double unsafe = unsafe_probability * steps;
  counts.unsafe += unsafe;
  counts.steps += steps;
  for (std::size_t i = 0; i < pattern.votes.size(); ++i) {
    if (pattern.votes[i] == kNoVote) continue;
    const double said = pattern.votes[i] == kUnsafeVote ? 1.0 : 0.0;
    counts.on_unsafe[i].all += unsafe;
    counts.on_unsafe[i].unsafe += unsafe * said;
    counts.on_safe[i].all += steps - unsafe;
    counts.on_safe[i].unsafe += (steps - unsafe) * said;
  }
}

// The most probable rates given those counts and the priors, as means of the Beta posteriors.
DawidSkene Maximise(const ExpectedCounts& counts) {
  DawidSkene model;
  model.unsafe_share = (counts.unsafe + 1.0) / (counts.steps + 2.0);
  const double prior = kPriorRight + kPriorWrong;
  for (const Spoken& spoken : counts.on_unsafe) {
    model.hit_rates.push_back((spoken.unsafe + kPriorRight) / (spoken.all + prior));
  }
  for (const Spoken& spoken : counts.on_safe) {
    model.false_alarm_rates.push_back((spoken.unsafe + kPriorWrong) / (spoken.all + prior));
  }
  return model;
}

double GreatestChange(const DawidSkene& before, const DawidSkene& after) {
  double greatest = std::abs(before.unsafe_share - after.unsafe_share);
  for (std::size_t i = 0; i < after.hit_rates.size(); ++i) {
    greatest = std::max({greatest, std::abs(before.hit_rates[i] - after.hit_rates[i]),
                         std::abs(before.false_alarm_rates[i] - after.false_alarm_rates[i])});
  }
  return greatest;
}

}  // namespace

double DawidSkene::UnsafeProbability(std::span<const std::int8_t> votes) const {
  double log_odds = std::log(unsafe_share) - std::log1p(-unsafe_share);
  for (std::size_t i = 0; i < votes.size(); ++i) {
    if (votes[i] == kUnsafeVote) {
      log_odds += std::log(hit_rates[i]) - std::log(false_alarm_rates[i]);
    } else if (votes[i] == kSafeVote) {
      log_odds += std::log1p(-hit_rates[i]) - std::log1p(-false_alarm_rates[i]);
    }
  }
  return 1.0 / (1.0 + std::exp(-log_odds));
}

DawidSkene FitDawidSkene(std::span<const VotePattern> patterns, std::size_t annotators) {
  constexpr int kMostRounds = 500;
  constexpr double kSettled = 1e-9;
  DawidSkene model;
  for (int round = 0; round < kMostRounds; ++round) {
    ExpectedCounts counts;
    counts.on_unsafe.resize(annotators);
    counts.on_safe.resize(annotators);
    for (const VotePattern& pattern : patterns) {
      Count(pattern, round == 0 ? MeanVote(pattern.votes) : model.UnsafeProbability(pattern.votes),
            counts);
    }
    DawidSkene next = Maximise(counts);
    const bool settled = round > 0 && GreatestChange(model, next) < kSettled;
    model = std::move(next);
    if (settled) break;
  }
  return model;
}

}  // namespace lookout::agents
