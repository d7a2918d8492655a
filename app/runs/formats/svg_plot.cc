#include "app/runs/formats/svg_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

#include "app/runs/formats/svg_writer.h"

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
constexpr double kRowGap = 92;
constexpr double kBottom = 52;
constexpr double kRight = 24;
constexpr double kCharacterWidth = 7.0;  // of the legend, about

constexpr std::string_view kStyle =
    "<style>text{font-family:Inter,'Helvetica Neue',Arial,sans-serif;fill:#1f2933}"
    ".title{font-size:16px;font-weight:600}.panel{font-size:13px;font-weight:600}"
    ".label{font-size:12px}.tick{font-size:11px;fill:#52606d}"
    ".grid{stroke:#e4e7eb}.axis{stroke:#9aa5b1}"
    ".limit{stroke:#1f2933;stroke-width:1.4;stroke-dasharray:6 4}"
    ".limit-label{font-size:11px;font-weight:600}</style>\n";

using Labels = std::vector<std::string>;

struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void Include(const std::vector<double>& values) {
    for (const double value : values) Include(value);
  }
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

std::string TickText(double value, double step) {
  const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 6);
  return fmt::format("{:.{}f}", value == 0.0 ? 0.0 : value, decimals);
}

std::size_t IndexOf(const Labels& labels, const std::string& label) {
  return std::size_t(std::ranges::find(labels, label) - labels.begin());
}

std::string Stroke(std::size_t index) {
  return fmt::format("stroke=\"{}\" stroke-width=\"2.4\" stroke-dasharray=\"{}\"",
                     kColours[index % kColours.size()], kDashes[index % kDashes.size()]);
}

// One panel being drawn: data coordinates to page coordinates.
class PanelPainter {
 public:
  PanelPainter(const SvgPanel& panel, const Labels& labels, SvgPoint corner, SvgWriter& out)
      : panel_(panel), labels_(labels), left_(corner.x), top_(corner.y), out_(out) {
    for (const SvgLine& line : panel.lines) {
      x_.Include(line.x);
      for (const auto* values : {&line.y, &line.faint, &line.low, &line.high}) y_.Include(*values);
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
    for (const SvgLine& line : panel_.lines) PaintBehind(line);
    for (const SvgLine& line : panel_.lines) {
      out_.Path(Points(line.x, line.y),
                Stroke(IndexOf(labels_, line.label)) + " stroke-linejoin=\"round\"");
      if (line.ends_in_dot && !line.x.empty()) PaintDot(line);
    }
  }

 private:
  double PageX(double x) const { return left_ + (x - x_.low) / (x_.high - x_.low) * kPanelWidth; }
  double PageY(double y) const {
    return top_ + kPanelHeight - (y - y_.low) / (y_.high - y_.low) * kPanelHeight;
  }
  std::vector<SvgPoint> Points(const std::vector<double>& x, const std::vector<double>& y) const {
    std::vector<SvgPoint> points;
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
      points.push_back({PageX(x[i]), PageY(y[i])});
    }
    return points;
  }

  void PaintAxes() {
    const double bottom = top_ + kPanelHeight;
    const double right = left_ + kPanelWidth;
    out_.Text({left_, top_ - 12}, "class=\"panel\"", panel_.title);
    const std::vector<double> y_ticks = RoundTicks(y_.low, y_.high, 5);
    const double y_step = y_ticks.size() > 1 ? y_ticks[1] - y_ticks[0] : 1.0;
    for (const double y : y_ticks) {
      out_.Line({left_, PageY(y)}, {right, PageY(y)}, "class=\"grid\"");
      out_.Text({left_ - 8, PageY(y) + 4}, "class=\"tick\" text-anchor=\"end\"",
                TickText(y, y_step));
    }
    const std::vector<double> x_ticks = RoundTicks(x_.low, x_.high, 5);
    const double x_step = x_ticks.size() > 1 ? x_ticks[1] - x_ticks[0] : 1.0;
    for (const double x : x_ticks) {
      out_.Text({PageX(x), bottom + 18}, "class=\"tick\" text-anchor=\"middle\"",
                TickText(x, x_step));
    }
    out_.Line({left_, bottom}, {right, bottom}, "class=\"axis\"");
    out_.Text({left_ + kPanelWidth / 2, bottom + 38}, "class=\"label\" text-anchor=\"middle\"",
              panel_.x_label);
    const SvgPoint side{left_ - 44, top_ + kPanelHeight / 2};
    out_.Text(side,
              fmt::format(
                  "class=\"label\" text-anchor=\"middle\" transform=\"rotate(-90 {:.1f} {:.1f})\"",
                  side.x, side.y),
              panel_.y_label);
  }

