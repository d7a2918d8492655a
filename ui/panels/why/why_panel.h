// Why the cost model calls the moment on screen unsafe, or not: what it goes by, what would change
// it, which labels it is like, whether that can be trusted; and whether a claim about it holds
// everywhere. Or why the policy that plays does there what it does, or expects what it expects.
// Window thread only.
#pragma once

#include "ui/panels/state/panel.h"

namespace lookout::ui {

extern const Panel kWhyPanel;

}  // namespace lookout::ui
