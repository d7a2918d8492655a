// Runs the program's own command line inside the test, and what a short training run needs.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/base/result.h"

namespace lookout::app {

// Exit codes.
inline constexpr int kUsage = static_cast<int>(ErrorCode::kUsage);
inline constexpr int kBadInput = static_cast<int>(ErrorCode::kBadInput);

struct CommandResult {
  int exit_code = 0;
  std::string output;  // standard output
  std::string errors;  // standard error
};

// As if typed after "lookout".
CommandResult Lookout(const std::vector<std::string>& arguments);

// Arguments of `lookout train` with so little of everything that an iteration of 600 steps takes a
// tenth of a second. environment: "PointGoal1".
std::vector<std::string> TinyTraining(const std::string& folder, int iterations,
                                      const std::string& environment = "PointGoal1");
std::vector<std::string> operator+(std::vector<std::string> arguments,
                                   const std::vector<std::string>& more);

// The cost model of PointGoal1 that comes with the program.
std::filesystem::path ShippedModel();

// The file's content, or why it cannot be read.
std::string FileText(const std::filesystem::path& path);

}  // namespace lookout::app
