// Opens a file by its path, for whoever cannot drop it on the window. Window thread only.
#pragma once

#include <string>
#include <string_view>

#include "ui/commands.h"

namespace lookout::ui {

struct OpenPathSpec {
  const char* field = "";   // id of the field
  const char* button = "";  // id of the button beside it
  const char* hint = "";    // in the field while it is empty
  std::string_view tooltip = {};
};

// A field for a path, as wide as what the Open button at its right leaves. The button, or Enter in
// the field, sends OpenFiles: true then. The path stays, to be mended if it was wrong.
bool OpenPathField(const OpenPathSpec& spec, std::string& path, CommandSender& sender);

// The field for a policy, a checkpoint, a run's folder or a cost model, under a line that says so.
void DrawOpenPolicy(CommandSender& sender, std::string& path);

}  // namespace lookout::ui
