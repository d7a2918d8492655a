// Runs a subcommand as main() would and catches what it prints.
#pragma once

#include <string>
#include <vector>

namespace lookout::app {

struct Outcome {
  int exit_code = 0;
  std::string out;
  std::string err;
};

// {"envs", "--json"}: without the program's name. One at a time.
Outcome RunCommand(const std::vector<std::string>& arguments);

}  // namespace lookout::app
