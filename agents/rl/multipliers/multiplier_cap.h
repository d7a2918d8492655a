// How high a multiplier may go, and what happens to what it sums up while it is there. A value; any
// thread.
#pragma once

#include <limits>

namespace lookout::agents {

// A limit that no behaviour meets drives lambda up without end, and with it the integral: should
// the limit become reachable, lambda would stay up for as long as it had risen. Stooke, Achiam and
// Abbeel 2020 bound the integral below, by 0; this bounds it above as well, as is usual for
// controllers whose actuator saturates (Astrom and Hagglund 2006, section 3.5).
struct MultiplierCap {
  double highest = std::numeric_limits<double>::infinity();  // of lambda, > 0
  bool anti_windup = true;  // while lambda is there and the cost above the limit, nothing sums up
};

}  // namespace lookout::agents
