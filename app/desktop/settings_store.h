// The file of the window's settings: read if it can be, replaced without losing what a person wrote
// there. Main thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "sim/base/result.h"

namespace lookout::app {

// The text of the settings, "{}" if there are none yet. Rejects what cannot be read, such as a link
// to itself or a file beyond 1 MB.
Result<std::string> ReadSettings(const std::filesystem::path& path);

// Writes the settings whole or not at all. With keep_old, the file that was there is renamed to
// "settings.json.kept" (".kept-2" and so on where that is taken) first.
Status ReplaceSettings(const std::filesystem::path& path, std::string_view text, bool keep_old);

}  // namespace lookout::app
