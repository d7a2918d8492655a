#include "agents/feedback/targets/label_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>

#include "agents/feedback/kinds/feedback_kind.h"
#include "agents/feedback/targets/joint_opinion.h"
#include "agents/feedback/targets/step_opinions.h"

namespace lookout::agents {
namespace {

constexpr std::size_t kMaxContradictions = 100;

// Who is sure can slip; a graded target is a probability already.
bool IsSure(const Voice& voice) { return voice.target == 0.0F || voice.target == 1.0F; }

std::string Percent(double rate) { return fmt::format("{} %", std::lround(100.0 * rate)); }

// Collects observations before their number is known.
class Columns {
 public:
  Columns(int dim, const ObservationLookup& observation_of)
      : dim_(dim), observation_of_(observation_of) {}

  // False if the step is not recorded or not finite. Rejects observations of another size.
  Result<bool> Add(EpisodeId episode, StepIndex step) {
    const std::span<const float> observation = observation_of_(episode, step);
    const auto finite = [](float value) { return std::isfinite(value); };
    if (observation.empty() || !std::ranges::all_of(observation, finite)) return false;
    if (observation.size() != static_cast<std::size_t>(dim_)) {
      return BadInput(
          fmt::format("Step {} of episode {} has an observation of {} values where the others have "
                      "{}; fit marks of one kind of environment at a time.",
                      step, episode.value, observation.size(), dim_));
    }
    values_.insert(values_.end(), observation.begin(), observation.end());
    return true;
  }
  int count() const { return static_cast<int>(values_.size()) / std::max(1, dim_); }
  void Shrink(int count) { values_.resize(static_cast<std::size_t>(count * dim_)); }

  Eigen::MatrixXf Matrix() const {
    return Eigen::Map<const Eigen::MatrixXf>(values_.data(), dim_, count());
  }

 private:
  int dim_;
  const ObservationLookup& observation_of_;
  std::vector<float> values_;
};

class Collector {
 public:
  Collector(int observation_dim, const LabelRule& rule, const ObservationLookup& observation_of)
      : rule_(rule),
        points_(observation_dim, observation_of),
        pairs_(observation_dim, observation_of) {}

  Status AddEpisode(EpisodeId episode, const OpinionsByAnnotator& opinions,
                    const OpinionJoiner& joiner) {
    const std::int64_t rows_before = derived_.labels.rows();
    silent_steps_.clear();
    const std::size_t steps = opinions.begin()->second.size();
    for (std::size_t i = 0; i < steps; ++i) {
      const JointOpinion joint = joiner.Join(opinions, i);
      const auto step = static_cast<StepIndex>(i);
      if (Status status = AddStep(episode, step, joint); !status) return status;
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
    derived_.labels.observations = points_.Matrix();
    derived_.labels.pair_observations = pairs_.Matrix();
    return std::move(derived_);
  }

 private:
  Status AddStep(EpisodeId episode, StepIndex step, const JointOpinion& joint) {
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
          Status status = AddRow({.target = voice.target,
                                  .weight = voice.weight,
                                  .episode = episode,
                                  .step = step,
                                  .source = voice.source,
                                  .annotator = IsSure(voice) ? voice.annotator : kNobody});
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
                   .marked = false});
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
  Columns points_;
  Columns pairs_;
  DerivedLabels derived_;
  std::map<std::string, int> silent_steps_;  // of each annotator, of the present episode
};

}  // namespace

Result<DerivedLabels> DeriveLabels(std::span<const FeedbackRecord> feedback, const LabelRule& rule,
                                   std::span<const std::pair<EpisodeId, StepIndex>> episode_lengths,
                                   int observation_dim, const ObservationLookup& observation_of,
                                   EpisodePlaces* places) {
  StepOpinions opinions(episode_lengths, places);
  for (const FeedbackRecord& record : feedback) {
    if (const FeedbackKind* kind = KindOf(record)) kind->tell_targets(record, opinions);
  }
  opinions.FindViewed();
  const OpinionJoiner joiner(opinions, rule.annotators);
  Collector collector(observation_dim, rule, observation_of);
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

std::string AnnotatorsInWords(const DerivedLabels& derived) {
  if (derived.annotators.size() < 2) return {};
  std::string text = fmt::to_string(derived.annotators.size());
  if (std::isnan(derived.annotators.front().hit_rate)) {
    text += " annotators count alike, each by slips of their own";
  } else {
    text += " annotators count by how often they err (Dawid-Skene)";
    for (const AnnotatorRates& rates : derived.annotators) {
      text += ", " + rates.annotator + " finding " + Percent(rates.hit_rate) +
              " of what is unsafe with " + Percent(rates.false_alarm_rate) + " false alarms";
    }
  }
  if (derived.annotators.size() == 2 && !std::isnan(derived.annotators.front().hit_rate)) {
    text += " (two alone cannot show which of them errs: a third would)";
  }
  return fmt::format("{}; on {} steps they disagree.", text, derived.counts.disputed);
}

}  // namespace lookout::agents
