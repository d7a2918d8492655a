#include "agents/feedback/kinds/intervention.h"

#include <fmt/format.h>

#include <algorithm>

#include "agents/feedback/kinds/content.h"

namespace lookout::agents {
namespace {

bool IsWeight(double weight) { return weight >= 0.0 && weight <= 1.0; }  // false for NaN

Status CheckIntervention(const Intervention& intervention) {
  if (intervention.first_step < 1 || intervention.last_step < intervention.first_step) {
    return BadInput(fmt::format("takes over steps {} to {}, which is not a span of driven steps",
                                intervention.first_step, intervention.last_step));
  }
  const InterventionRule& rule = intervention.rule;
  if (rule.lag_steps < 0 || rule.before_steps < 0) {
    return BadInput("counts steps before a take-over by a negative number");
  }
  if (!IsWeight(rule.unsafe_weight) || !IsWeight(rule.safe_weight)) {
    return BadInput("has a weight that is not from 0 to 1");
  }
  return {};
}

Status CheckInterventionRecord(const FeedbackRecord& record) {
  const Result<Intervention> intervention = InterventionOf(record);
  return intervention ? Status{} : Status(intervention.error());
}

void TellInterventionTargets(const FeedbackRecord& record, TargetSink& sink) {
  const Intervention intervention = InterventionOf(record).value();
  const InterventionRule& rule = intervention.rule;
  const Segment before = intervention.LedToIt();
  if (rule.unsafe_weight > 0.0 && before.last >= before.first) {
    sink.AddPoints(record, before, 1.0F, static_cast<float>(rule.unsafe_weight), 0);
  }
  if (rule.safe_weight > 0.0) {
    sink.AddPoints(record, {intervention.episode, intervention.first_step, intervention.last_step},
                   0.0F, static_cast<float>(rule.safe_weight), 0);
  }
}

std::string DescribeIntervention(const FeedbackRecord& record) {
  return InWords(InterventionOf(record).value());
}

Segment WhereIntervention(const FeedbackRecord& record) {
  const Intervention intervention = InterventionOf(record).value();
  return {intervention.episode, intervention.first_step, intervention.last_step};
}

}  // namespace

constexpr FeedbackKind kInterventionKind{.name = "intervention",
                                         .version = 1,
                                         .check = CheckInterventionRecord,
                                         .tell_targets = TellInterventionTargets,
                                         .in_words = DescribeIntervention,
                                         .where = WhereIntervention};

Segment Intervention::LedToIt() const {
  // The last of them is the step whose result the person saw, so the one before the first driven.
  const StepIndex seen = first_step - 1 - std::min(rule.lag_steps, first_step - 1);
  const bool any = rule.before_steps > 0 && rule.lag_steps < first_step;
  if (!any) return {episode, 0, -1};
  return {episode, seen - std::min(rule.before_steps - 1, seen), seen};
}

void SetContent(const Intervention& intervention, FeedbackRecord& record) {
  record.kind = kInterventionKind.name;
  record.version = kInterventionKind.version;
  record.content = EncodeContent(intervention);
  record.episodes = {intervention.episode};
}

Result<Intervention> InterventionOf(const FeedbackRecord& record) {
  if (KindOf(record) != &kInterventionKind) {
    return BadInput("is of kind '" + record.kind + "', no intervention");
  }
  if (record.episodes.size() != 1) {
    return BadInput(fmt::format("takes over {} episodes, expected one", record.episodes.size()));
  }
  Result<Intervention> intervention = DecodeContent<Intervention>(record);
  if (!intervention) return intervention.error();
  intervention->episode = record.episodes.front();
  if (Status sound = CheckIntervention(*intervention); !sound) return sound.error();
  return intervention;
}

std::string InWords(const Intervention& intervention) {
  return fmt::format("took over, steps {}\xE2\x80\x93{} of episode {}", intervention.first_step,
                     intervention.last_step, intervention.episode.value);
}

}  // namespace lookout::agents
