// Krippendorff's alpha for several annotators, per step and for spans on a continuum (1995), kept
// episode by episode so that a bootstrap over episodes only adds up. Value types; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agents/feedback/agreement/span_match.h"

namespace lookout::agents {

// The values of some steps, each counted 1/(m - 1) times as one of the m(m - 1) ordered pairs that
// m annotators make. Steps with fewer than two values say nothing.
struct Coincidences {
  double unsafe_unsafe = 0.0;
  double unsafe_safe = 0.0;  // and as many the other way round
  double safe_safe = 0.0;

  void AddStep(int unsafe, int safe);
  Coincidences& AddTimes(const Coincidences& other, double times);
};

// Nominal: 1 - (n - 1) o_us / (n_u n_s). NaN if only one of the two values occurs.
double NominalAlpha(const Coincidences& coincidences);

// alpha_U of the spans that annotators call unsafe. Each episode is a continuum of its own; they
// are laid end to end, and no gap between spans reaches over an end.
class UnitisedAlpha {
 public:
  // spans_by_annotator: of those who spoke of the episode, at least two; ascending and apart, each
  // ending before `steps`.
  void AddEpisode(StepIndex steps, std::span<const std::vector<StepSpan>> spans_by_annotator);
  // An episode in which fewer than two annotators can be compared: it adds nothing.
  void AddNothing();
  // Once all episodes are there.
  void Finish();

  // 1 - D_o / D_e, with the k-th episode counted weights[k] times; NaN without spans.
  double Of(std::span<const std::uint16_t> weights) const;

 private:
  struct Episode {
    double length = 0.0;
    double annotated_length = 0.0;  // times the number of annotators
    double observed = 0.0;          // sum of squared differences over ordered pairs / (m (m - 1))
  };
  struct Unit {
    double length = 0.0;
    int episode = 0;
    std::size_t first_gap = 0;  // the first of gaps_ that it fits into
  };
  struct Gap {
    double length = 0.0;
    int episode = 0;
  };

  std::vector<Episode> episodes_;
  std::vector<Unit> units_;
  std::vector<Gap> gaps_;  // by length, ascending
};

}  // namespace lookout::agents
