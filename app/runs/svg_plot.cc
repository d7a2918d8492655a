#include "app/runs/svg_plot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

namespace lookout::app {
namespace {

// Okabe and Ito 2008: told apart with every common kind of colour vision. Each line also has a
// dash pattern of its own, so colour is never the only sign.
constexpr std::array kColours{"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                              "#e69f00", "#56b4e9", "#000000"};
constexpr std::array kDashes{"none", "9 3", "2 3", "9 3 2 3"};

constexpr double kPanelWidth = 400;
constexpr double kPanelHeight = 250;
constexpr double kLeft = 64;
constexpr double kTop = 78;
constexpr double kGap = 76;
constexpr double kBottom = 52;
constexpr double kRight = 24;
constexpr double kSmoothedShare = 0.02;  // of a line's points, on either side

struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void Include(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  void Settle() {
    if (!(low <= high)) *this = {0.0, 1.0};
    if (low == high) high = low + 1.0;
  }
};

template <typename... Values>
void Print(std::string& out, const char* format, Values... values) {
  std::array<char, 512> text{};
  std::snprintf(text.data(), text.size(), format, values...);
  out += text.data();
}

std::string Escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return out;
}

void Text(std::string& out, double x, double y, const char* style, const std::string& text) {
  Print(out, "<text x=\"%.1f\" y=\"%.1f\" %s>", x, y, style);
  out += Escaped(text) + "</text>\n";
}

std::string TickText(double value, double step) {
  const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 6);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.*f", decimals, value == 0.0 ? 0.0 : value);
  return text.data();
}

// One panel being drawn: data coordinates to page coordinates.
class PanelPainter {
 public:
  PanelPainter(const SvgPanel& panel, double left, std::string& out)
      : panel_(panel), left_(left), out_(out) {
    for (const SvgLine& line : panel.lines) {
      for (const double x : line.x) x_.Include(x);
      for (const double y : line.y) y_.Include(y);
    }
    for (const SvgReference& reference : panel.references) y_.Include(reference.y);
    x_.Settle();
    y_.Settle();
    const double margin = 0.06 * (y_.high - y_.low);
    if (y_.low != 0.0) y_.low -= margin;
    y_.high += margin;
  }

  void Paint() {
    PaintAxes();
    for (const SvgReference& reference : panel_.references) PaintReference(reference);
    for (std::size_t i = 0; i < panel_.lines.size(); ++i) PaintLine(panel_.lines[i], i);
  }

 private:
  double PageX(double x) const { return left_ + (x - x_.low) / (x_.high - x_.low) * kPanelWidth; }
  double PageY(double y) const {
    return kTop + kPanelHeight - (y - y_.low) / (y_.high - y_.low) * kPanelHeight;
  }

  void PaintAxes() {
    Text(out_, left_, kTop - 12, "class=\"panel\"", panel_.title);
    const std::vector<double> y_ticks = RoundTicks(y_.low, y_.high, 5);
    const double y_step = y_ticks.size() > 1 ? y_ticks[1] - y_ticks[0] : 1.0;
    for (const double y : y_ticks) {
      Print(out_, "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n", left_,
            PageY(y), left_ + kPanelWidth, PageY(y));
      Text(out_, left_ - 8, PageY(y) + 4, "class=\"tick\" text-anchor=\"end\"",
           TickText(y, y_step));
    }
    const std::vector<double> x_ticks = RoundTicks(x_.low, x_.high, 5);
    const double x_step = x_ticks.size() > 1 ? x_ticks[1] - x_ticks[0] : 1.0;
    for (const double x : x_ticks) {
      Text(out_, PageX(x), kTop + kPanelHeight + 18, "class=\"tick\" text-anchor=\"middle\"",
           TickText(x, x_step));
    }
    Print(out_, "<line class=\"axis\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n", left_,
          kTop + kPanelHeight, left_ + kPanelWidth, kTop + kPanelHeight);
    Text(out_, left_ + kPanelWidth / 2, kTop + kPanelHeight + 38,
         "class=\"label\" text-anchor=\"middle\"", panel_.x_label);
    std::string turned = "class=\"label\" text-anchor=\"middle\" ";
    Print(turned, "transform=\"rotate(-90 %.1f %.1f)\"", left_ - 44, kTop + kPanelHeight / 2);
    Text(out_, left_ - 44, kTop + kPanelHeight / 2, turned.c_str(), panel_.y_label);
  }

  void PaintReference(const SvgReference& reference) {
    const double y = PageY(reference.y);
    Print(out_, "<line class=\"limit\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n", left_,
          y, left_ + kPanelWidth, y);
    Text(out_, left_ + kPanelWidth - 4, y - 6, "class=\"limit-label\" text-anchor=\"end\"",
         reference.label);
  }

