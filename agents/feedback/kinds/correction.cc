#include "agents/feedback/kinds/correction.h"

#include <fmt/format.h>

#include <algorithm>

#include "agents/feedback/kinds/content.h"

namespace lookout::agents {
namespace {

bool IsDrive(double drive) { return drive >= -1.0 && drive <= 1.0; }  // false for NaN

Status CheckCorrection(const Correction& correction) {
  if (correction.step < 0 || correction.held_steps < 1) {
    return BadInput(
        fmt::format("corrects step {} for {} steps", correction.step, correction.held_steps));
  }
  if (!IsSpan(correction.agents) || !IsSpan(correction.persons)) {
    return BadInput("corrects by futures that are not spans");
  }
  if (!IsDrive(correction.forward) || !IsDrive(correction.turn)) {
    return BadInput("drives by a number that is not from -1 to 1");
  }
  if (!(correction.strength > 0.0 && correction.strength <= kMostPairStrength)) {
    return BadInput("has a strength that is not above 0 and at most 10");
  }
  if (!(correction.unsafe_weight >= 0.0 && correction.unsafe_weight <= 1.0)) {
    return BadInput("has a weight that is not from 0 to 1");
  }
  return {};
}

Status CheckCorrectionRecord(const FeedbackRecord& record) {
  const Result<Correction> correction = CorrectionOf(record);
  return correction ? Status{} : Status(correction.error());
}

void TellCorrectionTargets(const FeedbackRecord& record, TargetSink& sink) {
  const Correction correction = CorrectionOf(record).value();
  sink.AddPair(record, correction.persons, correction.agents, 1.0F,
               static_cast<float>(correction.strength));
  if (correction.unsafe_weight <= 0.0) return;
  const Segment reached{correction.agents.episode, correction.agents.first,
                        correction.agents.first};
  sink.AddPoints(record, reached, 1.0F, static_cast<float>(correction.unsafe_weight), 0);
}

std::string DescribeCorrection(const FeedbackRecord& record) {
  return InWords(CorrectionOf(record).value());
}

Segment WhereCorrection(const FeedbackRecord& record) {
  const Correction correction = CorrectionOf(record).value();
  return {correction.episode, correction.step, correction.step};
}

// Of a drive command: "forward", "back", or nothing.
std::string_view Word(double drive, std::string_view plus, std::string_view minus) {
  constexpr double kNothing = 0.05;
  if (drive > kNothing) return plus;
  return drive < -kNothing ? minus : std::string_view();
}

}  // namespace

constexpr FeedbackKind kCorrectionKind{.name = "correction",
                                       .version = 1,
                                       .check = CheckCorrectionRecord,
                                       .tell_targets = TellCorrectionTargets,
                                       .in_words = DescribeCorrection,
                                       .where = WhereCorrection};

void SetContent(const Correction& correction, FeedbackRecord& record) {
  record.kind = kCorrectionKind.name;
  record.version = kCorrectionKind.version;
  record.content = EncodeContent(correction);
  record.episodes = {correction.episode};
  for (const EpisodeId id : {correction.agents.episode, correction.persons.episode}) {
    if (std::ranges::count(record.episodes, id) == 0) record.episodes.push_back(id);
  }
}

Result<Correction> CorrectionOf(const FeedbackRecord& record) {
  if (KindOf(record) != &kCorrectionKind) {
    return BadInput("is of kind '" + record.kind + "', no correction");
  }
  Result<Correction> correction = DecodeContent<Correction>(record);
  if (!correction) return correction.error();
  if (Status sound = CheckCorrection(*correction); !sound) return sound.error();
  return correction;
}

std::string InWords(const Correction& correction) {
  const std::string_view forward = Word(correction.forward, "forward", "back");
  const std::string_view turn = Word(correction.turn, "turning left", "turning right");
  std::string how(forward);
  if (!forward.empty() && !turn.empty()) how += ", ";
  how += turn;
  return fmt::format("corrected step {} of episode {}: {}", correction.step,
                     correction.episode.value, how.empty() ? "stop" : how);
}

}  // namespace lookout::agents
