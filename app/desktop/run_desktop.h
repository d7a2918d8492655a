// The window from opening to closing. Main thread only.
#pragma once

#include <functional>

#include "app/platform/gl_context.h"
#include "app/workspace/workspace.h"

namespace lookout::app {

// Shows frames until the person leaves or `is_asked_to_leave`, looked at after every frame; then
// keeps the window's settings.
void RunDesktop(GlContext& gl, Workspace& workspace,
                const std::function<bool()>& is_asked_to_leave);

}  // namespace lookout::app
