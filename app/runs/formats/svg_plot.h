// Line plots as self-contained SVG: axes with round ticks, a legend, confidence bands, dashed
// reference lines. Value types; any thread.
#pragma once

#include <string>
#include <vector>

namespace lookout::app {

struct SvgLine {
  std::string label;  // lines of the same label have the same colour in every panel
  std::vector<double> x;
  std::vector<double> y;      // NaN interrupts the line
  std::vector<double> faint;  // drawn thinly behind it, e.g. before smoothing; may be empty
  std::vector<double> low;    // of a band around it; both may be empty
  std::vector<double> high;
  bool ends_in_dot = false;  // for a path whose direction x does not tell
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
  std::vector<SvgLine> lines;
};

// The rows of panels below one another under one title, with one legend of all labels.
std::string SvgFigure(const std::string& title, const std::vector<std::vector<SvgPanel>>& rows);

// The round numbers that divide [low, high] into about `count` parts.
std::vector<double> RoundTicks(double low, double high, int count);

}  // namespace lookout::app
