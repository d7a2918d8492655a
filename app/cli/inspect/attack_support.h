// What the commands below `lookout attack` have in common. Main thread.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "agents/feedback/audit/exact_interval.h"
#include "app/project/project.h"
#include "sim/base/result.h"

namespace lookout::app {

// Which layouts are searched around, and where what is found goes.
struct SearchOptions {
  std::uint32_t seed = 0;  // of the first layout; each further one adds 1
  int searches = 8;
  int workers = 1;
  std::string out;     // folder of environments; empty: none
  std::string record;  // project; empty: none
  bool json = false;

  std::vector<std::uint32_t> seeds() const;
};

// Adds --seed, --searches, --workers, --out and --json; `options` has to outlive the command.
void AddSearchOptions(CLI::App& command, SearchOptions& options);

// "12 of 300 (4.0 % [2.1, 6.9])"; "none" of none.
std::string ShareText(std::int64_t some, std::int64_t all);
// {"count": 12, "of": 300, "share": 0.04, "low": ..., "high": ...}
nlohmann::ordered_json ShareToJson(std::int64_t some, std::int64_t all);

// "FOLDER/SEED.json", of what was found around that seed's layout.
std::filesystem::path FindFile(const std::string& folder, std::uint32_t seed);
// Whether WriteFind can be expected to succeed, for whoever searches for long before it.
Status CheckCanWriteFinds(const SearchOptions& options);
// Writes a file of it, and makes the folder first if it is not there.
Status WriteFind(const std::string& folder, std::uint32_t seed, const std::string& text);

}  // namespace lookout::app
