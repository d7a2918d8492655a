#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/experiments/overseers/overseers_files.h"
#include "app/runs/formats/svg_plot.h"
#include "app/runs/formats/svg_writer.h"

namespace lookout::app {
namespace {

constexpr double kWidth = 560;
constexpr double kHeight = 340;
constexpr double kLeftEdge = 78;
constexpr double kTopEdge = 66;
constexpr double kRightSpace = 120;  // of names beside the last marks
constexpr double kBottomSpace = 62;
constexpr double kZeroGap = 1.0;  // from 0 to the first decade, in decades
constexpr double kSmallMark = 4.0;
constexpr double kLargeMark = 8.0;

// Okabe and Ito 2008: told apart with every common kind of colour vision; the shape tells, too.
struct RowLook {
  std::string_view colour;
  char shape;
};
constexpr std::array<RowLook, 5> kLooks{
    {{"#6b7280", 'o'}, {"#e69f00", 's'}, {"#0072b2", '^'}, {"#d55e00", 'd'}, {"#009e73", 'v'}}};

constexpr std::string_view kOverseersStyle =
    "<style>text{font-family:Inter,'Helvetica Neue',Arial,sans-serif;fill:#1f2933}"
    ".page{fill:#ffffff}.title{font-size:16px;font-weight:600}.label{font-size:12px}"
    ".tick{font-size:11px;fill:#52606d}.name{font-size:12px;font-weight:600}"
    ".grid{stroke:#e4e7eb}.axis{stroke:#9aa5b1}"
    "@media(prefers-color-scheme:dark){text{fill:#e4e7eb}.page{fill:#15191e}.tick{fill:#9aa5b1}"
    ".grid{stroke:#2b323a}}</style>\n";

// From 0 to the first decade there is a gap, then each decade takes as much.
struct ZeroLogAxis {
  int first = 0;  // decades, 10^first
  int last = 1;

  double Place(double value) const {
    const double place = value > 0.0 ? kZeroGap + std::log10(value) - first : 0.0;
    return std::max(0.0, place) / (kZeroGap + last - first);
  }
};

struct Frame {
  ZeroLogAxis y;
  double low = 0.0;  // share, in percent
  double high = 100.0;

