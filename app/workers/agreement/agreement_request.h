// How far annotators agree: what it is measured on, and what came of it. Values; the chunks are
// shared, not copied.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/agreement/agreement.h"
#include "agents/feedback/kinds/feedback_record.h"
#include "sim/recording/recording.h"

namespace lookout::app {

struct AgreementRequest {
  std::int64_t sequence = 0;  // the journal's last, of which the feedback is all that counts
  std::vector<agents::FeedbackRecord> feedback;
  // That it is about, as far as they are known: chunks in order from step 0.
  std::vector<std::pair<sim::EpisodeHeaderPtr, std::vector<sim::ChunkPtr>>> episodes;
};

struct MeasuredAgreement {
  std::int64_t sequence = 0;
  std::shared_ptr<const agents::AgreementReport> report;  // null: there is a problem
  std::string problem;
};

// With the settings that "lookout agreement" has by itself.
MeasuredAgreement MeasureAgreementOf(const AgreementRequest& request);

}  // namespace lookout::app
