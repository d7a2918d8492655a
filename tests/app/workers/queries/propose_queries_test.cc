#include "app/workers/queries/propose_queries.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <string>

#include "agents/feedback/kinds/intervention.h"
#include "agents/feedback/kinds/mark.h"
#include "agents/feedback/kinds/region.h"
#include "sim/recording/layout_name.h"

namespace lookout::app {
namespace {

using agents::Query;
using agents::QueryKind;
using agents::QueryReason;

// An episode of 751 steps whose observation drifts away from what it was.
QueryRequest::Episode EpisodeOf(std::int64_t id) {
  auto header = std::make_shared<sim::EpisodeHeader>();
  header->id = EpisodeId{id};
  auto scene = std::make_shared<ui::EpisodeScene>();
  scene->header = header;
  scene->spec.observation_dim = 3;
  auto chunk = std::make_shared<sim::RecordingChunk>();
  chunk->episode = header->id;
  for (int i = 0; i <= 750; ++i) {
    sim::StepRecord step;
    step.observation = Eigen::Vector3f(static_cast<float>(i), static_cast<float>(id),
                                       std::sin(static_cast<float>(i)));
    chunk->steps.push_back(step);
  }
  return {scene, {chunk}};
}

QueryRequest Recorded() {
  QueryRequest request;
  for (const std::int64_t id : {1, 2, 3}) request.episodes.push_back(EpisodeOf(id));
  return request;
}

bool Overlap(const agents::Segment& a, const agents::Segment& b) {
  return a.episode == b.episode && a.first <= b.last && b.first <= a.last;
}

TEST_CASE("spans and pairs are proposed in turn, no two spans are neighbours, each says why") {
  const ProposedQueries proposed = ProposeQueries(Recorded());
  CHECK(proposed.problem.empty());
  REQUIRE(proposed.queries.size() > 6);
  const auto of_kind = [&](QueryKind kind) {
    return std::ranges::count(proposed.queries, kind, &Query::kind);
  };
  CHECK(of_kind(QueryKind::kSpan) >= 2);
  CHECK(of_kind(QueryKind::kPair) >= 4);
  for (std::size_t i = 0; i < proposed.queries.size(); ++i) {
    const Query& query = proposed.queries[i];
    CHECK_FALSE(query.why.empty());
    if (query.kind == QueryKind::kPair) CHECK_FALSE(Overlap(query.first, query.second));
    for (std::size_t j = 0; j < i; ++j) {
      const Query& other = proposed.queries[j];
      if (query.kind == QueryKind::kPair || other.kind == QueryKind::kPair) continue;
      const bool near = other.first.episode == query.first.episode &&
                        std::abs(other.first.first - query.first.first) < 150;
      CHECK_FALSE(near);
    }
  }
  CHECK(ProposeQueries(Recorded()).queries == proposed.queries);
}

TEST_CASE("what was judged is not asked about, and what is unlike it is asked first") {
  QueryRequest request = Recorded();
  const agents::Mark mark{.id = MarkId{1},
                          .episode = EpisodeId{1},
                          .first_step = 1,
                          .last_step = 80,
                          .annotator = {},
                          .note = {}};
  request.feedback.push_back(RecordOf(mark));
  const ProposedQueries proposed = ProposeQueries(request);
  for (const Query& query : proposed.queries) {
    CHECK_FALSE(Overlap(query.first, {EpisodeId{1}, 1, 80}));
  }
  const auto novel = std::ranges::find(proposed.queries, QueryReason::kNovelty, &Query::reason);
  REQUIRE(novel != proposed.queries.end());
  CHECK(novel->first.first > 300);  // the very last may be an audit, or in the stop set
  CHECK(novel->first.episode == EpisodeId{3});
  CHECK(novel->why.find("standard deviations") != std::string::npos);
}

TEST_CASE("a take-over and a region count as judged, too") {
  QueryRequest request = Recorded();
  agents::FeedbackRecord taken_over;
  SetContent(
      agents::Intervention{.episode = EpisodeId{1}, .first_step = 5, .last_step = 750, .note = {}},
      taken_over);
  request.feedback.push_back(taken_over);
  agents::FeedbackRecord region;
  SetContent(agents::Region{.episode = EpisodeId{2},
                            .points = {0.0, 0.0},
                            .radius_m = 1.0,
                            .around = {},
                            .layout = sim::LayoutOf(*request.episodes[1].scene->header),
                            .note = {}},
             region);
  request.feedback.push_back(region);
  // It leaves the region of every episode of that layout at the step 300.
  for (QueryRequest::Episode& episode : request.episodes) {
    auto chunk = std::make_shared<sim::RecordingChunk>(*episode.chunks[0]);
    for (std::size_t i = 0; i < chunk->steps.size(); ++i) {
      chunk->steps[i].robot_xy_m = Eigen::Vector2f(i < 300 ? 0.5F : 5.0F, 0.0F);
    }
    episode.chunks = {chunk};
  }
  const ProposedQueries proposed = ProposeQueries(request);
  REQUIRE_FALSE(proposed.queries.empty());
  for (const Query& query : proposed.queries) {
    CHECK(query.first.episode != EpisodeId{1});
    CHECK(query.first.first >= 300);
  }
}

// Says unsafe of what is beyond a place.
class Beyond : public agents::CostModel {
 public:
  explicit Beyond(float place) : place_(place) {}
  CostModelId id() const override { return CostModelId{1}; }
  int observation_dim() const override { return 3; }
  const agents::CostModelReport& report() const override { return report_; }
  void Predict(const agents::Transitions& transitions, Eigen::Ref<Eigen::VectorXf> probability,
               Eigen::Ref<Eigen::VectorXf> spread) const override {
    const auto beyond = transitions.next_observations.row(0).transpose().array() > place_;
    probability = beyond.select(Eigen::VectorXf::Constant(probability.size(), 0.9F),
                                Eigen::VectorXf::Constant(probability.size(), 0.1F));
    spread.setConstant(0.1F);
  }
  std::string Encode() const override { return {}; }

