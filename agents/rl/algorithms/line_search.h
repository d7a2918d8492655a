// Backtracking line search (Schulman et al. 2015, appendix C): the full step, then ever shorter
// ones, until one is good enough. Any thread.
#pragma once

namespace lookout::agents {

struct LineSearchOutcome {
  int steps = 0;          // tried
  bool accepted = false;  // the last one tried
};

// accept(fraction): tries that fraction of the step and says whether it is good enough. Fractions
// are 1, shrink, shrink^2, ..., at most `most_steps` of them; 0 < shrink < 1.
template <typename Accept>
LineSearchOutcome SearchLine(double shrink, int most_steps, Accept&& accept) {
  LineSearchOutcome outcome;
  double fraction = 1.0;
  while (outcome.steps < most_steps && !outcome.accepted) {
    outcome.accepted = accept(fraction);
    ++outcome.steps;
    fraction *= shrink;
  }
  return outcome;
}

}  // namespace lookout::agents
