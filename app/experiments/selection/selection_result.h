// What one seed of the experiment on selection came to, and its file. Any thread.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "app/experiments/selection/instruments.h"
#include "app/experiments/selection/selection_settings.h"
#include "sim/base/result.h"

namespace lookout::app {

// The present agent of a row, on episodes that nothing was chosen on.
struct SelectionFigures {
  Instrument row = Instrument::kNone;  // by which it was selected
  int generation = 0;                  // 0: before any selection
  Readings readings;                   // of all instruments, those that it was not selected by, too
};

// After which generations agents are measured: 0, every so many, and the last.
std::vector<int> MeasuredGenerations(const SelectionSettings& settings);

struct SelectionSeed {
  std::uint32_t seed = 0;
  std::vector<SelectionFigures> figures;  // by row, then by generation

  // Null if it was not measured.
  const SelectionFigures* Find(Instrument row, int generation) const;
};

// With the options of the environment; what two results have to share to be of one experiment.
nlohmann::ordered_json SettingsJson(const SelectionSettings& settings);
nlohmann::ordered_json FiguresJson(const SelectionFigures& figures);

std::string EncodeSeed(const SelectionSeed& result, const SelectionSettings& settings);
// Rejects (kBadInput) a text that is none, or that was made with other settings; file: its name.
Result<SelectionSeed> DecodeSeed(const std::string& text, const SelectionSettings& settings,
                                 const std::string& file);

}  // namespace lookout::app
