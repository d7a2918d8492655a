// The names of danger classes in a project's setting.
#include "app/project/settings/danger_classes_json.h"

#include <doctest/doctest.h>

#include <string>

namespace lookout::app {
namespace {

TEST_CASE("names of one's own come back, usual ones are not written") {
  agents::DangerClasses classes;
  CHECK(DangerClassesText(classes) == "{}");
  classes.Rename(6, "Too close to \"it\"");
  const std::string text = DangerClassesText(classes);
  const agents::DangerClasses again = DangerClassesFromText(text);
  CHECK(again.NameOf(6) == "Too close to \"it\"");
  CHECK(again.NameOf(1) == "Hazard");
  CHECK(DangerClassesText(again) == text);
}

TEST_CASE("what makes no sense leaves the usual names") {
  for (const char* text : {"", "[1]", "{\"6\": 3}", "{\"0\": \"x\", \"12\": \"y\"}", "{"}) {
    CAPTURE(text);
    CHECK(DangerClassesText(DangerClassesFromText(text)) == "{}");
  }
}

}  // namespace
}  // namespace lookout::app
