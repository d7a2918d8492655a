#include "app/workers/agreement/agreement_worker.h"

#include <doctest/doctest.h>

#include <chrono>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "agents/feedback/kinds/mark.h"

namespace lookout::app {
namespace {

TEST_CASE("the agreement worker measures what it is sent, on its own thread") {
  NoticeBoard notices;
  AgreementWorker worker(notices);
  AgreementRequest request{.sequence = 7, .feedback = {}, .episodes = {}};
  auto header = std::make_shared<sim::EpisodeHeader>();
  header->id = EpisodeId{1};
  auto chunk = std::make_shared<sim::RecordingChunk>();
  chunk->episode = EpisodeId{1};
  chunk->steps.resize(100);
  request.episodes.emplace_back(header, std::vector<sim::ChunkPtr>{chunk});
  for (const char* name : {"a", "b"}) {
    request.feedback.push_back(RecordOf(agents::Mark{.id = MarkId{name[0]},
                                                     .episode = EpisodeId{1},
                                                     .first_step = 10,
                                                     .last_step = name[0] == 'a' ? 20 : 30,
                                                     .annotator = name}));
  }
  worker.Ask(std::move(request));
  std::vector<MeasuredAgreement> measured;
  for (int i = 0; i < 2000 && measured.empty(); ++i) {
    worker.measured().Take(measured);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  REQUIRE(measured.size() == 1);
  CHECK(measured.front().sequence == 7);
  REQUIRE(measured.front().report != nullptr);
  REQUIRE(measured.front().report->disagreements.size() == 1);
  CHECK(measured.front().report->disagreements.front().first_step == 21);
}

}  // namespace
}  // namespace lookout::app
