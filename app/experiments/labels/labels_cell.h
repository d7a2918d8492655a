// One agent of an experiment on labels, what it came to, and its file; likewise of answers. Any
// thread.
#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "app/experiments/episode_figures.h"
#include "app/experiments/labels/labels_answers.h"
#include "app/experiments/labels/labels_settings.h"
#include "app/experiments/simulated_audit.h"
#include "sim/base/result.h"

namespace lookout::app {

struct CellKey {
  CostRow row = CostRow::kRule;
  double flips = 0.0;  // of the rule 0, and no answers
  int answers = 0;
  double limit = 25.0;
  std::uint32_t seed = 0;
  bool operator==(const CellKey&) const = default;

  // Of a row with answers.
  AnswersKey answers_key() const { return {AskingOf(row), flips, answers, seed}; }
};

struct LabelsCell {
  CellKey key;
  AnswersFigures answers;
  EpisodeSums episodes;  // of the agent after training, from seeds that nothing else starts from
  AuditFigures audit;    // of clips of these episodes
  // Of the cost model, on all steps of these episodes; NaN without one. Missed: of the unsafe ones
  // the share with a predicted cost below 1/2.
  double auc = std::numeric_limits<double>::quiet_NaN();
  double missed = std::numeric_limits<double>::quiet_NaN();
  double calibration_error = std::numeric_limits<double>::quiet_NaN();
};

// "cell-queue-flips0.1-700-limit25-seed0.json".
std::string FileNameOf(const CellKey& key);

// With every option of environment and training; what two cells have to share to be of one
// experiment.
nlohmann::ordered_json SettingsJson(const LabelsSettings& settings);

// Each rejects (kBadInput) a text that is none, or that was made with other settings; file: its
// name.
std::string EncodeCell(const LabelsCell& cell, const LabelsSettings& settings);
Result<LabelsCell> DecodeCell(const std::string& text, const CellKey& key,
                              const LabelsSettings& settings, const std::string& file);
std::string EncodeAnswers(const AnswersFigures& figures, const LabelsSettings& settings);
Result<AnswersFigures> DecodeAnswers(const std::string& text, const LabelsSettings& settings,
                                     const std::string& file);

}  // namespace lookout::app
