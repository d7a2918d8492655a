#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "tests/support/widget_stage.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/draw.h"
#include "ui/widgets/plots/line_plot.h"
#include "ui/widgets/plots/meter.h"
#include "ui/widgets/plots/reliability_diagram.h"
#include "ui/widgets/plots/roc_plot.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/splitter.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

MinMax BruteForce(const std::vector<float>& values, std::size_t first, std::size_t last) {
  MinMax range;
  for (std::size_t i = first; i < std::min(last, values.size()); ++i) range.Include(values[i]);
  return range;
}

TEST_CASE("a number that rounds to zero has no minus") {
  CHECK(Short("%.2f", -0.001).view() == "0.00");
  CHECK(Short("R %.1f of %.2f", -0.04, -1.25).view() == "R 0.0 of -1.25");
  CHECK(Short("%.1f", -0.06).view() == "-0.1");
  CHECK(Short("%d", -10).view() == "-10");
  CHECK(Short("seed-0").view() == "seed-0");
}

TEST_CASE("a decimated series finds the same extremes as looking at every value") {
  std::mt19937 random(1);
  std::normal_distribution<float> normal;
  std::vector<float> values;
  DecimatedSeries series;
  for (int round = 0; round < 40; ++round) {
    const int more = static_cast<int>(random() % 300);
    for (int i = 0; i < more; ++i) values.push_back(random() % 17 == 0 ? kNan : normal(random));
    series.Sync(values);
    for (int query = 0; query < 20; ++query) {
      const std::size_t first = random() % (values.size() + 2);
      const std::size_t last = random() % (values.size() + 40);
      const MinMax expected = BruteForce(values, first, last);
      const MinMax found = series.Range(values, first, last);
      REQUIRE(found.empty() == expected.empty());
      if (expected.empty()) continue;
      REQUIRE(found.min == expected.min);
      REQUIRE(found.max == expected.max);
    }
  }
}

TEST_CASE("a series that became shorter is taken anew") {
  std::vector<float> values(1000, 5.0F);
  DecimatedSeries series;
  series.Sync(values);
  values.assign(100, 1.0F);
  series.Sync(values);
  CHECK(series.Range(values, 0, 1000).max == 1.0F);
}

struct SineStage {
  explicit SineStage(std::size_t points) : values(points) {
    for (std::size_t i = 0; i < points; ++i) {
      values[i] = std::sin(static_cast<float>(i) * 1e-3F);
    }
    series.Sync(values);
  }
  std::vector<float> values;
  DecimatedSeries series;
  WidgetStage stage{[this] {
    const std::array plotted{
        PlotSeries{.name = "sine", .values = values, .extremes = &series, .colour = ~0U}};
    LinePlot({.id = "plot", .title = "A sine", .series = plotted, .height_px = 200});
  }};
};

