// What an experiment on transfer leaves behind: a table of means, one of every seed, matrices as a
// picture, and a JSON object with all that it was made with, which the window opens. Pure
// functions; any thread.
#pragma once

#include <span>
#include <string>

#include "app/experiments/transfer/transfer_summary.h"
#include "app/experiments/transfer/transfer_world.h"

namespace lookout::app {

// Markdown: a row for each source, target and inputs, then the policies, then the seeds.
std::string TransferTable(const TransferWorld& world, int seeds,
                          std::span<const TransferLine> lines);

// A row for each seed, source, target and inputs; empty where a number is not known.
std::string TransferCsv(const TransferWorld& world, std::span<const TransferCell> cells);

// A matrix of sources and targets for each figure and inputs, and of the policies.
std::string TransferSvg(const TransferWorld& world, std::span<const TransferLine> lines);

// command: that does it all again.
std::string TransferJson(const TransferWorld& world, int seeds, std::span<const TransferLine> lines,
                         const std::string& command);

}  // namespace lookout::app
