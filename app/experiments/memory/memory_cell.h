// One agent of an experiment on memory: how it learned, what it came to, and its file. Any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "app/experiments/memory/memory_settings.h"
#include "sim/base/result.h"

namespace lookout::app {

// After each iteration of the training.
struct MemoryCurve {
  std::vector<double> steps;
  std::vector<double> total_reward;  // mean of the episodes that ended in it; NaN: none did
  std::vector<double> cost;          // likewise
  // That training took until then: by the clock, and of the processor. They are what they were on
  // the machine, and no part of what is the same whenever it is done again.
  std::vector<double> wall_s;
  std::vector<double> processor_s;
};

struct MemoryCell {
  MemoryKey key;
  int parameters = 0;  // of the policy's network
  MemoryCurve curve;
  // Of each episode that the trained agent is measured on.
  std::vector<double> total_reward;
  std::vector<double> cost;
};

// "cell-half_blind-gru-usual-seed0.json", and the agent's policy beside it.
std::string FileNameOf(const MemorySettings& settings, const MemoryKey& key);
std::string PolicyFileOf(const MemorySettings& settings, const MemoryKey& key);

// With every option of the agent's environment and training; what a cell has to have been made
// with. Of another world nothing, so that further ones can be added.
nlohmann::ordered_json SettingsJson(const MemorySettings& settings, const MemoryKey& key);

// Reading rejects (kBadInput) a text that is none, or that was made with other settings; file: its
// name.
std::string EncodeCell(const MemoryCell& cell, const MemorySettings& settings);
Result<MemoryCell> DecodeCell(const std::string& text, const MemoryKey& key,
                              const MemorySettings& settings, const std::string& file);

}  // namespace lookout::app
