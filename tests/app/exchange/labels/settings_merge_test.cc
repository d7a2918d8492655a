// What two projects say of their annotators and danger classes, in a third.
#include "app/exchange/labels/settings_merge.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/exchange/labels/label_exchange.h"
#include "app/project/settings/annotators_file.h"
#include "app/project/settings/danger_classes_json.h"
#include "tests/app/exchange/labels/labels_support.h"

namespace lookout::app {
namespace {

ui::AnnotatorProfile Profile(const std::string& name, std::int32_t colour, double lag_s) {
  ui::AnnotatorProfile profile;
  profile.name = name;
  profile.colour = colour;
  profile.reaction_lag_s = lag_s;
  return profile;
}

LabelSettings Settings(const std::vector<ui::AnnotatorProfile>& profiles,
                       const std::string& class_6 = "") {
  LabelSettings settings;
  for (const ui::AnnotatorProfile& profile : profiles) settings.annotators.Put(profile);
  settings.danger_classes.Rename(6, class_6);
  return settings;
}

TEST_CASE("who is new comes with colour, lag and title, and names of classes likewise") {
  ui::AnnotatorProfile bob = Profile("Bob", 3, 0.42);
  bob.title = "Robert";
  bob.blind = true;
  const SettingsMerge merge =
      MergeSettings(Settings({Profile("Ann", 1, 0.25)}), Settings({bob}, "Too close to a wall"));
  CHECK(merge.conflicts.empty());
  CHECK(merge.carried.size() == 2);
  REQUIRE(merge.settings.annotators.Find("Bob") != nullptr);
  CHECK(*merge.settings.annotators.Find("Bob") == bob);
  CHECK(merge.settings.annotators.Find("Ann")->reaction_lag_s == 0.25);
  CHECK(merge.settings.danger_classes.NameOf(6) == "Too close to a wall");
}

TEST_CASE(
    "who is known from records alone, or as every project begins, gets the second's profile") {
  ui::AnnotatorProfile bob = Profile("Bob", 2, 0.3);
  bob.marks_here = false;
  const SettingsMerge merge =
      MergeSettings(Settings({bob}), Settings({Profile("Bob", 5, 0.5), Profile("me", 0, 0.45)}));
  CHECK(merge.conflicts.empty());
  CHECK(merge.settings.annotators.Find("Bob")->reaction_lag_s == 0.5);
  CHECK(merge.settings.annotators.Find("Bob")->colour == 5);
  CHECK(merge.settings.annotators.Find("Bob")->marks_here);
  CHECK(merge.settings.annotators.Find("me")->reaction_lag_s == 0.45);
}

TEST_CASE("what both say in other words stays the first's and is told") {
  const LabelSettings first = Settings({Profile("Ann", 1, 0.25)}, "Wall");
  const SettingsMerge merge = MergeSettings(first, Settings({Profile("Ann", 4, 0.5)}, "Corner"));
  CHECK(merge.carried.empty());
  CHECK(merge.settings.annotators.Find("Ann")->reaction_lag_s == 0.25);
  CHECK(merge.settings.danger_classes.NameOf(6) == "Wall");
  const std::vector<SettingConflict> expected{{"the colour of Ann", "2", "5"},
                                              {"the reaction lag of Ann", "0.250 s", "0.500 s"},
                                              {"the name of danger class 6", "Wall", "Corner"}};
  CHECK(merge.conflicts == expected);
  CHECK(MergeSettings(first, first).conflicts.empty());
}

TEST_CASE("two do not get one colour") {
  const SettingsMerge merge =
      MergeSettings(Settings({Profile("Ann", 1, 0.25)}), Settings({Profile("Bob", 1, 0.42)}));
  CHECK(merge.settings.annotators.Find("Bob")->colour != 1);
  CHECK(merge.settings.annotators.Find("Bob")->reaction_lag_s == 0.42);
  REQUIRE(merge.conflicts.size() == 1);
  CHECK(merge.conflicts.front().what == "colour 2");
  CHECK(merge.conflicts.front().first == "Ann");
}

TEST_CASE("the merged file has them") {
  const test::TestFolder folder;
  {
    const auto a = test::BlankProject(folder / "a.lookout");
    REQUIRE(a->CopyTo(folder / "b.lookout").ok());
    const auto b = test::OpenProject(folder / "b.lookout");
    const LabelSettings theirs = Settings({Profile("Bob", 3, 0.42)}, "Wall");
    REQUIRE(b->SaveSetting(kAnnotatorsSetting, AnnotatorsText(theirs.annotators)).ok());
    REQUIRE(b->SaveSetting(kDangerClassesSetting, DangerClassesText(theirs.danger_classes)).ok());
  }
  const auto merged = MergeProjects(
      {.first = folder / "a.lookout", .second = folder / "b.lookout", .out = folder / "c.lookout"});
  REQUIRE(merged.ok());
  CHECK(merged->settings.carried.size() == 2);
  const auto c = test::OpenProject(folder / "c.lookout", ProjectAccess::kReadOnly);
  const auto annotators = AnnotatorsFromText(c->Setting(kAnnotatorsSetting, ""), 0.3);
  REQUIRE(annotators.Find("Bob") != nullptr);
  CHECK(annotators.Find("Bob")->reaction_lag_s == 0.42);
  CHECK(DangerClassesFromText(c->Setting(kDangerClassesSetting, "")).NameOf(6) == "Wall");
}

}  // namespace
}  // namespace lookout::app
