// What an experiment on labels leaves behind: a table for people, one of every agent, a picture and
// a JSON object with all that it was made with. Pure functions; any thread.
#pragma once

#include <span>
#include <string>

#include "app/experiments/labels/labels_cell.h"
#include "app/experiments/labels/labels_settings.h"
#include "app/experiments/labels/labels_summary.h"

namespace lookout::app {

// Markdown, which reads as text, too: the means of every row, returns at a matched true cost, and
// which seeds of episodes were used for what.
std::string LabelsTable(const LabelsSettings& settings, const LabelsPlan& plan,
                        const LabelsSummary& summary);

// A row for each agent; empty where a number is not known.
std::string LabelsCsv(std::span<const LabelsCell> cells);

// Share of the rule's return, true cost and learned over true cost against the number of answers,
// with 95 % intervals, at the limit that is nearest to the matched cost. A single number of answers
// is drawn as a short line.
std::string LabelsSvg(const LabelsSettings& settings, const LabelsPlan& plan,
                      const LabelsSummary& summary);

// command: that does it all again.
std::string LabelsJson(const LabelsSettings& settings, const LabelsPlan& plan,
                       const LabelsSummary& summary, const std::string& command);

}  // namespace lookout::app
