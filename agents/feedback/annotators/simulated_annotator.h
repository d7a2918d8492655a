// A simulated annotator: holds the "unsafe" key while something looks dangerous, late and with
// stated faults, as a person would. What is dangerous is the rule's cost or a predicate of its own
// (danger_predicate.h). One owner, one thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/annotators/danger_predicate.h"
#include "agents/feedback/kinds/mark.h"
#include "agents/feedback/kinds/target_sink.h"
#include "sim/base/fields.h"
#include "sim/base/random_state.h"

namespace lookout::agents {

struct AnnotatorSettings {
  std::int32_t reaction_lag_steps = 15;  // 300 ms at 50 Hz
  std::int32_t release_lag_steps = kLagOfPressing;
  std::int32_t reaction_lag_jitter_steps = 0;  // uniform, plus or minus
  double miss_rate = 0.0;                      // probability that a whole unsafe span goes unmarked
  double false_alarm_rate = 0.0;               // probability that a safe span is marked unsafe
  std::int32_t safe_span_steps = 25;  // safe marks are given as spans of this length, spread out
  double safe_per_unsafe = 2.0;       // safe steps marked for each unsafe one (at least one span)
  std::string name = "oracle";
  double flip_rate = 0.0;            // probability that any verdict is the opposite
  double unsafe_as_safe_rate = 0.0;  // the same of what looks unsafe alone
  double unsure_rate = 0.0;          // "not sure" in place of a verdict
  double boundary_rate = 0.0;        // flips at the threshold, fewer with the distance from it
  double wrong_class_rate = 0.0;     // another danger class of the nine
  double fatigue = 0.0;              // growth of all these rates over the session: 1 doubles them
  double drift = 0.0;                // growth of keenness over the session, see See()
  double press_jitter_steps = 0.0;   // standard deviation of each edge by itself
  bool severities = false;           // says how bad, 0 to 10, from how far beyond the threshold
  double severity_noise = 0.0;       // standard deviation
  // Of regions, see simulated_regions.h.
  double place_jitter_m = 0.0;  // standard deviation
  double size_jitter = 0.0;     // likewise, of the logarithm
  // Of take-overs and corrections, see simulated_moments.h.
  std::int32_t lead_in_steps = 25;
  std::int32_t lead_steps = 10;
  double wrong_way_rate = 0.0;
  // Of pairs, after B-Pref (Lee et al. 2021), see simulated_preferences.h.
  double beta = 0.0;
  double gamma = 1.0;
  double mistake_rate = 0.0;
  double skip_steps = 0.0;
  double equal_steps = 0.0;
};

// Those of regions, take-overs, corrections and pairs.
template <FieldsOf<AnnotatorSettings> Self, typename Visit>
void VisitFieldsBesideSpans(Self& s, Visit& visit) {
  using F = Field<AnnotatorSettings>;
  visit(F("place-jitter", "regions: metres by which a place is off, standard deviation")
            .Within(0, 10),
        s.place_jitter_m);
  visit(F("size-jitter", "regions: share by which a size is off, standard deviation").Within(0, 1),
        s.size_jitter);
  visit(F("lead-in", "take-overs: steps before them that count as unsafe").Within(0, 1000),
        s.lead_in_steps);
  visit(F("lead", "corrections: steps by which they come before the danger").Within(1, 1000),
        s.lead_steps);
  visit(F("wrong-way", "corrections: share driven the other way, at full speed").Within(0, 1),
        s.wrong_way_rate);
  visit(F("beta", "pairs: rationality; 0: never errs by chance").Within(0, 1e6), s.beta);
  visit(F("gamma", "pairs: weight of a step against the next one, 1: no myopia").Within(0, 1),
        s.gamma);
  visit(F("mistake", "pairs: share answered the other way round").Within(0, 1), s.mistake_rate);
  visit(F("skip", "pairs: skipped with fewer unsafe steps in either clip").Within(0, 1e6),
        s.skip_steps);
  visit(F("equal", "pairs: alike if they differ by fewer unsafe steps").Within(0, 1e6),
        s.equal_steps);
}

// By the words of an annotator's description, see annotator_spec.h.
template <FieldsOf<AnnotatorSettings> Self, typename Visit>
void VisitFields(Self& s, Visit&& visit) {
  using F = Field<AnnotatorSettings>;
  visit(F("lag", "steps that the keys go down late").Within(0, 1000), s.reaction_lag_steps);
  visit(F("release-lag", "steps that they go up late; -1: as many").Within(kLagOfPressing, 1000),
        s.release_lag_steps);
  visit(F("jitter", "steps by which both vary, at most").Within(0, 1000),
        s.reaction_lag_jitter_steps);
  visit(F("edge-jitter", "steps by which each edge varies, standard deviation").Within(0, 1000),
        s.press_jitter_steps);
  visit(F("miss", "share of unsafe spans that go unmarked, of dangers that go unsaid").Within(0, 1),
        s.miss_rate);
  visit(F("false-alarm", "share of safe spans marked unsafe, of safe stretches that alarm")
            .Within(0, 1),
        s.false_alarm_rate);
  visit(F("flip", "share of verdicts that are the opposite").Within(0, 1), s.flip_rate);
  visit(F("flip-unsafe", "the same of what is unsafe alone").Within(0, 1), s.unsafe_as_safe_rate);
  visit(F("unsure", "share of spans marked not sure").Within(0, 1), s.unsure_rate);
  visit(F("boundary", "share of verdicts flipped at the threshold; falls by e every tenth of it")
            .Within(0, 1),
        s.boundary_rate);
  visit(F("wrong-class", "share of unsafe spans with another danger class").Within(0, 1),
        s.wrong_class_rate);
  visit(F("fatigue", "growth of the shares above over the session; 1 doubles them").Within(0, 100),
        s.fatigue);
  visit(F("drift", "growth over the session of what looks dangerous; 0.2: a fifth farther away")
            .Within(-0.9, 100),
        s.drift);
  visit(F("severities", "1: says how bad from 0 to 10"), s.severities);
  visit(F("severity-noise", "of it, standard deviation").Within(0, 10), s.severity_noise);
  visit(F("safe-span", "steps of a safe mark").Within(1, 100'000), s.safe_span_steps);
  visit(F("safe-per-unsafe", "safe steps marked for each unsafe one").Within(0, 1e6),
        s.safe_per_unsafe);
  VisitFieldsBesideSpans(s, visit);
}

// seen: [steps] of the episode, how dangerous each looks. session: how much of the session is over,
// 0 to 1. Returns marks in order of time, raw (late by the lag) with reaction_lag_steps set, ids
// left 0. Faults that are 0 draw nothing.
std::vector<Mark> AnnotateSeen(EpisodeId episode, std::span<const SeenStep> seen,
                               const AnnotatorSettings& settings, double session,
                               RandomState& random);

// Of somebody who is asked about a clip and looks at nothing else: every run of steps in it that
// looks alike gets a verdict, as on the queries of the window. An unsafe run that is missed is
// taken for safe. clip: steps of the episode that `seen` has.
std::vector<Mark> JudgeClip(const Segment& clip, std::span<const SeenStep> seen,
                            const AnnotatorSettings& settings, double session, RandomState& random);

// Of somebody who goes by the rule. rule_costs: [steps] total cost of each step of the episode.
std::vector<Mark> AnnotateEpisode(EpisodeId episode, std::span<const float> rule_costs,
                                  const AnnotatorSettings& settings, RandomState& random);

}  // namespace lookout::agents
