// What was learned in one environment, measured in another, for one seed; and its file. Any thread.
#pragma once

#include <array>
#include <limits>
#include <string>
#include <vector>

#include "app/experiments/transfer/transfer_settings.h"
#include "app/experiments/transfer/transfer_world.h"
#include "sim/base/result.h"

namespace lookout::app {

// Of a cost model, on the target's evaluation episodes, against a faultless eye; NaN: cannot be
// told.
struct ModelInTarget {
  static constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

  std::string why;                   // it cannot be measured, or could not be made; else empty
  std::vector<std::string> absent;   // lidars that it looks at and the target lacks
  std::vector<std::string> unknown;  // lidars of the target that it never learned about
  double auc = kUnknown;
  // At the threshold that lets 5 % of the safe steps of the selection episodes be called unsafe.
  double missed = kUnknown;        // of the unsafe steps, the share that is not called so
  double false_alarms = kUnknown;  // of the safe ones, the share that is
  double ratio = kUnknown;         // predicted cost over the number of unsafe steps

  bool is_measured() const { return why.empty(); }
};

// The source's policy, on the same episodes' seeds.
struct PolicyInTarget {
  std::string why;  // it cannot act there; else empty
  std::vector<double> returns;
  std::vector<double> true_costs;
};

struct TransferCell {
  TransferKey key;
  std::array<ModelInTarget, kTransferInputs> models;
  PolicyInTarget policy;

  const ModelInTarget& Of(TransferInputs inputs) const {
    return models[static_cast<std::size_t>(inputs)];
  }
};

std::string EncodeCell(const TransferCell& cell, const TransferWorld& world);
// Rejects (kBadInput) a text that is none, or that was made with other settings; file: its name.
Result<TransferCell> DecodeCell(const std::string& text, const TransferKey& key,
                                const TransferWorld& world, const std::string& file);

}  // namespace lookout::app
