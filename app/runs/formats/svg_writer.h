// Writes the few elements of SVG that a plot is made of. Coordinates are page pixels, y downwards.
// One owner, one thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace lookout::app {

struct SvgPoint {
  double x = 0.0;
  double y = 0.0;  // a point that is not finite interrupts a path
};

class SvgWriter {
 public:
  // attributes: as in the file, e.g. "class=\"grid\"".
  void Line(SvgPoint from, SvgPoint to, std::string_view attributes);
  void Text(SvgPoint at, std::string_view attributes, std::string_view text);
  void Dot(SvgPoint at, std::string_view attributes);
  void Path(std::span<const SvgPoint> points, std::string_view attributes);
  // The area between two lines of equal length; a gap in either divides it.
  void Band(std::span<const SvgPoint> low, std::span<const SvgPoint> high,
            std::string_view attributes);
  void Raw(std::string_view text) { out_ += text; }

  const std::string& text() const { return out_; }

 private:
  std::string out_;
};

// "&" and its like spelt out, so that any text can stand in the file.
std::string SvgEscaped(std::string_view text);

}  // namespace lookout::app