 private:
  float place_;
  agents::CostModelReport report_;
};

TEST_CASE("with a cost model its doubts are asked about, and each query keeps what it said") {
  QueryRequest request = Recorded();
  request.model = std::make_shared<Beyond>(300.0F);
  const std::vector<Query> queries = ProposeQueries(request).queries;
  const auto of = [&](QueryReason reason) {
    return std::ranges::count(queries, reason, &Query::reason);
  };
  CHECK(of(QueryReason::kDisagreement) > 3);
  CHECK(of(QueryReason::kThreshold) > 0);
  CHECK(of(QueryReason::kAudit) == 2);
  for (const Query& query : queries) {
    if (query.kind == QueryKind::kPair) continue;
    REQUIRE(query.highest.has_value());
    const bool unsafe = query.first.last > 300;
    CHECK(*query.highest == doctest::Approx(unsafe ? 0.9 : 0.1));
    CHECK((query.chance > 0.0) == (query.reason == QueryReason::kAudit));
  }
}

TEST_CASE("a model is compared with that of the round before on clips that nobody is asked about") {
  QueryRequest request = Recorded();
  request.model = std::make_shared<Beyond>(300.0F);
  CHECK_FALSE(ProposeQueries(request).agreement.has_value());
  request.previous_model = std::make_shared<Beyond>(300.0F);
  CHECK(ProposeQueries(request).agreement == doctest::Approx(1.0));
  request.previous_model = std::make_shared<Beyond>(-1.0F);
  CHECK(ProposeQueries(request).agreement < 0.5);
}

TEST_CASE("an imported episode is asked about in spans alone, as it has no picture") {
  QueryRequest request = Recorded();
  for (QueryRequest::Episode& episode : request.episodes) {
    auto header = std::make_shared<sim::EpisodeHeader>(*episode.scene->header);
    header->imported.emplace();
    auto scene = std::make_shared<ui::EpisodeScene>(*episode.scene);
    scene->header = std::move(header);
    episode.scene = std::move(scene);
  }
  const std::vector<Query> queries = ProposeQueries(request).queries;
  CHECK_FALSE(queries.empty());
  for (const Query& query : queries) CHECK(query.kind == QueryKind::kSpan);
}

TEST_CASE("where nothing is left to ask it says why") {
  CHECK(ProposeQueries({}).problem.starts_with("No finished episode is at hand"));
  QueryRequest request = Recorded();
  for (std::int64_t id = 1; id <= 3; ++id) {
    request.feedback.push_back(RecordOf(agents::Mark{.id = MarkId{id},
                                                     .episode = EpisodeId{id},
                                                     .first_step = 0,
                                                     .last_step = 750,
                                                     .annotator = {},
                                                     .note = {}}));
  }
  const ProposedQueries proposed = ProposeQueries(request);
  CHECK(proposed.queries.empty());
  CHECK(proposed.problem == "All that is recorded has been judged");
}

}  // namespace
}  // namespace lookout::app
