#include "ui/viewport/scene/daylight.h"

#include <doctest/doctest.h>

#include <array>
#include <vector>

namespace lookout::ui {
namespace {

TEST_CASE("dark becomes light with the same hue, and twice is as before") {
  const std::vector<std::uint8_t> dark{57, 62, 70, 0, 0, 0, 255, 10, 100};
  std::vector<std::uint8_t> turned = dark;
  TurnLightness(turned);
  CHECK(turned[0] == 185);
  CHECK(turned[2] == 198);
  CHECK(turned[2] - turned[0] == dark[2] - dark[0]);
  CHECK(turned[3] == 255);
  TurnLightness(turned);
  CHECK(turned == dark);
}

}  // namespace
}  // namespace lookout::ui
