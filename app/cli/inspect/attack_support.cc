#include "app/cli/inspect/attack_support.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/cli/support/option_checks.h"
#include "app/platform/files.h"

namespace lookout::app {

std::vector<std::uint32_t> SearchOptions::seeds() const {
  std::vector<std::uint32_t> all;
  for (int i = 0; i < searches; ++i) all.push_back(seed + static_cast<std::uint32_t>(i));
  return all;
}

void AddSearchOptions(CLI::App& command, SearchOptions& options) {
  options.workers = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  command.add_option("--seed", options.seed, "Of the first layout; each further one adds 1.")
      ->capture_default_str();
  command.add_option("--searches", options.searches, "Layouts, each of which is searched around.")
      ->check(Between(1, 100'000))
      ->capture_default_str();
  command.add_option("--workers", options.workers, "Threads; never change the result.")
      ->check(Between(1, 256));
  command.add_option("--out", options.out,
                     "Folder that gets an environment for each find, SEED.json.");
  command.add_flag("--json", options.json, "One JSON object instead of text.");
}

std::string ShareText(std::int64_t some, std::int64_t all) {
  if (all == 0) return "none";
  const agents::ExactInterval share = agents::ShareOf(some, all);
  return fmt::format("{} of {} ({:.1f} % [{:.1f}, {:.1f}])", some, all, 100.0 * share.value,
                     100.0 * share.low, 100.0 * share.high);
}

nlohmann::ordered_json ShareToJson(std::int64_t some, std::int64_t all) {
  const agents::ExactInterval share = agents::ShareOf(some, all);
  return {{"count", some},
          {"of", all},
          {"share", share.value},
          {"low", share.low},
          {"high", share.high}};
}

std::filesystem::path FindFile(const std::string& folder, std::uint32_t seed) {
  return std::filesystem::path(folder) / fmt::format("{}.json", seed);
}

Status CheckCanWriteFinds(const SearchOptions& options) {
  if (options.out.empty()) return {};
  const Status can = CheckCanWrite(FindFile(options.out, options.seed));
  return can ? can : Status(Error{"--out: " + can.error().message, can.error().code});
}

Status WriteFind(const std::string& folder, std::uint32_t seed, const std::string& text) {
  return WriteWholeFile(FindFile(folder, seed), text);
}

}  // namespace lookout::app
