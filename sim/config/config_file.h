// Environment configurations as people write them: JSON files with Engine's options, and names.
// Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "sim/base/result.h"
#include "sim/config/config.h"

namespace lookout::sim {

// A JSON object of options. What it leaves out has Engine's default, or, if it names a registered
// environment by "extends", what that environment has. Rejects (kBadInput), with the place or the
// key: text that is not JSON, too long, too deep or with a key twice, and what ChangeConfig
// refuses.
Result<EnvironmentConfig> ParseConfigText(std::string_view text, std::string_view id);

// What ParseConfigText reads as the same configuration: every option, on one line.
std::string ConfigText(const EnvironmentConfig& config);

// The file's name without its ending becomes the id. Rejects what is not a regular file.
Result<EnvironmentConfig> LoadConfigFile(const std::filesystem::path& path);

// A registered id, or the path of a file: what has a "/" in it, ends in ".json", or is there as a
// file while no environment is called so.
Result<EnvironmentConfig> LoadConfig(std::string_view id_or_file);

}  // namespace lookout::sim
