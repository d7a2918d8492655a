// Branch and bound over the box of a question: every part is proved, refuted by a counterexample
// that the model itself predicts, or left open. The caller's thread and a team of workers.
//
// Each round takes the parts with the worst bounds, splits each across the side that the prediction
// hangs on most (its length times the effect of its variable, Jansen 1999, from samples), bounds
// the halves and asks the model at the centre and the corners of what is not proved. Rounds have
// the same parts whatever the workers, so that the result is the same, unless the time runs out.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "agents/inspect/verification/scene.h"

namespace lookout::agents {

struct ProofSettings {
  std::int64_t cells = 200'000;  // bounded at most
  double seconds = std::numeric_limits<double>::infinity();
  int workers = 1;
  std::uint32_t seed = 0;  // of the samples
  int samples = 3000;      // of what stays open
  bool go_on = false;      // after a counterexample: how much of the box is proved?
};

enum class ProofAnswer : std::uint8_t { kProved, kCounterexample, kOpen };
std::span<const Choice<ProofAnswer>> Choices(ProofAnswer kind);

struct Counterexample {
  Point point;
  std::size_t root = 0;
  float probability = 0.0F;  // as the model predicts it
};

// Fresh points of what stayed open, uniform over its volume.
struct OpenSample {
  std::int64_t trials = 0;
  std::int64_t failures = 0;
  double most_failing = 1.0;  // share, with 95 % confidence at most (Clopper and Pearson 1934)
};

struct ProofResult {
  ProofAnswer answer = ProofAnswer::kOpen;
  std::int64_t cells = 0;  // bounded
  double proved = 0.0;     // shares of the volume that is not known to lie outside of the question;
  double refuted = 0.0;    // where the claim fails throughout; looked for with go_on alone
  double open = 0.0;       // together 1
  std::optional<Counterexample> worst;  // that was found
  std::optional<OpenSample> open_sample;
  double seconds = 0.0;
  bool out_of_time = false;  // then another run may end otherwise
  bool cancelled = false;
};

// How far a search has come.
struct ProofProgress {
  std::int64_t cells = 0;  // bounded
  double share = 0.0;      // of the cells that may be
  double proved = 0.0;     // shares of the volume as in ProofResult, as far as it is known
  double refuted = 0.0;
  double open = 1.0;
  double seconds = 0.0;
};
// Called between rounds; false stops the search.
using ProofWatcher = std::function<bool(const ProofProgress&)>;

ProofResult SearchProof(const Question& question, const Scene& scene, const ModelBounds& bounds,
                        const ProofSettings& settings, const ProofWatcher& watcher = {});

}  // namespace lookout::agents