  SvgPoint At(double share, double violations) const {
    const double x = (100.0 * share - low) / (high - low);
    return {kLeftEdge + x * kWidth, kTopEdge + kHeight * (1.0 - y.Place(violations))};
  }
};

Frame FrameOf(std::span<const OverseersLine> lines) {
  Frame frame;
  double least = 1e300;
  double most = 0.0;
  const auto include = [&](double share, double violations) {
    if (std::isfinite(share)) {
      frame.low = std::min(frame.low, 100.0 * share);
      frame.high = std::max(frame.high, 100.0 * share);
    }
    if (violations > 0.0) least = std::min(least, violations);
    most = std::max(most, violations);
  };
  for (const OverseersLine& line : lines) {
    include(line.share.value, line.training.violation_steps);
    for (const OverseersPoint& point : line.points) include(point.share, point.violation_steps);
  }
  if (most > 0.0) {
    frame.y.first = static_cast<int>(std::floor(std::log10(least)));
    frame.y.last = std::max(static_cast<int>(std::ceil(std::log10(most))), frame.y.first + 1);
  }
  const double margin = 0.05 * (frame.high - frame.low);
  if (frame.low < 0.0) frame.low -= margin;
  frame.high += margin;
  return frame;
}

std::string Outline(char shape, SvgPoint at, double r) {
  const auto corners = [&](std::initializer_list<SvgPoint> offsets) {
    std::string points;
    for (const SvgPoint& o : offsets)
      points += fmt::format("{:.1f},{:.1f} ", at.x + r * o.x, at.y + r * o.y);
    return fmt::format("<polygon points=\"{}\" ", points);
  };
  if (shape == 's') return corners({{-0.9, -0.9}, {0.9, -0.9}, {0.9, 0.9}, {-0.9, 0.9}});
  if (shape == '^') return corners({{0.0, -1.1}, {1.0, 0.8}, {-1.0, 0.8}});
  if (shape == 'v') return corners({{0.0, 1.1}, {1.0, -0.8}, {-1.0, -0.8}});
  if (shape == 'd') return corners({{0.0, -1.2}, {1.2, 0.0}, {0.0, 1.2}, {-1.2, 0.0}});
  return fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" ", at.x, at.y, r);
}

// tooltip: what it is, for whoever points at it.
void PaintMark(const RowLook& look, SvgPoint at, bool is_mean, const std::string& tooltip,
               SvgWriter& out) {
  if (!std::isfinite(at.x) || !std::isfinite(at.y)) return;
  out.Raw(Outline(look.shape, at, is_mean ? kLargeMark : kSmallMark));
  out.Raw(
      fmt::format("fill=\"{0}\" fill-opacity=\"{1}\" stroke=\"{0}\" stroke-width=\"1.4\">"
                  "<title>{2}</title></{3}>\n",
                  look.colour, is_mean ? "1" : "0.25", SvgEscaped(tooltip),
                  look.shape == 'o' ? "circle" : "polygon"));
}

void PaintFrame(const Frame& frame, SvgWriter& out) {
  const double right = kLeftEdge + kWidth;
  const double bottom = kTopEdge + kHeight;
  const auto across = [&](double value, const std::string& text) {
    const double y = frame.At(0.0, value).y;
    out.Line({kLeftEdge, y}, {right, y}, "class=\"grid\"");
    out.Text({kLeftEdge - 8, y + 4}, "class=\"tick\" text-anchor=\"end\"", text);
  };
  across(0.0, "0");
  for (int decade = frame.y.first; decade <= frame.y.last; ++decade) {
    const double value = std::pow(10.0, decade);
    across(value, fmt::format("{:g}", value));
  }
  for (const double share : RoundTicks(frame.low, frame.high, 6)) {
    const double x = frame.At(share / 100.0, 0.0).x;
    out.Line({x, kTopEdge}, {x, bottom}, "class=\"grid\"");
    out.Text({x, bottom + 18}, "class=\"tick\" text-anchor=\"middle\"",
             fmt::format("{:g}", share == 0.0 ? 0.0 : share));
  }
  out.Line({kLeftEdge, bottom}, {right, bottom}, "class=\"axis\"");
  out.Text({kLeftEdge + kWidth / 2, bottom + 42}, "class=\"label\" text-anchor=\"middle\"",
           "return, as a share of constrained's, %");
  const SvgPoint side{kLeftEdge - 58, kTopEdge + kHeight / 2};
  out.Text(side,
           fmt::format("class=\"label\" text-anchor=\"middle\" transform=\"rotate(-90 {:.1f} "
                       "{:.1f})\"",
                       side.x, side.y),
           "violation steps in training, per million");
}

// Names above the means to the right, moved down where another one stands.
void PaintNames(std::span<const OverseersLine> lines, const Frame& frame, SvgWriter& out) {
  constexpr double kLineHeight = 14.0;
  constexpr double kNameWidth = 96.0;
  std::vector<SvgPoint> taken;
  for (const OverseersLine& line : lines) {
    SvgPoint at = frame.At(line.share.value, line.training.violation_steps);
    if (!std::isfinite(at.x)) continue;
    at = {at.x + 12, at.y - 8};  // clear of the small marks to the right
    for (const SvgPoint& other : taken) {
      const bool meets =
          std::abs(other.x - at.x) < kNameWidth && std::abs(other.y - at.y) < kLineHeight;
      if (meets) at.y = other.y + kLineHeight;
    }
    taken.push_back(at);
    out.Text(at, "class=\"name\"", ChoiceName(line.row));
  }
}

}  // namespace

std::string OverseersSvg(const OverseersSettings& settings, std::span<const OverseersLine> lines) {
  const Frame frame = FrameOf(lines);
  const double width = kLeftEdge + kWidth + kRightSpace;
  const double height = kTopEdge + kHeight + kBottomSpace;
  SvgWriter out;
  out.Raw(
      fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
                  "width=\"{0:.0f}\" height=\"{1:.0f}\">\n",
                  width, height));
  out.Raw(kOverseersStyle);
  out.Raw("<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n");
  out.Text({20, 28}, "class=\"title\"",
           fmt::format("{}: violations until trained, and the return", settings.environment.id));
  out.Text({20, 46}, "class=\"tick\"",
           fmt::format("{} steps of training; small: one seed, large: all of them",
                       settings.training.total_steps));
  PaintFrame(frame, out);
  for (const OverseersLine& line : lines) {
    const RowLook& look = kLooks[static_cast<std::size_t>(line.row)];
    for (const OverseersPoint& point : line.points) {
      PaintMark(look, frame.At(point.share, point.violation_steps), false,
                fmt::format("{}, seed {}: {:.4g} per million, {:.0f} %", ChoiceName(line.row),
                            point.seed, point.violation_steps, 100.0 * point.share),
                out);
    }
  }
  for (const OverseersLine& line : lines) {
    PaintMark(kLooks[static_cast<std::size_t>(line.row)],
              frame.At(line.share.value, line.training.violation_steps), true,
              fmt::format("{}: {:.4g} per million, {:.0f} %", ChoiceName(line.row),
                          line.training.violation_steps, 100.0 * line.share.value),
              out);
  }
  PaintNames(lines, frame, out);
  out.Raw("</svg>\n");
  return out.text();
}

}  // namespace lookout::app
