// What the window may ask for about annotators, as values. Part of commands.h.
#pragma once

#include <cstddef>
#include <string>

#include "agents/feedback/kinds/mark.h"
#include "ui/model/annotators.h"

namespace lookout::ui {

// From now on that one marks, of those who are known.
struct SwitchAnnotator {
  std::string name;
};
// A new annotator, or what one is like from now on.
struct SaveAnnotator {
  AnnotatorProfile profile;
};
// What that class of danger is called in this project; empty: as usual (see DangerClasses::Rename).
struct NameDangerClass {
  agents::DangerClass danger = 0;
  std::string name;
};
// How far annotators agree is measured, if that has changed; asked for while somebody looks.
struct MeasureAgreement {};
// To the next (+1) or the previous (-1) disagreement between annotators, the longest first.
struct GoToDisagreement {
  int direction = 1;
};
// To that one of the report that is shown.
struct ShowDisagreement {
  std::size_t index = 0;
};

}  // namespace lookout::ui
