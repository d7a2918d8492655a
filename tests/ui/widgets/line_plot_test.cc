// Axes, names and dashes of line plots.
#include "ui/widgets/plots/line_plot.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/widget_stage.h"
#include "ui/widgets/draw.h"
#include "ui/widgets/plots/plot_frame.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

TEST_CASE("neighbouring ticks never read alike, and have no more digits than that takes") {
  const auto text = [](double value, double step) { return std::string(TickText(value, step)); };
  CHECK(text(1.825, 0.005) == "1.825");
  CHECK(text(1.83, 0.005) == "1.830");
  CHECK(text(0.2, 0.2) == "0.2");
  CHECK(text(6000, 2000) == "6000");
  CHECK(text(40'000, 20'000) == "40k");
  CHECK(text(10'050'000, 10'000) == "10.05M");
  CHECK(text(2'000'000, 500'000) == "2.0M");
  CHECK(text(-1e-18, 0.5) == "0");
  CHECK(text(std::numeric_limits<double>::quiet_NaN(), 1.0) == "\xE2\x80\x93");
  for (const double step : {1e-5, 2e-3, 0.5, 1.0, 50.0, 2e4, 5e5}) {
    for (int i = 1; i < 30; ++i) CHECK(text(i * step, step) != text((i + 1) * step, step));
  }
}

TEST_CASE("the ticks of a single value, and of equal ones, differ from each other") {
  for (const float value : {0.0F, 0.02F, 3.7F, -12.3F, 25'000.0F, 3.0e6F}) {
    for (const std::size_t count : {1, 5}) {
      CAPTURE(value);
      const std::vector<float> values(count, value);
      DecimatedSeries series;
      series.Sync(values);
      const std::array plotted{PlotSeries{
          .values = values, .first_x = 30'000, .x_per_value = 30'000, .extremes = &series}};
      const PlotFrame frame = FrameOf({.series = plotted}, {{0, 0}, {300, 100}});
      CHECK(frame.last_x - frame.first_x >= 30'000.0);
      const double step = NiceStep(frame.high - frame.low, 4);
      const double first = std::ceil(frame.low / step) * step;
      int ticks = 0;
      for (; first + ticks * step <= frame.high; ++ticks) {
        if (ticks == 0) continue;
        CHECK(std::string(TickText(first + ticks * step, step)) !=
              std::string(TickText(first + (ticks - 1) * step, step)));
      }
      CHECK(ticks >= 2);
      CHECK(ticks <= 10);
    }
  }
  CHECK(std::string(TickText(0.0010002, 1e-7)) != std::string(TickText(0.0010003, 1e-7)));
}

TEST_CASE(
    "a large plot has a horizontal axis, within its area and without labels over each other") {
  const std::vector<float> values(120, 1.0F);
  DecimatedSeries series;
  series.Sync(values);
  float height = 300.0F;
  WidgetStage stage([&] {
    const std::array plotted{PlotSeries{.name = "return",
                                        .values = values,
                                        .first_x = 30'000,
                                        .x_per_value = 30'000,
                                        .extremes = &series,
                                        .colour = ~0U}};
    LinePlot({.id = "plot", .title = "Return", .series = plotted, .height_px = height});
  });
  const auto labels = [&] {
    std::vector<RecordedItem> found;
    for (const RecordedItem& item : stage.driver.items()) {
      if (item.label.starts_with("axis/")) found.push_back(item);
    }
    return found;
  };
  const std::vector<RecordedItem> axis = labels();
  const RecordedItem* plot = stage.driver.Find("plot");
  REQUIRE(axis.size() > 2);
  CHECK(axis[0].label == "axis/1M steps");
  for (std::size_t i = 0; i < axis.size(); ++i) {
    CHECK(axis[i].max.x <= plot->max.x + 1.0F);
    CHECK(axis[i].max.y <= plot->max.y + 1.0F);
    if (i > 0) CHECK(axis[i].min.x > axis[i - 1].max.x);
  }
  height = 92.0F;
  stage.driver.Frames(2);
  CHECK(labels().empty());
}

TEST_CASE("the names of curves stand below the title where they do not fit beside it") {
  const std::vector<float> values(4, 100.0F);
  DecimatedSeries series;
  series.Sync(values);
  float width = 560.0F;
  WidgetStage stage([&] {
    const ScopedChild child("plots", {width, 200.0F});
    std::vector<PlotSeries> plotted;
    for (const char* name : {"true", "learned"}) {
      plotted.push_back({.name = name,
                         .values = values,
                         .extremes = &series,
                         .colour = ~0U,
                         .reference = std::string_view(name) == "learned"});
    }
    LinePlot({.id = "plot", .title = "Cost per episode", .series = plotted});
  });
  const auto top_of = [&](const char* name) {
    const RecordedItem* item = stage.driver.Find(name);
    return item != nullptr ? item->min.y : -1.0F;
  };
  const float beside = top_of("curve/true");
  REQUIRE(beside >= 0.0F);
  CHECK(top_of("curve/learned") == beside);
  width = 230.0F;
  stage.driver.Frames(2);
  CHECK(top_of("curve/true") > beside + 10.0F);
  CHECK(top_of("curve/learned") == top_of("curve/true"));
  width = 130.0F;  // not even there: the reference goes first
  stage.driver.Frames(2);
  CHECK(top_of("curve/true") > beside + 10.0F);
  CHECK(top_of("curve/learned") < 0.0F);
}

TEST_CASE("the dashes of a line are as long on its corners as anywhere") {
  const auto vertices = [](float dash_px, int corners) {
    int drawn = 0;
    WidgetStage stage([&] {
      ImDrawList& list = *ImGui::GetWindowDrawList();
      const int before = list.VtxBuffer.Size;
      {
        PolylinePen pen(list, ~0U, 1.0F, dash_px);
        for (int i = 0; i <= corners; ++i)
          pen.To({20.0F + 400.0F * static_cast<float>(i) / static_cast<float>(corners), 20.0F});
        pen.To({420.0F, 20.0F});  // no way at all
      }
      drawn = list.VtxBuffer.Size - before;
    });
    return drawn;
  };
  const int one = vertices(1000.0F, 1);
  CHECK(vertices(10.0F, 1) == 20 * one);
  CHECK(vertices(5.0F, 1) == 40 * one);
  // Corners within a dash add points to it, and no dash.
  const int often = vertices(10.0F, 25);
  CHECK(often > 20 * one);
  CHECK(often < 40 * one);
}

}  // namespace
}  // namespace lookout::ui
