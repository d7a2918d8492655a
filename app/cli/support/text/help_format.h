// How `--help` looks. Main thread.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace lookout::app {

// Options with their kind of value and default alone, and help in lines that fit a terminal.
class HelpFormat : public CLI::Formatter {
 public:
  std::string make_option_opts(const CLI::Option* option) const override;
  std::string make_option_desc(const CLI::Option* option) const override;
};

}  // namespace lookout::app
