#include "app/runs/formats/svg_matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "app/runs/formats/svg_writer.h"

namespace lookout::app {
namespace {

constexpr double kCellWidth = 86;
constexpr double kCellHeight = 34;
constexpr double kMargin = 20;
constexpr double kFirstBand = 74;
constexpr double kHeads = 48;  // of a matrix: its title and the names of its columns
constexpr double kMatrixGap = 28;
constexpr double kNameCharacter = 7.2;

constexpr std::string_view kMatrixStyle =
    "<style>text{font-family:Inter,'Helvetica Neue',Arial,sans-serif;fill:#1f2933}"
    ".page{fill:#ffffff}.none{fill:#eceff2}.title{font-size:16px;font-weight:600}"
    ".panel{font-size:13px;font-weight:600}.name{font-size:12px}"
    ".axis{font-size:12px;fill:#52606d}.value{font-size:12px}.pale{fill:#ffffff}.ink{fill:#1f2933}"
    "@media(prefers-color-scheme:dark){text{fill:#e4e7eb}.page{fill:#15191e}.none{fill:#2b323a}"
    ".axis{fill:#9aa5b1}.ink{fill:#1f2933}}</style>\n";

// Relative luminance of sRGB (WCAG 2.1).
double LuminanceOf(const SvgColour& colour) {
  const auto linear = [](double value) {
    const double part = value / 255.0;
    return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

std::string Hex(const SvgColour& colour) {
  return fmt::format("#{:02x}{:02x}{:02x}", colour.red, colour.green, colour.blue);
}

double WidestOf(const std::vector<std::string>& names) {
  std::size_t longest = 0;
  for (const std::string& name : names) longest = std::max(longest, name.size());
  return kNameCharacter * static_cast<double>(longest);
}

class MatrixPainter {
 public:
  explicit MatrixPainter(const SvgMatrices& figure) : figure_(figure) {
    names_ = WidestOf(figure.rows) + 12.0;
    cell_ = std::max(kCellWidth, WidestOf(figure.columns) + 8.0);
    width_ = cell_ * static_cast<double>(figure.columns.size());
    height_ = kHeads + kCellHeight * static_cast<double>(figure.rows.size());
    for (const std::vector<SvgMatrix>& band : figure.matrices) {
      for (const SvgMatrix& matrix : band) {
        width_ = std::max(width_, kNameCharacter * static_cast<double>(matrix.title.size()));
      }
    }
  }

  std::string Paint() {
    std::size_t most = 1;
    double top = kFirstBand;
    for (const std::vector<SvgMatrix>& band : figure_.matrices) {
      most = std::max(most, band.size());
      PaintRowNames(top);
      double left = kMargin + names_;
      for (const SvgMatrix& matrix : band) {
        PaintMatrix(matrix, {left, top});
        left += width_ + kMatrixGap;
      }
      top += height_ + kMatrixGap;
    }
    const double width =
        std::max(kMargin + names_ + static_cast<double>(most) * (width_ + kMatrixGap),
                 40.0 + 9.0 * static_cast<double>(figure_.title.size()));
    SvgWriter out;
    out.Raw(
        fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" "
                    "height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} {1:.0f}\" role=\"img\">\n",
                    width, top));
    out.Raw("<title>" + SvgEscaped(figure_.title) + "</title>\n");
    out.Raw(kMatrixStyle);
    out.Raw("<rect class=\"page\" width=\"100%\" height=\"100%\" rx=\"8\"/>\n");
    out.Text({kMargin, 32}, "class=\"title\"", figure_.title);
    out.Text({kMargin, 54}, "class=\"axis\"", figure_.caption);
    out.Raw(body_.text() + "</svg>\n");
    return out.text();
  }

 private:
  void PaintRowNames(double top) {
    double y = top + kHeads + kCellHeight / 2 + 4;
    for (const std::string& row : figure_.rows) {
      body_.Text({kMargin, y}, "class=\"name\"", row);
      y += kCellHeight;
    }
  }

  void PaintMatrix(const SvgMatrix& matrix, SvgPoint at) {
    body_.Text({at.x, at.y + 14}, "class=\"panel\"", matrix.title);
    for (std::size_t i = 0; i < figure_.columns.size(); ++i) {
      body_.Text({at.x + cell_ * (static_cast<double>(i) + 0.5), at.y + kHeads - 8},
                 "class=\"name\" text-anchor=\"middle\"", figure_.columns[i]);
    }
    for (std::size_t row = 0; row < matrix.cells.size(); ++row) {
      for (std::size_t column = 0; column < matrix.cells[row].size(); ++column) {
        PaintCell(matrix.cells[row][column],
                  {at.x + cell_ * static_cast<double>(column),
                   at.y + kHeads + kCellHeight * static_cast<double>(row)});
      }
    }
  }

  void PaintCell(const SvgCell& cell, SvgPoint at) {
    const std::string fill =
        cell.colour ? fmt::format("fill=\"{}\"", Hex(*cell.colour)) : "class=\"none\"";
    body_.Raw(
        fmt::format("<g><title>{}</title><rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" "
                    "height=\"{:.1f}\" rx=\"3\" {}/>\n",
                    SvgEscaped(cell.title), at.x + 1, at.y + 1, cell_ - 2, kCellHeight - 2, fill));
    // Where white on it has the better contrast.
    const char* ink = !cell.colour ? "" : LuminanceOf(*cell.colour) < 0.18 ? " pale" : " ink";
    body_.Text({at.x + cell_ / 2, at.y + kCellHeight / 2 + 4},
               fmt::format("class=\"value{}\" text-anchor=\"middle\"", ink), cell.text);
    body_.Raw("</g>\n");
  }

  const SvgMatrices& figure_;
  SvgWriter body_;
  double names_ = 0.0;   // width of the rows' names
  double cell_ = 0.0;    // width of a cell
  double width_ = 0.0;   // of a matrix
  double height_ = 0.0;  // likewise, with its heads
};

}  // namespace

std::string SvgMatrixFigure(const SvgMatrices& figure) { return MatrixPainter(figure).Paint(); }

}  // namespace lookout::app
