// Labels: what feedback says for training, step by step and pair by pair, after shifting each span
// back by its reaction lag. The training data of cost models. Value types; any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/kinds/danger_classes.h"
#include "agents/feedback/kinds/feedback_record.h"
#include "agents/feedback/targets/episode_places.h"
#include "agents/feedback/targets/joint_opinion.h"
#include "agents/feedback/transitions/transition.h"
#include "sim/base/result.h"

namespace lookout::agents {

// How unsafe one step is said to be, by one annotator.
struct TargetPoint {
  float target = 0.0F;  // probability of unsafe, in [0, 1]
  float weight = 1.0F;  // in the loss, > 0
  EpisodeId episode;    // held-out sets are whole episodes
  StepIndex step = 0;
  MarkId source;  // the record that says so, the first of several; 0: none does
  // Of LabelSet::annotators, whose slips the fit estimates. kNobody: taken at its word, as graded
  // and joint targets are, which are probabilities already.
  std::int32_t annotator = kNobody;
  float stands_for = 1.0F;  // steps of what was viewed
  bool marked = true;       // false: only viewed, see LabelRule::unmarked_weight
  // With which the clip was drawn that the annotator answered about, see Provenance::asked_chance;
  // 0: it was not drawn by chance.
  float audit_chance = 0.0F;
  // What those who say so call it, as far as they name a class; 0: nothing, as of what is safe.
  DangerSet dangers = 0;
  bool unsafe() const { return target >= 0.5F; }
};

// Which of two stretches of steps is said to be safer.
struct TargetPair {
  // Columns of LabelSet::pair_observations.
  struct Steps {
    int begin = 0;
    int count = 0;
  };
  Steps first;
  Steps second;
  float first_is_safer = 0.5F;  // probability, in [0, 1]
  float strength = 1.0F;        // weight in the loss, > 0
  MarkId source;
};

// A column for each of some observations.
struct LabelledPast {
  // [(1 + any number) * observation_dim x ...]: what was observed just before, and below it
  // Transitions::earlier. Without rows where nobody looks back.
  Eigen::MatrixXf observations;
  Eigen::MatrixXf actions;  // [action_dim x ...], executed; 0 for the reset
  int traces = 0;           // at the bottom, PastInputs::kRowsPerTrace observations each
};

struct LabelSet {
  Eigen::MatrixXf observations;  // [observation_dim x points], after the step
  std::vector<TargetPoint> points;
  Eigen::MatrixXf pair_observations;  // [observation_dim x steps of all pairs]
  std::vector<TargetPair> pairs;
  std::vector<std::string> annotators;
  // That annotators had before them, each for themselves; 0: not known. See viewed_share.
  std::int64_t viewed_steps = 0;
  // What led to each, as far as the rule asks for it; else without rows. Those of the pairs
  // likewise.
  LabelledPast past, pair_past;

  std::int64_t rows() const { return static_cast<std::int64_t>(points.size()); }
  bool unsafe(int row) const { return points[static_cast<std::size_t>(row)].unsafe(); }
};

// Of steps, after the lag shift; of the first two each annotator's count.
struct LabelCounts {
  std::int64_t unsafe = 0;
  std::int64_t safe = 0;
  std::int64_t unsure = 0;         // marked, but not used
  std::int64_t contradictory = 0;  // that one annotator calls both safe and unsafe; not used
  std::int64_t unmarked = 0;       // points that were viewed and not marked; not among the safe
  std::int64_t disputed = 0;       // that annotators disagree about
  std::int64_t unobserved = 0;     // labelled, but not recorded or not finite (diverged); not used
  std::int64_t episodes = 0;       // that have points
  std::int64_t pairs = 0;          // whose steps are all recorded; others are not used
};

// A step that records of one annotator disagree about, for the list of contradictions.
struct Contradiction {
  EpisodeId episode;
  StepIndex step = 0;
  MarkId unsafe_mark;
  MarkId safe_mark;
};

struct DerivedLabels {
  LabelSet labels;
  LabelCounts counts;
  std::vector<Contradiction> contradictions;  // at most 100 listed
  std::vector<AnnotatorRates> annotators;     // who has a say in the points, by name
};

// What was assumed of several annotators, for a report: "3 annotators count alike, each by slips of
// their own; on 120 steps they disagree." Empty of one alone.
std::string AnnotatorsInWords(const DerivedLabels& derived);

// The observation of a step, or an empty span if it is not recorded.
using ObservationLookup = std::function<std::span<const float>(EpisodeId, StepIndex)>;

// The action whose execution led to a step, or an empty span if none is recorded.
using ActionLookup = std::function<std::span<const double>(EpisodeId, StepIndex)>;

// How spans become labels.
struct LabelRule {
  // What a step counts as safe that an annotator viewed and did not mark, in [0, 1]; a marked one
  // counts 1. 0: such steps are no points. For what is viewed see StepOpinions::FindViewed. Of a
  // long stretch every fifth step stands for its neighbours, which are nearly copies.
  double unmarked_weight = 0.0;
  AnnotatorWeighting annotators = AnnotatorWeighting::kEqual;
  PastInputs past;  // that are taken along with each step
};

// What the kinds of the records say (FeedbackKind::tell_targets), those of newer versions left out.
// Drops unsure and contradictory steps; one point per step and annotator however many records cover
// it, or one for all of them, as OpinionJoiner says; ordered by episode and step. episode_lengths:
// recorded steps of each episode, the reset included; steps beyond them, or of episodes that are
// not listed, label nothing. places: for regions, which without them label nothing. action_of: for
// a rule that takes actions along. A step counts as unobserved also if what is taken along is not
// recorded. Rejects (kBadInput) observations and actions of another size.
Result<DerivedLabels> DeriveLabels(std::span<const FeedbackRecord> feedback, const LabelRule& rule,
                                   std::span<const std::pair<EpisodeId, StepIndex>> episode_lengths,
                                   int observation_dim, const ObservationLookup& observation_of,
                                   EpisodePlaces* places = nullptr,
                                   const ActionLookup& action_of = {});

}  // namespace lookout::agents
