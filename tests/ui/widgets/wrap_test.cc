#include "ui/widgets/wrap.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "tests/support/widget_stage.h"
#include "ui/theme/ui_context.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

TEST_CASE("a paragraph is broken between words, never inside a number or before its per cent") {
  const std::string_view text =
      "Calibrated to 3.1 % unsafe of 24000 viewed steps; AUC 0.97, 12.5 of 25.0 an episode.";
  bool measured = false;
  WidgetStage stage([&] {
    if (measured) return;
    measured = true;
    const ImFont& font = *ImGui::GetFont();
    std::array<char, 400> room{};
    for (float width = 70.0F; width < 400.0F; width += 7.0F) {
      std::string_view lines = WrapText(text, width, font, room);
      CAPTURE(lines);
      CHECK(lines.find(".\n1") == std::string_view::npos);
      CHECK(lines.find(".\n9") == std::string_view::npos);
      CHECK(lines.find("\n%") == std::string_view::npos);
      CHECK(lines.size() == text.size());  // every break took the place of a space
      while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        std::string_view line = lines.substr(0, end);
        if (line.ends_with(' ')) line.remove_suffix(1);
        CHECK(TextSize(line).x <= width + 1.0F);
        lines.remove_prefix(std::min(end + 1, lines.size()));
      }
    }
  });
  stage.driver.Frames();
  CHECK(measured);
}

TEST_CASE("a word that is wider than a line is broken where it has to be, and lines stay lines") {
  bool measured = false;
  WidgetStage stage([&] {
    measured = true;
    std::array<char, 400> room{};
    const std::string path(80, 'w');
    const std::string_view lines = WrapText("a\n" + path, 100.0F, *ImGui::GetFont(), room);
    CHECK(lines.starts_with("a\nw"));
    CHECK(std::count(lines.begin(), lines.end(), '\n') > 3);
    CHECK(std::count(lines.begin(), lines.end(), 'w') == 80);
  });
  stage.driver.Frames();
  CHECK(measured);
}

}  // namespace
}  // namespace lookout::ui
