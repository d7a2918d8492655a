// What the window shows of how far annotators agree. Values; written by the workspace, read by
// panels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "agents/feedback/agreement/agreement.h"

namespace lookout::ui {

struct AgreementOnScreen {
  std::shared_ptr<const agents::AgreementReport> report;  // the newest one; null: none yet
  std::int64_t sequence = -1;                             // of the journal that was measured last
  bool measuring = false;
  std::string problem;               // why the last measuring failed; empty if it did not
  std::optional<std::size_t> shown;  // of the report's disagreements, gone to last
};

}  // namespace lookout::ui
