// What an experiment on memory leaves behind: a table for people, one of every agent, a picture and
// a JSON object with all that it was made with. Pure functions; any thread.
#pragma once

#include <span>
#include <string>

#include "app/experiments/memory/memory_cell.h"
#include "app/experiments/memory/memory_settings.h"
#include "app/experiments/memory/memory_summary.h"

namespace lookout::app {

// Markdown, which reads as text, too: what agents came to after as many steps, and after as much
// processor time; with which settings, and on which seeds.
std::string MemoryTable(const MemorySettings& settings, const MemoryPlan& plan,
                        std::span<const MemoryLine> lines);

// A row for each agent; empty where a number is not known.
std::string MemoryCsv(const MemorySettings& settings, std::span<const MemoryCell> cells);

// Learning curves, return beside cost: a row of panels for each world and step size.
std::string MemorySvg(const MemorySettings& settings, const MemoryPlan& plan,
                      std::span<const MemoryLine> lines);

// command: that does it all again.
std::string MemoryJson(const MemorySettings& settings, const MemoryPlan& plan,
                       std::span<const MemoryLine> lines, const std::string& command);

}  // namespace lookout::app
