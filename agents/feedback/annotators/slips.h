// When a simulated annotator errs. One owner, one thread.
#pragma once

#include "agents/feedback/annotators/simulated_annotator.h"
#include "sim/base/random_state.h"

namespace lookout::agents {

// session: how much of the session is over, 0 to 1. Faults that are 0 draw nothing.
class Slips {
 public:
  Slips(const AnnotatorSettings& settings, double session, RandomState& random)
      : tiredness_(1.0 + settings.fatigue * session), random_(random) {}

  bool Happens(double rate) { return rate > 0.0 && random_.RandomSample() < tiredness_ * rate; }
  double Noise(double deviation) { return deviation > 0.0 ? deviation * random_.Normal() : 0.0; }
  // Another of the nine classes.
  DangerClass OtherClass(DangerClass danger) {
    return static_cast<DangerClass>(1 + (danger + random_.Choice(8)) % 9);
  }
  // How late a key goes down, >= 0.
  std::int64_t LagOf(const AnnotatorSettings& settings);
  // How late it goes up again, >= 0, if it went down `pressing` late.
  static std::int64_t ReleaseLagOf(const AnnotatorSettings& settings, std::int64_t pressing);

  double tiredness() const { return tiredness_; }  // what the rates of faults are multiplied by
  RandomState& random() { return random_; }

 private:
  double tiredness_;
  RandomState& random_;
};

}  // namespace lookout::agents
