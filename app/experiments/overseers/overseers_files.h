// What an experiment on overseers leaves behind: a table for people, one of every agent, a picture
// and a JSON object with all that it was made with. Pure functions; any thread.
#pragma once

#include <span>
#include <string>

#include "app/experiments/overseers/overseers_cell.h"
#include "app/experiments/overseers/overseers_settings.h"
#include "app/experiments/overseers/overseers_summary.h"

namespace lookout::app {

// Markdown, which reads as text, too: violations until agents were trained, by phases, what the
// agents came to, and which seeds of episodes were used for what.
std::string OverseersTable(const OverseersSettings& settings, const OverseersPlan& plan,
                           std::span<const OverseersLine> lines);

// A row for each agent; empty where a number is not known.
std::string OverseersCsv(std::span<const OverseersCell> cells);

// Violations in training, on a logarithmic axis that goes on to 0, against the share of the
// reference's return: a small mark for each agent, a large one with its name for each row's mean.
std::string OverseersSvg(const OverseersSettings& settings, std::span<const OverseersLine> lines);

// command: that does it all again.
std::string OverseersJson(const OverseersSettings& settings, const OverseersPlan& plan,
                          std::span<const OverseersLine> lines, const std::string& command);

}  // namespace lookout::app
