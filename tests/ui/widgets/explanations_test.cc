#include "ui/widgets/explanations.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string_view>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

TEST_CASE("every number is explained in two sentences, in the order of the table") {
  REQUIRE(Explanations().size() == kFigureCount);
  for (int i = 0; i < kFigureCount; ++i) {
    const Explanation& about = ExplanationOf(static_cast<Figure>(i));
    CAPTURE(about.name);
    CHECK(about.figure == static_cast<Figure>(i));
    CHECK_FALSE(std::string_view(about.formula).empty());
    const std::string_view text = about.text;
    CHECK(text.ends_with('.'));
    int sentences = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
      const bool ends = text[at] == '.' && (at + 1 == text.size() || text[at + 1] == ' ');
      sentences += ends ? 1 : 0;
    }
    CHECK(sentences == 2);
  }
}

TEST_CASE("a meter under the mouse explains itself, after the usual moment") {
  TestWindow test;
  test.driver.MoveTo(test.driver.MiddleOf("meter/cost"));
  CHECK(test.driver.Find("explanation") == nullptr);
  test.driver.Frames(60);
  CHECK(test.driver.Find("explanation") != nullptr);
  test.driver.MoveTo({0, 0});
  CHECK(test.driver.Find("explanation") == nullptr);
}

}  // namespace
}  // namespace lookout::ui