  void PaintDot(const SvgLine& line) {
    out_.Dot({PageX(line.x.back()), PageY(line.y.back())},
             fmt::format("fill=\"{}\"", kColours[IndexOf(labels_, line.label) % kColours.size()]));
  }

  void PaintReference(const SvgReference& reference) {
    const double y = PageY(reference.y);
    const double right = left_ + kPanelWidth;
    out_.Line({left_, y}, {right, y}, "class=\"limit\"");
    out_.Text({right - 4, y - 6}, "class=\"limit-label\" text-anchor=\"end\"", reference.label);
  }

  void PaintBehind(const SvgLine& line) {
    const char* colour = kColours[IndexOf(labels_, line.label) % kColours.size()];
    const auto low = Points(line.x, line.low);
    const auto high = Points(line.x, line.high);
    if (!low.empty() && low.size() == high.size()) {
      out_.Band(low, high, fmt::format("fill=\"{}\" fill-opacity=\"0.16\"", colour));
    }
    if (!line.faint.empty()) {
      out_.Path(Points(line.x, line.faint),
                fmt::format("stroke=\"{}\" stroke-opacity=\"0.28\"", colour));
    }
  }

  const SvgPanel& panel_;
  const Labels& labels_;
  double left_;
  double top_;
  SvgWriter& out_;
  Range x_;
  Range y_;
};

double LegendWidth(const std::string& label) {
  constexpr double kSampleWidth = 62.0;
  return kSampleWidth + kCharacterWidth * double(label.size());
}

// To the right of the title, or in lines below it, as many as it takes. Returns how far down it
// pushes the panels.
double PaintLegend(const Labels& labels, double title_width, double width, SvgWriter& out) {
  double total = 0.0;
  for (const std::string& label : labels) total += LegendWidth(label);
  const bool fits = title_width + total <= width - kRight;
  SvgPoint at{fits ? width - kRight - total : 20.0, fits ? 28.0 : 56.0};
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double needed = LegendWidth(labels[i]);
    if (at.x > 20.0 && at.x + needed > width) at = {20.0, at.y + 22.0};
    out.Line(at, {at.x + 34, at.y}, Stroke(i));
    out.Text({at.x + 42, at.y + 4}, "class=\"label\"", labels[i]);
    at.x += needed;
  }
  return at.y - 28.0;
}

Labels LabelsOf(const std::vector<std::vector<SvgPanel>>& rows) {
  Labels labels;
  for (const auto& row : rows) {
    for (const SvgPanel& panel : row) {
      for (const SvgLine& line : panel.lines) {
        if (IndexOf(labels, line.label) == labels.size()) labels.push_back(line.label);
      }
    }
  }
  return labels;
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

std::string SvgFigure(const std::string& title, const std::vector<std::vector<SvgPanel>>& rows) {
  std::size_t columns = 1;
  for (const auto& row : rows) columns = std::max(columns, row.size());
  const double width = kLeft + double(columns) * (kPanelWidth + kGap) - kGap + kRight;
  const Labels labels = LabelsOf(rows);
  SvgWriter body;
  body.Text({20, 33}, "class=\"title\"", title);
  const double title_width = 60.0 + 9.0 * double(title.size());
  double top = kTop + PaintLegend(labels, title_width, width, body);
  for (const auto& row : rows) {
    double left = kLeft;
    for (const SvgPanel& panel : row) {
      PanelPainter(panel, labels, {left, top}, body).Paint();
      left += kPanelWidth + kGap;
    }
    top += kPanelHeight + kRowGap;
  }
  const double height = top - kRowGap + kBottom;
  SvgWriter out;
  out.Raw(
      fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{:.0f}\" height=\"{:.0f}\" "
                  "viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\">\n",
                  width, height, width, height));
  out.Raw("<title>" + SvgEscaped(title) + "</title>\n");
  out.Raw(kStyle);
  out.Raw(fmt::format("<rect width=\"{:.0f}\" height=\"{:.0f}\" rx=\"8\" fill=\"#ffffff\"/>\n",
                      width, height));
  out.Raw(body.text() + "</svg>\n");
  return out.text();
}

}  // namespace lookout::app
