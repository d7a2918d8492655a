// How far annotators agree: what it is measured on, and what came of it. Values; the chunks are
// shared, not copied.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "agents/feedback/agreement/agreement.h"
#include "agents/feedback/kinds/feedback_record.h"
#include "app/workers/runtime/recording_handle.h"

namespace lookout::app {

struct AgreementRequest {
  std::int64_t sequence = 0;  // the journal's last, of which the feedback is all that counts
  std::vector<agents::FeedbackRecord> feedback;
  std::vector<RecordingHandle> episodes;  // that it is about, as far as they are known
  RecordingLoader load = nullptr;         // of those that nobody has in memory
};

struct MeasuredAgreement {
  std::int64_t sequence = 0;
  std::shared_ptr<const agents::AgreementReport> report;  // null: there is a problem
  std::string problem;
};

// With the settings that "lookout agreement" has by itself. An episode that cannot be read does not
// count.
MeasuredAgreement MeasureAgreementOf(const AgreementRequest& request);

}  // namespace lookout::app
