// Line plots as self-contained SVG: axes with round ticks, a legend, dashed reference lines.
// Value types; any thread.
#pragma once

#include <string>
#include <vector>

namespace lookout::app {

struct SvgLine {
  std::string label;
  std::vector<double> x;
  std::vector<double> y;  // NaN interrupts the line
};

struct SvgReference {
  std::string label;
  double y = 0.0;
};

struct SvgPanel {
  std::string title;
  std::string x_label;
  std::string y_label;
  std::vector<SvgReference> references;
  std::vector<SvgLine> lines;  // the k-th line of every panel has the k-th colour
};

// The panels side by side under one title, with one legend of the first panel's labels. Each line
// is drawn faintly as it is and boldly as its moving average.
std::string SvgFigure(const std::string& title, const std::vector<SvgPanel>& panels);

// The round numbers that divide [low, high] into about `count` parts.
std::vector<double> RoundTicks(double low, double high, int count);

// The centred moving average over 2 * reach + 1 points, fewer at the ends; NaN points are skipped.
std::vector<double> MovingAverage(const std::vector<double>& values, int reach);

}  // namespace lookout::app
