// What the opinions of several annotators about one step come to. Value types; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/kinds/danger_classes.h"
#include "agents/feedback/targets/dawid_skene.h"
#include "agents/feedback/targets/step_opinions.h"
#include "sim/base/choices.h"

namespace lookout::agents {

// How annotators who disagree are weighed against each other.
enum class AnnotatorWeighting : std::uint8_t {
  kEqual,       // the mean of what they say
  kDawidSkene,  // by how often each errs, see dawid_skene.h; a single annotator is taken at their
                // word
};
std::span<const Choice<AnnotatorWeighting>> Choices(AnnotatorWeighting);

// What is assumed of an annotator.
struct AnnotatorRates {
  std::string annotator;
  std::int64_t steps = 0;         // that they call unsafe or safe
  double hit_rate = 0.0;          // NaN unless estimated
  double false_alarm_rate = 0.0;  // likewise
};

inline constexpr std::int32_t kNobody = -1;

// What one annotator's records about a step come to.
struct Voice {
  std::int32_t annotator = kNobody;  // by OpinionJoiner::annotators; kNobody: of all together
  float target = 0.0F;               // the probability of unsafe
  float weight = 0.0F;
  MarkId source;
  DangerSet dangers = 0;  // that their unsafe records call it
};

struct JointOpinion {
  enum class Kind : std::uint8_t { kNone, kUnsure, kContradiction, kTarget };
  Kind kind = Kind::kNone;
  std::vector<Voice> voices;  // of kTarget
  float target() const;       // their mean by weight: the probability of unsafe
  bool disputed = false;      // some say unsafe and some safe
  MarkId unsafe_mark;         // of kContradiction
  MarkId safe_mark;
};

class OpinionJoiner {
 public:
  OpinionJoiner(const StepOpinions& opinions, AnnotatorWeighting weighting);

  // Annotators whose own records contradict each other about the step, or say that they are not
  // sure, have no say in it; if there is nobody else, the step is a contradiction or unsure. Each
  // annotator's voice is the worst of those of their records that have the greatest weight, as a
  // step with several dangers is as bad as its worst. They stay apart, so that each can be held for
  // erring in their own way; but with Dawid and Skene they become one: the targets of those who say
  // unsafe and safe by the probability of either, with the greatest weight. step: of the episode's
  // recording.
  JointOpinion Join(const OpinionsByAnnotator& episode, std::size_t step) const;

  // Which of `annotators` it is; kNobody if they never have a say, or with Dawid and Skene.
  std::int32_t VoiceOf(const std::string& annotator) const;
  // By name.
  const std::vector<AnnotatorRates>& annotators() const { return annotators_; }
  bool uses_dawid_skene() const { return !model_.hit_rates.empty(); }

 private:
  struct Sides;
  void Learn(const StepOpinions& opinions);
  Voice OfAll(std::span<const Voice> voices, const Sides& sides, const OpinionsByAnnotator& episode,
              std::size_t step) const;
  std::size_t IndexOf(const std::string& annotator) const;

  std::vector<AnnotatorRates> annotators_;
  DawidSkene model_;
};

}  // namespace lookout::agents