TEST_CASE("plotting a million points costs no more than the window can see") {
  double some_s = 0.0;
  {
    SineStage some(10'000);
    some_s = some.stage.driver.FrameSeconds(50);
  }
  SineStage million(1'000'000);
  CHECK(million.stage.driver.vertices() < 30'000);
  // Looking at every point would take a hundred times as long.
  CHECK(million.stage.driver.FrameSeconds(50) < 10.0 * some_s);
}

TEST_CASE("plots draw whatever the numbers are") {
  const std::vector<std::vector<float>> cases{{},
                                              {1.0F},
                                              {kNan},
                                              {kNan, kNan, 1.0F, kNan},
                                              {kInfinity, -kInfinity, 0.0F},
                                              {1e38F, -1e38F},
                                              std::vector<float>(5000, kNan),
                                              std::vector<float>(5000, 3.0F)};
  for (const std::vector<float>& values : cases) {
    CAPTURE(values.size());
    DecimatedSeries series;
    series.Sync(values);
    WidgetStage stage([&] {
      const std::array plotted{
          PlotSeries{.name = "", .values = values, .extremes = &series, .colour = ~0U}};
      LinePlot({.id = "plot", .title = "", .series = plotted, .limit = PlotLimit{"limit", NAN}});
      ReliabilityDiagram("empty", {}, 120);
      RocPlot("no_curves", {}, 120);
      Meter({.value = NAN, .limit = INFINITY, .colour = ~0U});
      Meter({.value = 1e300, .limit = -1.0, .colour = ~0U});
      ProgressBar(kNan);
    });
    stage.driver.MoveTo(stage.driver.MiddleOf("plot"));
    stage.driver.Frames(2);
    CHECK(stage.driver.vertices() > 0);
  }
}

TEST_CASE("texts are drawn literally, however hostile") {
  const std::vector<std::string> hostile{"",
                                         "##",
                                         "%n%s%d",
                                         "###id",
                                         std::string(10'240, 'W'),
                                         "\xFF\xFE\x80\x80",
                                         "a\nb\rc",
                                         "\xF0\x9F",
                                         std::string("nul\0inside", 10)};
  std::string selected;
  WidgetStage stage([&] {
    for (const std::string& text : hostile) {
      Text(text);
      TextWrapped(text);
      TextEllipsis(text, 100);
      Heading(text, text);
      NameAndValue(text, text);
      Badge(text, ~0U);
      KeyCap(text);
    }
    for (std::size_t i = 0; i < hostile.size(); ++i) {
      const ScopedId id(static_cast<int>(i));
      Button({.id = "button", .text = hostile[i], .width = 100, .tooltip = hostile[i]});
      Row(hostile[i], 20, i % 2 == 0);
    }
    const auto chosen =
        DropDown({.id = "choice", .preview = hostile[4], .count = static_cast<int>(hostile.size())},
                 [&](int i) -> std::string_view { return hostile[std::size_t(i)]; });
    if (chosen) selected = hostile[static_cast<std::size_t>(*chosen)];
  });
  CHECK(stage.driver.vertices() > 0);
}

TEST_CASE("a text is cut between characters, not inside one") {
  const std::string text = "ab\xCE\xBB\xCE\xBB";
  CHECK(Cut(text, 6) == text);
  CHECK(Cut(text, 5) == "ab\xCE\xBB");
  CHECK(Cut(text, 3) == "ab");
  CHECK(Cut("\x80\x80\x80", 2).size() <= 2);
}

TEST_CASE("numbers are short and honest") {
  CHECK(CompactCount(950).view() == "950");
  CHECK(CompactCount(30'000).view() == "30.0k");
  CHECK(CompactCount(1'234'567).view() == "1.23M");
  CHECK(CompactCount(NAN).view() == "–");
  CHECK(CompactNumber(0.0).view() == "0.00");
  CHECK(CompactNumber(12.34).view() == "12.3");
  CHECK(CompactNumber(0.0105).view() == "0.0105");
}

TEST_CASE("axis steps are round") {
  CHECK(NiceStep(1000, 10) == doctest::Approx(100));
  CHECK(NiceStep(37, 4) == doctest::Approx(10));
  CHECK(NiceStep(0.9, 4) == doctest::Approx(0.5));
  CHECK(NiceStep(NAN, 4) == 1.0);
  CHECK(NiceStep(-3, 4) == 1.0);
}

TEST_CASE("a disabled button is not clicked and says why") {
  int clicks = 0;
  bool enabled = true;
  WidgetStage stage([&] {
    if (Button({.id = "go", .text = "Go", .disabled_because = enabled ? "" : "not now"})) ++clicks;
  });
  stage.driver.Click("go");
  CHECK(clicks == 1);
  enabled = false;
  stage.driver.Frames();
  CHECK_FALSE(stage.driver.Find("go")->enabled);
  stage.driver.Click("go");
  CHECK(clicks == 1);
}

TEST_CASE("exactly one segment is chosen by a click") {
  int selected = 0;
  WidgetStage stage([&] {
    const std::array segments{Segment{"a", "", "One"}, Segment{"b", "", "Two"},
                              Segment{"c", "", "Three"}};
    if (const auto chosen = Segmented(segments, selected)) selected = *chosen;
  });
  stage.driver.Click("c");
  CHECK(selected == 2);
  stage.driver.Click("b");
  CHECK(selected == 1);
}

TEST_CASE("a drop-down offers its items and reports the one clicked") {
  std::optional<int> chosen;
  WidgetStage stage([&] {
    const auto now =
        DropDown({.id = "kind", .preview = "?", .count = 3, .width = 150},
                 [](int i) -> std::string_view { return i == 1 ? "middle" : "other"; });
    if (now) chosen = now;
  });
  stage.driver.Click("kind");
  REQUIRE(stage.driver.Find("kind/1") != nullptr);
  stage.driver.Click("kind/1");
  REQUIRE(chosen.has_value());
  CHECK(*chosen == 1);
  CHECK(stage.driver.Find("kind/1") == nullptr);
}

TEST_CASE("a number field takes what was typed, within its bounds") {
  std::int64_t value = 7;
  bool committed = false;
  WidgetStage stage([&] {
    committed = NumberField("seed", value, 0, 100, 120) || committed;
    Button({.id = "elsewhere", .text = "Elsewhere"});
  });
  stage.driver.Click("seed");
  stage.driver.Tap(Chord{.key = Key::kA, .ctrl = true});
  stage.driver.Type("4200");
  stage.driver.Click("elsewhere");
  CHECK(committed);
  CHECK(value == 100);
}

TEST_CASE("a number field says for a while that a number beyond its range was not taken") {
  std::int64_t value = 7;
  WidgetStage stage([&] {
    NumberField("seed", value, 5, 100, 120);
    Button({.id = "elsewhere", .text = "Elsewhere"});
  });
  const auto type = [&](const char* number) {
    stage.driver.Click("seed");
    stage.driver.Tap(Chord{.key = Key::kA, .ctrl = true});
    stage.driver.Type(number);
    CHECK(stage.driver.Find("seed/range") == nullptr);  // more may follow
    stage.driver.Click("elsewhere");
  };
  type("4200");
  CHECK(stage.driver.Find("seed/range") != nullptr);
  stage.driver.Frames(600);
  type("42");
  CHECK(stage.driver.Find("seed/range") == nullptr);
  type("1");
  CHECK(value == 5);
  CHECK(stage.driver.Find("seed/range") != nullptr);
}

TEST_CASE("a number field takes a decimal comma for a point") {
  double value = 2.0;
  WidgetStage stage([&] {
    NumberField("lag", value, 0.0, 2.0, "%.2f", 120);
    Button({.id = "elsewhere", .text = "Elsewhere"});
  });
  stage.driver.Click("lag");
  stage.driver.Tap(Chord{.key = Key::kA, .ctrl = true});
  stage.driver.Type("0,4");
  stage.driver.Click("elsewhere");
  CHECK(value == doctest::Approx(0.4));
}

TEST_CASE("a splitter reports how far it was dragged") {
  float moved = 0.0F;
  WidgetStage stage([&] {
    moved += Splitter("split", {{300, 0}, {306, 400}}, SplitAxis::kHorizontal).delta_px;
  });
  stage.driver.Drag({303, 100}, {343, 120});
  CHECK(moved == doctest::Approx(40));
}

}  // namespace
}  // namespace lookout::ui
