#include "agents/feedback/targets/label_set.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "agents/feedback/kinds/feedback_kind.h"
#include "agents/feedback/targets/joint_opinion.h"
#include "agents/feedback/targets/label_columns.h"
#include "agents/feedback/targets/step_opinions.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

constexpr std::size_t kMaxContradictions = 100;

// Who is sure can slip; a graded target is a probability already.
bool IsSure(const Voice& voice) { return voice.target == 0.0F || voice.target == 1.0F; }

class Collector {
 public:
  Collector(const LabelRule& rule, const LabelLookups& recorded)
      : rule_(rule), points_(recorded), pairs_(recorded) {}

  Status AddEpisode(EpisodeId episode, const OpinionsByAnnotator& opinions,
                    const OpinionJoiner& joiner) {
    const std::int64_t rows_before = derived_.labels.rows();
    silent_steps_.clear();
    const std::size_t steps = opinions.begin()->second.size();
    for (std::size_t i = 0; i < steps; ++i) {
      const JointOpinion joint = joiner.Join(opinions, i);
      const auto step = static_cast<StepIndex>(i);
      float chance = 0.0F;
      for (const auto& [name, of_episode] : opinions) {
        chance = std::max(chance, of_episode[i].audit_chance);
      }
      if (Status status = AddStep(episode, step, joint, chance); !status) return status;
      for (const auto& [name, of_episode] : opinions) {
        Status status = AddUnmarked(episode, step, name, of_episode[i], joiner.VoiceOf(name));
        if (!status) return status;
      }
    }
    if (derived_.labels.rows() > rows_before) ++derived_.counts.episodes;
    return {};
  }

  Status AddPair(const PairOpinion& opinion) {
    const int before = pairs_.count();
    const auto first = AddSegment(opinion.first);
    if (!first) return first.error();
    const auto second = AddSegment(opinion.second);
    if (!second) return second.error();
    if (!*first || !*second) {
      pairs_.Shrink(before);
      return {};
    }
    derived_.labels.pairs.push_back({.first = **first,
                                     .second = **second,
                                     .first_is_safer = opinion.first_is_safer,
                                     .strength = opinion.strength,
                                     .source = opinion.source});
    ++derived_.counts.pairs;
    return {};
  }

  DerivedLabels Finish() && {
    derived_.labels.observations = points_.Observations();
    derived_.labels.pair_observations = pairs_.Observations();
    derived_.labels.past = points_.Past();
    derived_.labels.pair_past = pairs_.Past();
    return std::move(derived_);
  }

 private:
  Status AddStep(EpisodeId episode, StepIndex step, const JointOpinion& joint, float audit_chance) {
    LabelCounts& counts = derived_.counts;
    switch (joint.kind) {
      case JointOpinion::Kind::kContradiction:
        ++counts.contradictory;
        if (derived_.contradictions.size() < kMaxContradictions) {
          derived_.contradictions.push_back({episode, step, joint.unsafe_mark, joint.safe_mark});
        }
        return {};
      case JointOpinion::Kind::kUnsure:
        ++counts.unsure;
        return {};
      case JointOpinion::Kind::kTarget:
        counts.disputed += joint.disputed ? 1 : 0;
        for (const Voice& voice : joint.voices) {
          Status status =
              AddRow({.target = voice.target,
                      .weight = voice.weight,
                      .episode = episode,
                      .step = step,
                      .source = voice.source,
                      .annotator = IsSure(voice) ? voice.annotator : kNobody,
                      .audit_chance = audit_chance,
                      .dangers = voice.target >= 0.5F ? NamedOf(voice.dangers) : DangerSet{0}});
          if (!status) return status;
        }
        return {};
      case JointOpinion::Kind::kNone:
        break;
    }
    return {};
  }

  // Of those who had the step before them and did not speak of it: every so many-th of their steps.
  Status AddUnmarked(EpisodeId episode, StepIndex step, const std::string& annotator,
                     const Opinion& opinion, std::int32_t index) {
    constexpr int kStandsFor = 5;
    if (!opinion.viewed) return {};
    ++derived_.labels.viewed_steps;
    const bool silent = !opinion.unsafe && !opinion.safe && !opinion.unsure;
    if (!silent || rule_.unmarked_weight <= 0.0) return {};
    if (silent_steps_[annotator]++ % kStandsFor != kStandsFor / 2) return {};
    return AddRow({.weight = static_cast<float>(kStandsFor * rule_.unmarked_weight),
                   .episode = episode,
                   .step = step,
                   .annotator = index,
                   .stands_for = kStandsFor,
                   .marked = false,
                   .audit_chance = opinion.audit_chance});
  }

  Status AddRow(const TargetPoint& point) {
    const Result<bool> added = points_.Add(point.episode, point.step);
    if (!added) return added.error();
    LabelCounts& counts = derived_.counts;
    ++(!*added          ? counts.unobserved
       : !point.marked  ? counts.unmarked
       : point.unsafe() ? counts.unsafe
                        : counts.safe);
    if (*added) derived_.labels.points.push_back(point);
    return {};
  }

  // Nothing if any step is not recorded.
  Result<std::optional<TargetPair::Steps>> AddSegment(const Segment& segment) {
    const int begin = pairs_.count();
    for (StepIndex step = segment.first; step <= segment.last; ++step) {
      const Result<bool> added = pairs_.Add(segment.episode, step);
      if (!added) return added.error();
      if (!*added) return std::optional<TargetPair::Steps>{};
    }
    return std::optional(TargetPair::Steps{begin, pairs_.count() - begin});
  }

  const LabelRule& rule_;
  LabelColumns points_;
  LabelColumns pairs_;
  DerivedLabels derived_;
  std::map<std::string, int> silent_steps_;  // of each annotator, of the present episode
};

}  // namespace

Result<DerivedLabels> DeriveLabels(std::span<const FeedbackRecord> feedback, const LabelRule& rule,
                                   std::span<const std::pair<EpisodeId, StepIndex>> episode_lengths,
                                   int observation_dim, const ObservationLookup& observation_of,
                                   EpisodePlaces* places, const ActionLookup& action_of) {
  LOOKOUT_CHECK(rule.past.history >= 0 && (rule.past.action_dim == 0 || action_of),
                "a rule asks for actions that are looked up");
  StepOpinions opinions(episode_lengths, places);
  for (const FeedbackRecord& record : feedback) {
    if (const FeedbackKind* kind = KindOf(record)) kind->tell_targets(record, opinions);
  }
  opinions.FindViewed();
  const OpinionJoiner joiner(opinions, rule.annotators);
  const LabelLookups recorded{observation_dim, rule.past, observation_of, action_of};
  Collector collector(rule, recorded);
  for (const auto& [episode, of_episode] : opinions.steps()) {
    if (Status status = collector.AddEpisode(episode, of_episode, joiner); !status) {
      return status.error();
    }
  }
  for (const PairOpinion& pair : opinions.pairs()) {
    if (Status status = collector.AddPair(pair); !status) return status.error();
  }
  DerivedLabels derived = std::move(collector).Finish();
  derived.annotators = joiner.annotators();
  for (const AnnotatorRates& of : derived.annotators) {
    derived.labels.annotators.push_back(of.annotator);
  }
  return derived;
}

}  // namespace lookout::agents
