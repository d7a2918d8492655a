#include "app/cli/support/slips_option.h"

#include "app/cli/support/fail.h"

namespace lookout::app {

void AddSlipsOption(CLI::App& command, std::vector<double>& slips) {
  command
      .add_option("--slips", slips,
                  "Shares of false alarms and of misses that are known of one verdict, which the "
                  "audited cost is then freed from.")
      ->expected(2);
}

Result<std::optional<agents::SlipRates>> ReadSlips(const std::vector<double>& slips) {
  if (slips.empty()) return std::optional<agents::SlipRates>{};
  const agents::SlipRates rates{.false_alarm = slips[0], .miss = slips[1]};
  if (Status sound = agents::CheckSlips(rates); !sound) return WrongUsage(sound.error());
  return std::optional(rates);
}

}  // namespace lookout::app
