// What an experiment on queries leaves behind: a table of every round of every seed, a picture and
// a JSON object with all that it was made with. Pure functions; any thread.
#pragma once

#include <span>
#include <string>

#include "app/experiments/queries/seed_result.h"
#include "app/experiments/queries/study_settings.h"
#include "app/experiments/queries/study_summary.h"

namespace lookout::app {

// Columns seed, strategy and the figures of a round; empty where a number is not known.
std::string StudyCsv(std::span<const SeedResult> results);

// The held-out errors against the number of labelled clips, both strategies, with 95 % bands; below
// them the last two thirds alone, whose errors are small beside the first ones.
std::string StudySvg(const StudySettings& settings, std::span<const MeasureSummary> summaries);

// command: that does it all again.
std::string StudyJson(const StudySettings& settings, std::span<const SeedResult> results,
                      std::span<const MeasureSummary> summaries, const std::string& command);

// A few lines for a person.
std::string StudyText(std::span<const SeedResult> results,
                      std::span<const MeasureSummary> summaries);

}  // namespace lookout::app
