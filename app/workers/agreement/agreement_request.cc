#include "app/workers/agreement/agreement_request.h"

#include "agents/feedback/agreement/annotator_opinions.h"
#include "agents/feedback/agreement/recorded_episode.h"

namespace lookout::app {

MeasuredAgreement MeasureAgreementOf(const AgreementRequest& request) {
  std::vector<agents::RecordedEpisode> episodes;
  episodes.reserve(request.episodes.size());
  for (const RecordingHandle& handle : request.episodes) {
    if (const Result<Recording> read = Fetch(handle, request.load)) {
      episodes.push_back(agents::DescribeRecorded(*read->header, read->chunks));
    }
  }
  const agents::AnnotatorOpinions opinions = agents::GatherOpinions(request.feedback, episodes);
  return {.sequence = request.sequence,
          .report = std::make_shared<const agents::AgreementReport>(
              agents::MeasureAgreement(opinions, agents::AgreementSettings{})),
          .problem = {}};
}

}  // namespace lookout::app
