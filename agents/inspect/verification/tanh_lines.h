// Straight lines below and above tanh on an interval (Zhang et al. 2018, "Efficient neural network
// robustness certification with general activation functions", section 3.2). Pure; any thread.
#pragma once

namespace lookout::agents {

// lower_slope z + lower_offset <= tanh z <= upper_slope z + upper_offset on the interval.
struct TanhLines {
  double lower_slope = 0.0;
  double lower_offset = 0.0;
  double upper_slope = 0.0;
  double upper_offset = 0.0;
};

// low <= high, both finite. Each line is further out than exact arithmetic has it by 1e-12, which
// is more than float64 rounds it by.
TanhLines LinesOfTanh(double low, double high);

}  // namespace lookout::agents
