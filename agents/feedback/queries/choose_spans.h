// Which spans to ask a person about next, out of all that could be asked about. Pure functions; any
// thread.
#pragma once

#include <cstdint>
#include <vector>

#include "agents/feedback/models/unsafe_threshold.h"
#include "agents/feedback/queries/query.h"
#include "agents/feedback/queries/query_candidate.h"

namespace lookout::agents {

struct ChoiceSettings {
  int batch = 20;                          // spans to choose, at most; >= 0
  StepIndex apart_steps = 50;              // between two of one episode, audits excepted: a second
  double threshold = double(kUnsafeFrom);  // as the candidates were cut by
  std::uint32_t seed = 1;                  // of what is drawn by chance
};

// How many spans of a batch there are of each reason: a tenth audit, two tenths near the threshold,
// two tenths predicted misses, the rest disagreement; the audit at least one, if there are any.
struct BatchShares {
  int disagreement = 0;
  int threshold = 0;
  int predicted_miss = 0;
  int audit = 0;
};
BatchShares SharesOf(int batch);

// Without a cost model all but the audit ask for what is new; so does, with one, what another
// reason has too few clips for.
//
// The audit is drawn before anything else is chosen and whatever was chosen before, every open clip
// with the same chance, which each of its queries states: its answers estimate without bias. That
// is why audits may be neighbours.
//
// Of every other reason the best ten times as many clips as there are places stand for choice: the
// best one, and then again and again the one that is farthest, in what the model sees, from all
// that were chosen (greedy k-center, Gonzalez 1985; Sener and Savarese 2018).
//
// In the order in which they are worth asking: every beginning of it is mixed as the whole is.
// Same candidates and settings: same queries.
std::vector<Query> ChooseSpans(const QueryCandidates& candidates, const ChoiceSettings& settings);

// As many spans as the batch has, every open clip with the same chance; what ChooseSpans is to be
// compared with.
std::vector<Query> DrawSpans(const QueryCandidates& candidates, const ChoiceSettings& settings);

}  // namespace lookout::agents
