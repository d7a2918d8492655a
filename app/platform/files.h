// Small files around the program: where assets and settings live, reading with a size limit, and
// writing so that a crash or a full disk leaves the old file whole. Any thread; not on the window's
// while it draws.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "sim/base/result.h"

namespace lookout::app {

// A file of the repository's assets folder, e.g. "policies/pointgoal1-ppo.policy". Looks in
// $LOOKOUT_ASSETS; in ../share/lookout of the program's folder, where it is installed; and in
// folders called assets beside the program and above it, where it was built. kBadInput if it is
// nowhere.
Result<std::filesystem::path> FindAsset(std::string_view name);
// The same for a program at that path.
Result<std::filesystem::path> FindAsset(std::string_view name,
                                        const std::filesystem::path& program);

// The path of the asset of an environment, by its short name: of "policies", "PointGoal1" and
// "-ppo.policy" that of policies/pointgoal1-ppo.policy. Empty: there is none.
std::string AssetFor(std::string_view folder, std::string_view short_name, std::string_view rest);

// $XDG_CONFIG_HOME/lookout/settings.json, or below ~/.config.
Result<std::filesystem::path> SettingsPath();

// A path as a person types it: "~" or "~/..." begins at $HOME, if that is set; others stay.
std::filesystem::path ExpandHome(const std::filesystem::path& path);

// The whole file. Rejects what is not a regular file or is longer than `most_bytes`.
Result<std::string> ReadWholeFile(const std::filesystem::path& path, std::size_t most_bytes);

// Makes the folders above a file or folder that is to be written; says so in a line on standard
// error if there were none, as that may be a slip in the path.
Status MakeFoldersAbove(const std::filesystem::path& path);

// Whether WriteWholeFile can be expected to succeed, for whoever works for long before it: writes
// nothing that stays, but makes the folders above.
Status CheckCanWrite(const std::filesystem::path& path);

// Writes a temporary beside it, flushes, renames; after MakeFoldersAbove. Rejects (kBadInput) to
// replace a project.
Status WriteWholeFile(const std::filesystem::path& path, std::string_view content);

}  // namespace lookout::app
