#include "ui/model/episode_past.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace lookout::ui {
namespace {

void Record(EpisodeStore& store, std::int64_t id, StepIndex steps, std::int64_t parent = 0,
            StepIndex branched_at = 0) {
  auto header = std::make_shared<sim::EpisodeHeader>();
  header->id = EpisodeId{id};
  header->branched_from = EpisodeId{parent};
  header->branched_at = branched_at;
  auto scene = std::make_shared<EpisodeScene>();
  scene->header = header;
  store.Begin(scene);
  auto chunk = std::make_shared<sim::RecordingChunk>();
  chunk->episode = EpisodeId{id};
  chunk->steps.resize(static_cast<std::size_t>(steps));
  store.Append(chunk);
}

struct Stretch {
  std::int64_t id = 0;
  StepIndex last = 0;
  bool operator==(const Stretch&) const = default;
};

std::vector<Stretch> Past(const EpisodeStore& store, std::int64_t id, StepIndex step) {
  std::vector<Stretch> past;
  for (const EpisodeStretch& stretch : PastOf(store, EpisodeId{id}, step)) {
    CHECK(stretch.chunks == store.Find(stretch.header->id)->chunks());
    past.push_back({stretch.header->id.value, stretch.last});
  }
  return past;
}

TEST_CASE("a step's past goes through all the episodes that it was branched from") {
  EpisodeStore store;
  Record(store, 1, 50);
  Record(store, 2, 30);  // of no concern
  Record(store, 3, 20, 1, 12);
  Record(store, 4, 10, 3, 0);
  CHECK(Past(store, 1, 7) == std::vector<Stretch>{{1, 7}});
  CHECK(Past(store, 4, 5) == std::vector<Stretch>{{1, 12}, {3, 0}, {4, 5}});
}

TEST_CASE("it begins later where an older episode is not in memory, or says what cannot be") {
  EpisodeStore store;
  Record(store, 3, 20, 1, 12);
  CHECK(Past(store, 3, 5) == std::vector<Stretch>{{3, 5}});
  CHECK(Past(store, 3, 20).empty());
  CHECK(Past(store, 9, 0).empty());
  Record(store, 5, 20, 3, 99);  // which has no such step
  CHECK(Past(store, 5, 5) == std::vector<Stretch>{{5, 5}});
  Record(store, 6, 20, 7, 1);
  Record(store, 7, 20, 6, 1);
  CHECK(Past(store, 7, 1) == std::vector<Stretch>{{6, 1}, {7, 1}});
}

}  // namespace
}  // namespace lookout::ui
