// The window from opening to closing. Main thread only.
#pragma once

#include "app/platform/gl_context.h"
#include "app/workspace/workspace.h"

namespace lookout::app {

// Shows frames until the person leaves or SIGINT or SIGTERM asks to; then keeps the window's
// settings. Gives the exit code.
int RunDesktop(GlContext& gl, Workspace& workspace);

}  // namespace lookout::app