  void PaintLine(const SvgLine& line, std::size_t index) {
    const char* colour = kColours[index % kColours.size()];
    Print(out_, "<path fill=\"none\" stroke=\"%s\" stroke-opacity=\"0.28\" d=\"", colour);
    PaintPath(line.x, line.y);
    Print(out_,
          "<path fill=\"none\" stroke=\"%s\" stroke-width=\"2.4\" stroke-linejoin=\"round\" "
          "stroke-dasharray=\"%s\" d=\"",
          colour, kDashes[index % kDashes.size()]);
    const int reach = static_cast<int>(std::lround(kSmoothedShare * double(line.y.size())));
    PaintPath(line.x, MovingAverage(line.y, reach));
  }

  void PaintPath(const std::vector<double>& x, const std::vector<double>& y) {
    bool is_pen_down = false;
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
      if (!std::isfinite(x[i]) || !std::isfinite(y[i])) {
        is_pen_down = false;
        continue;
      }
      Print(out_, "%s%.1f %.1f", is_pen_down ? "L" : "M", PageX(x[i]), PageY(y[i]));
      is_pen_down = true;
    }
    out_ += "\"/>\n";
  }

  const SvgPanel& panel_;
  double left_;
  std::string& out_;
  Range x_;
  Range y_;
};

void PaintLegend(const SvgPanel& panel, double width, std::string& out) {
  constexpr double kCharacterWidth = 7.0;
  constexpr double kSampleWidth = 46.0;
  double total = 0.0;
  for (const SvgLine& line : panel.lines) {
    total += kSampleWidth + kCharacterWidth * double(line.label.size()) + 16.0;
  }
  double x = std::max(kLeft, width - kRight - total);
  for (std::size_t i = 0; i < panel.lines.size(); ++i) {
    Print(out,
          "<line x1=\"%.1f\" y1=\"28\" x2=\"%.1f\" y2=\"28\" stroke=\"%s\" stroke-width=\"2.4\" "
          "stroke-dasharray=\"%s\"/>\n",
          x, x + 34, kColours[i % kColours.size()], kDashes[i % kDashes.size()]);
    Text(out, x + 42, 32, "class=\"label\"", panel.lines[i].label);
    x += kSampleWidth + kCharacterWidth * double(panel.lines[i].label.size()) + 16.0;
  }
}

}  // namespace

std::vector<double> RoundTicks(double low, double high, int count) {
  const double rough = (high - low) / count;
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  const double part = rough / power;
  const double step = power * (part < 1.5 ? 1.0 : part < 3.5 ? 2.0 : part < 7.5 ? 5.0 : 10.0);
  std::vector<double> ticks;
  for (double k = std::ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; ++k) {
    ticks.push_back(k * step);
  }
  return ticks;
}

std::vector<double> MovingAverage(const std::vector<double>& values, int reach) {
  const int n = static_cast<int>(values.size());
  std::vector<double> averages(values.size());
  for (int i = 0; i < n; ++i) {
    double sum = 0.0;
    int count = 0;
    for (int k = std::max(0, i - reach); k <= std::min(n - 1, i + reach); ++k) {
      if (!std::isfinite(values[k])) continue;
      sum += values[k];
      ++count;
    }
    averages[i] = count > 0 ? sum / count : std::numeric_limits<double>::quiet_NaN();
  }
  return averages;
}

std::string SvgFigure(const std::string& title, const std::vector<SvgPanel>& panels) {
  const auto count = static_cast<double>(panels.size());
  const double width = kLeft + count * kPanelWidth + std::max(0.0, count - 1) * kGap + kRight;
  const double height = kTop + kPanelHeight + kBottom;
  std::string out;
  Print(out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" "
        "viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n",
        width, height, width, height);
  out += "<title>" + Escaped(title) + "</title>\n";
  out +=
      "<style>text{font-family:Inter,'Helvetica Neue',Arial,sans-serif;fill:#1f2933}"
      ".title{font-size:16px;font-weight:600}.panel{font-size:13px;font-weight:600}"
      ".label{font-size:12px}.tick{font-size:11px;fill:#52606d}"
      ".grid{stroke:#e4e7eb}.axis{stroke:#9aa5b1}"
      ".limit{stroke:#1f2933;stroke-width:1.4;stroke-dasharray:6 4}"
      ".limit-label{font-size:11px;font-weight:600}</style>\n";
  Print(out, "<rect width=\"%.0f\" height=\"%.0f\" rx=\"8\" fill=\"#ffffff\"/>\n", width, height);
  Text(out, 20, 33, "class=\"title\"", title);
  double left = kLeft;
  for (const SvgPanel& panel : panels) {
    PanelPainter(panel, left, out).Paint();
    left += kPanelWidth + kGap;
  }
  if (!panels.empty()) PaintLegend(panels.front(), width, out);
  return out + "</svg>\n";
}

}  // namespace lookout::app
