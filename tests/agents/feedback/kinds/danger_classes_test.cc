// What the classes of danger are called.
#include "agents/feedback/kinds/danger_classes.h"

#include <doctest/doctest.h>

#include <string>

namespace lookout::agents {
namespace {

TEST_CASE("a class has a name of its own until that is empty, and any number has a name") {
  DangerClasses classes;
  CHECK(classes.NameOf(2) == "Vase");
  CHECK(classes.NameOf(250) == "Other danger");
  CHECK(classes.Rename(2, "  too close to a wall "));
  CHECK(classes.NameOf(2) == "too close to a wall");
  CHECK(classes.IsRenamed(2));
  CHECK(classes.version() == 1);
  CHECK_FALSE(classes.Rename(2, "too close to a wall"));
  CHECK(classes.version() == 1);
  CHECK(classes.Rename(2, "   "));
  CHECK(classes.NameOf(2) == "Vase");
  CHECK_FALSE(classes.IsRenamed(2));
}

TEST_CASE("no class at all and classes that do not exist keep their names") {
  DangerClasses classes;
  CHECK_FALSE(classes.Rename(0, "nothing"));
  CHECK_FALSE(classes.Rename(10, "one more"));
  CHECK(classes.version() == 0);
}

TEST_CASE("a name has at most 24 characters, whole ones, in one line") {
  DangerClasses classes;
  classes.Rename(6, "abcdefghijklmnopqrstuvwxyz");
  CHECK(classes.NameOf(6) == "abcdefghijklmnopqrstuvwx");
  std::string umlauts;
  for (int i = 0; i < 30; ++i) umlauts += "\xC3\xBC";
  classes.Rename(7, umlauts);
  CHECK(classes.NameOf(7) == umlauts.substr(0, 48));
  classes.Rename(8, "two\nlines");
  CHECK(classes.NameOf(8) == "two lines");
}

}  // namespace
}  // namespace lookout::agents
