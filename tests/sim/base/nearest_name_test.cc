#include "sim/base/nearest_name.h"

#include <doctest/doctest.h>

namespace lookout::sim {
namespace {

TEST_CASE("the nearest name is meant, and a name whose last words were left out before it") {
  const std::vector<std::string> names = {"robot_base", "robot_mass_scale", "robot_rot",
                                          "hazards_num"};
  CHECK(DidYouMean("robot_bace", names) == " Did you mean robot_base?");
  CHECK(DidYouMean("robot_mass", names) == " Did you mean robot_mass_scale?");
  CHECK(DidYouMean("hazard_num", names) == " Did you mean hazards_num?");
  CHECK(DidYouMean("robot_bot", names, 2) == " Did you mean robot_rot or robot_base?");
  CHECK(DidYouMean("gremlins_travel", names).empty());
  CHECK(DidYouMean("", names).empty());
}

TEST_CASE("a hostile name is not compared letter by letter") {
  const std::vector<std::string> names = {"robot_base"};
  CHECK(DidYouMean(std::string(1 << 24, 'r'), names).empty());
}

}  // namespace
}  // namespace lookout::sim
