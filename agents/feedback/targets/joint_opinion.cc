#include "agents/feedback/targets/joint_opinion.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <utility>

namespace lookout::agents {
namespace {

constexpr std::array kWeightings{
    Choice<AnnotatorWeighting>{AnnotatorWeighting::kEqual, "equal"},
    Choice<AnnotatorWeighting>{AnnotatorWeighting::kDawidSkene, "dawid-skene"}};

// Somebody who is sure and of one mind.
bool HasSay(const Opinion& opinion) {
  return !(opinion.unsafe && opinion.safe) && !opinion.unsure && opinion.weight > 0.0F;
}

MarkId SourceOf(const Opinion& opinion) { return opinion.unsafe ? *opinion.unsafe : *opinion.safe; }

std::int8_t VoteOf(const Opinion& opinion) {
  if (!HasSay(opinion)) return kNoVote;
  return opinion.unsafe ? kUnsafeVote : kSafeVote;
}

// What is left where nobody has a say.
void AddSilent(const Opinion& opinion, JointOpinion& joint) {
  if (opinion.unsafe && opinion.safe) {
    joint.kind = JointOpinion::Kind::kContradiction;
    joint.unsafe_mark = *opinion.unsafe;
    joint.safe_mark = *opinion.safe;
  } else if (opinion.unsure && joint.kind == JointOpinion::Kind::kNone) {
    joint.kind = JointOpinion::Kind::kUnsure;
  }
}

}  // namespace

std::span<const Choice<AnnotatorWeighting>> Choices(AnnotatorWeighting) { return kWeightings; }

// Mean targets of those who say unsafe and of those who say safe.
struct OpinionJoiner::Sides {
  double unsafe = 0.0;
  double unsafe_weight = 0.0;
  double safe = 0.0;
  double safe_weight = 0.0;

  void Add(const Opinion& opinion) {
    const double weight = opinion.weight;
    (opinion.unsafe ? unsafe : safe) += weight * double(opinion.target);
    (opinion.unsafe ? unsafe_weight : safe_weight) += weight;
  }
  double By(double probability) const {
    const double if_unsafe = unsafe_weight > 0.0 ? unsafe / unsafe_weight : 1.0;
    const double if_safe = safe_weight > 0.0 ? safe / safe_weight : 0.0;
    return probability * if_unsafe + (1.0 - probability) * if_safe;
  }
};

OpinionJoiner::OpinionJoiner(const StepOpinions& opinions, AnnotatorWeighting weighting) {
  constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();
  std::map<std::string, std::int64_t> steps;
  for (const auto& [episode, by_annotator] : opinions.steps()) {
    for (const auto& [name, of_episode] : by_annotator) {
      steps[name] += std::ranges::count_if(of_episode, HasSay);
    }
  }
  for (const auto& [name, count] : steps) {
    if (count > 0) annotators_.push_back({name, count, kNotKnown, kNotKnown});
  }
  if (weighting == AnnotatorWeighting::kDawidSkene && annotators_.size() >= 2) Learn(opinions);
}

void OpinionJoiner::Learn(const StepOpinions& opinions) {
  std::map<std::vector<std::int8_t>, std::int64_t> counts;
  std::vector<std::int8_t> votes;
  for (const auto& [episode, by_annotator] : opinions.steps()) {
    const std::size_t steps = by_annotator.begin()->second.size();
    for (std::size_t step = 0; step < steps; ++step) {
      votes.assign(annotators_.size(), kNoVote);
      for (const auto& [name, of_episode] : by_annotator) {
        const std::int8_t vote = VoteOf(of_episode[step]);
        if (vote != kNoVote) votes[IndexOf(name)] = vote;
      }
      const bool anybody = std::ranges::any_of(votes, [](int vote) { return vote != kNoVote; });
      if (anybody) ++counts[votes];
    }
  }
  std::vector<VotePattern> patterns;
  for (const auto& [pattern, steps] : counts) patterns.push_back({pattern, steps});
  model_ = FitDawidSkene(patterns, annotators_.size());
  for (std::size_t i = 0; i < annotators_.size(); ++i) {
    annotators_[i].hit_rate = model_.hit_rates[i];
    annotators_[i].false_alarm_rate = model_.false_alarm_rates[i];
  }
}

std::size_t OpinionJoiner::IndexOf(const std::string& annotator) const {
  const auto found =
      std::ranges::lower_bound(annotators_, annotator, {}, &AnnotatorRates::annotator);
  return static_cast<std::size_t>(found - annotators_.begin());
}

std::int32_t OpinionJoiner::VoiceOf(const std::string& annotator) const {
  const std::size_t index = IndexOf(annotator);
  const bool known = index < annotators_.size() && annotators_[index].annotator == annotator;
  return known && !uses_dawid_skene() ? static_cast<std::int32_t>(index) : kNobody;
}

float JointOpinion::target() const {
  float sum = 0.0F;
  float weights = 0.0F;
  for (const Voice& voice : voices) {
    sum += voice.weight * voice.target;
    weights += voice.weight;
  }
  return sum / weights;
}

JointOpinion OpinionJoiner::Join(const OpinionsByAnnotator& episode, std::size_t step) const {
  JointOpinion joint;
  std::vector<Voice> voices;
  Sides sides;
  for (const auto& [name, of_episode] : episode) {
    const Opinion& opinion = of_episode[step];
    if (!HasSay(opinion)) {
      AddSilent(opinion, joint);
      continue;
    }
    sides.Add(opinion);
    voices.push_back({.annotator = static_cast<std::int32_t>(IndexOf(name)),
                      .target = opinion.target,
                      .weight = opinion.weight,
                      .source = SourceOf(opinion),
                      .dangers = opinion.dangers});
  }
  if (voices.empty()) return joint;
  joint = {.kind = JointOpinion::Kind::kTarget, .voices = std::move(voices)};
  joint.disputed = sides.unsafe_weight > 0.0 && sides.safe_weight > 0.0;
  if (uses_dawid_skene()) joint.voices = {OfAll(joint.voices, sides, episode, step)};
  return joint;
}

Voice OpinionJoiner::OfAll(std::span<const Voice> voices, const Sides& sides,
                           const OpinionsByAnnotator& episode, std::size_t step) const {
  std::vector<std::int8_t> votes(annotators_.size(), kNoVote);
  for (const auto& [name, of_episode] : episode) {
    const std::int8_t vote = VoteOf(of_episode[step]);
    if (vote != kNoVote) votes[IndexOf(name)] = vote;
  }
  Voice all{.target = static_cast<float>(sides.By(model_.UnsafeProbability(votes)))};
  const auto leans = [&](const Voice& voice) {
    return (voice.target >= 0.5F) == (all.target >= 0.5F);
  };
  const auto first = std::ranges::find_if(voices, leans);
  all.source = first == voices.end() ? voices.front().source : first->source;
  for (const Voice& voice : voices) {
    all.weight = std::max(all.weight, voice.weight);
    all.dangers = static_cast<DangerSet>(all.dangers | voice.dangers);
  }
  return all;
}

}  // namespace lookout::agents
