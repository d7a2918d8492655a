// What two projects say of their annotators and danger classes, in one. Pure function; any thread.
#pragma once

#include <string>
#include <vector>

#include "agents/feedback/kinds/danger_classes.h"
#include "ui/model/annotators.h"

namespace lookout::app {

// What a project keeps of who marks in it, and of what they call dangers.
struct LabelSettings {
  ui::Annotators annotators;
  agents::DangerClasses danger_classes;
};

// What both say, in other words; the first one's stays.
struct SettingConflict {
  std::string what;    // "the reaction lag of Ann"
  std::string first;   // "0.30 s"
  std::string second;  // likewise
  bool operator==(const SettingConflict&) const = default;
};

struct SettingsMerge {
  LabelSettings settings;  // of the merged project
  std::vector<std::string>
      carried;  // from the second one: "the profile of Bob, with a reaction lag of 0.42 s"
  std::vector<SettingConflict> conflicts;
};

// Annotators whom the first project does not know, or knows from their records alone, come with all
// that the second says of them; one who has kept every default there likewise. A colour that
// somebody of the first has already becomes a free one, and is told as a conflict. Danger classes
// that the first has given no name get the second's; its records speak of classes by number.
SettingsMerge MergeSettings(const LabelSettings& first, const LabelSettings& second);

}  // namespace lookout::app
