// How far annotators agree with each other, with the majority of the others and with the
// environment's rule, each figure with an interval over episodes. A pure function of a snapshot of
// what they said; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "agents/feedback/agreement/annotator_opinions.h"
#include "agents/feedback/agreement/disagreements.h"
#include "agents/feedback/agreement/episode_bootstrap.h"
#include "agents/feedback/agreement/reaction_lag.h"
#include "agents/feedback/agreement/span_match.h"
#include "agents/feedback/agreement/verdict_counts.h"
#include "sim/base/fields.h"

namespace lookout::agents {

struct AgreementSettings {
  double tolerance_s = 0.5;
  int bootstrap = 1000;
  // In episodes that an annotator marked at all, what is left unmarked counts as called safe;
  // otherwise only marked steps count. What is marked "not sure" never counts.
  bool unmarked_is_safe = true;
  std::uint32_t seed = 1;
};

// Of the numbers; see sim/base/fields.h.
template <FieldsOf<AgreementSettings> Self, typename Visit>
void VisitFields(Self& s, Visit&& visit) {
  using F = Field<AgreementSettings>;
  visit(F("tolerance", "seconds between the edges of two spans that still match")
            .In("s")
            .Within(0, 3600),
        s.tolerance_s);
  visit(F("bootstrap", "draws for each interval; 0: no intervals").Within(0, 100'000), s.bootstrap);
  visit(F("seed", "of the draws").Within(0, 4'294'967'295.0), s.seed);
}

// Steps that each calls unsafe as one danger class, against all others.
struct DangerAgreement {
  DangerClass danger = 0;
  VerdictCounts counts;
  Estimate kappa;
  Estimate positive;
  Estimate negative;
};

// The first party is an annotator; the second another one, the majority of the others or the rule.
struct PairAgreement {
  std::string first;
  std::string second;         // empty for the majority and the rule
  std::int64_t episodes = 0;  // about which both say something
  VerdictCounts counts;       // of steps for which both say something
  SpanCounts spans;           // that each calls unsafe
  Estimate kappa;
  Estimate positive;  // see PositiveAgreement
  Estimate negative;
  Estimate span_f1;
  Estimate d_prime;  // of the first, taking the second for the truth
  Estimate criterion;
  std::vector<DangerAgreement> by_danger;  // of the classes that either names; between annotators
};

struct AgreementReport {
  AgreementSettings settings;
  std::vector<std::string> annotators;
  std::int64_t episodes = 0;                 // that anybody marked
  std::int64_t steps = 0;                    // of them
  std::vector<PairAgreement> between;        // annotators, each pair once
  std::vector<PairAgreement> with_majority;  // of at least two others, without ties
  std::vector<PairAgreement> with_rule;      // where the rule's cost is known
  Estimate alpha;                 // Krippendorff's, nominal, of steps called unsafe and safe
  Estimate alpha_unitised;        // of spans called unsafe
  std::vector<ReactionLag> lags;  // of annotators who pressed keys as it played
  std::vector<Disagreement> disagreements;  // the longest first
};

// Settings out of range are a bug (LOOKOUT_CHECK). Same opinions and settings: same report. Takes
// some 10 ms for each annotator and hundred episodes of 1,000 steps.
AgreementReport MeasureAgreement(const AnnotatorOpinions& opinions,
                                 const AgreementSettings& settings);

}  // namespace lookout::agents
