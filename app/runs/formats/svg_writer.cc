#include "app/runs/formats/svg_writer.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdio>

namespace lookout::app {
namespace {

bool IsFinite(SvgPoint point) { return std::isfinite(point.x) && std::isfinite(point.y); }

}  // namespace

std::string SvgEscaped(std::string_view text) {
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

void SvgWriter::Line(SvgPoint from, SvgPoint to, std::string_view attributes) {
  out_ += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" ", from.x,
                      from.y, to.x, to.y);
  out_ += std::string(attributes) + "/>\n";
}

void SvgWriter::Text(SvgPoint at, std::string_view attributes, std::string_view text) {
  out_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" ", at.x, at.y) + std::string(attributes) +
          ">" + SvgEscaped(text) + "</text>\n";
}

void SvgWriter::Dot(SvgPoint at, std::string_view attributes) {
  if (!IsFinite(at)) return;
  out_ +=
      fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4.5\" {}/>\n", at.x, at.y, attributes);
}

void SvgWriter::Path(std::span<const SvgPoint> points, std::string_view attributes) {
  out_ += "<path fill=\"none\" " + std::string(attributes) + " d=\"";
  bool is_pen_down = false;
  for (const SvgPoint point : points) {
    if (IsFinite(point)) {
      out_ += fmt::format("{}{:.1f} {:.1f}", is_pen_down ? "L" : "M", point.x, point.y);
    }
    is_pen_down = IsFinite(point);
  }
  out_ += "\"/>\n";
}

void SvgWriter::Band(std::span<const SvgPoint> low, std::span<const SvgPoint> high,
                     std::string_view attributes) {
  out_ += "<path stroke=\"none\" " + std::string(attributes) + " d=\"";
  const auto is_there = [&](std::size_t i) { return IsFinite(low[i]) && IsFinite(high[i]); };
  for (std::size_t begin = 0; begin < low.size();) {
    std::size_t end = begin;
    while (end < low.size() && is_there(end)) ++end;
    for (std::size_t i = begin; i < end; ++i) {
      out_ += fmt::format("{}{:.1f} {:.1f}", i == begin ? "M" : "L", high[i].x, high[i].y);
    }
    for (std::size_t i = end; i > begin; --i) {
      out_ += fmt::format("L{:.1f} {:.1f}", low[i - 1].x, low[i - 1].y);
    }
    if (end > begin) out_ += "Z";
    begin = end + 1;
  }
  out_ += "\"/>\n";
}

}  // namespace lookout::app
