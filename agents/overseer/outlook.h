// How an action and the fallback after it turn out. A value type.
#pragma once

namespace lookout::agents {

struct Outlook {
  bool is_free = true;        // of cost, and at the end so far from it that the rest will be too
  bool is_unsure = false;     // of a guess: it comes near what it stands at or has to touch
  int cost_steps = 0;         // steps that cost something
  int steps_to_cost = 0;      // of the first one, or of an end too near one, from 1; 0: none
  int object = -1;            // in scene().objects, what it meets first; -1: it is not known
  double probability = -1.0;  // of the cost model there, where it decided
  double clearance_m = 0.0;   // from what costs, at the end; of what is not free
  // From what costs by distance, there and where it then coasts to; of what is not free.
  double rest_gap_m = 0.0;

  // A step costs, at `meets` of scene().objects or -1.
  void NoteCost(int step, int meets) {
    ++cost_steps;
    NoteNearEnd(step, meets);
  }
  // It costs nothing, but ends too near something.
  void NoteNearEnd(int step, int meets) {
    is_free = false;
    if (steps_to_cost != 0) return;
    steps_to_cost = step;
    object = meets;
  }
};

}  // namespace lookout::agents
