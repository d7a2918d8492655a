// What somebody said of a span, in a few words. Any thread.
#pragma once

#include "agents/feedback/kinds/danger_classes.h"
#include "agents/feedback/kinds/mark.h"
#include "ui/widgets/text.h"

namespace lookout::ui {

// "Unsafe · Vase · 7 of 10"; class and badness only where they are said.
Short MarkInWords(const agents::Mark& mark, const agents::DangerClasses& classes);

}  // namespace lookout::ui
