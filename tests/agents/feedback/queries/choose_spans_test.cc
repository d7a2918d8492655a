#include "agents/feedback/queries/choose_spans.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>

#include "agents/feedback/queries/disagreement.h"

namespace lookout::agents {
namespace {

// 20 clips a second long, three seconds apart, in each of ten episodes.
QueryCandidates Open() {
  QueryCandidates candidates{.anything_judged = true, .has_model = true};
  for (std::int64_t episode = 1; episode <= 10; ++episode) {
    for (StepIndex i = 0; i < 20; ++i) {
      const auto number = static_cast<float>(candidates.open.size());
      candidates.open.push_back(
          {.clip = {EpisodeId{episode}, 1 + 150 * i, 50 + 150 * i},
           .predicted = 0.2F,
           .highest = 0.3F,
           .spread = 0.1F,
           .disagreement = 0.001F * number,
           .nearness = 0.4F,
           .seen = Eigen::Vector2f(std::sin(1.7F * number), std::cos(0.9F * number)),
           .novelty = 0.5F});
    }
  }
  return candidates;
}

std::map<QueryReason, int> CountReasons(const std::vector<Query>& queries) {
  std::map<QueryReason, int> counts;
  for (const Query& query : queries) ++counts[query.reason];
  return counts;
}

const Query& OneOf(const std::vector<Query>& queries, QueryReason reason) {
  const auto found = std::ranges::find(queries, reason, &Query::reason);
  REQUIRE(found != queries.end());
  return *found;
}

QueryCandidate& At(QueryCandidates& candidates, std::size_t index) {
  return candidates.open[index];
}

TEST_CASE("A batch is half disagreement, and two, two and one tenths of the other reasons") {
  const auto counts = CountReasons(ChooseSpans(Open(), {.batch = 20}));
  CHECK(counts.at(QueryReason::kDisagreement) == 10);
  CHECK(counts.at(QueryReason::kThreshold) == 4);
  CHECK(counts.at(QueryReason::kPredictedMiss) == 4);
  CHECK(counts.at(QueryReason::kAudit) == 2);
  CHECK(counts.size() == 4);
}

TEST_CASE("Every beginning of a batch is mixed as the whole is") {
  const std::vector<Query> queries = ChooseSpans(Open(), {.batch = 20});
  for (std::size_t count = 1; count <= queries.size(); ++count) {
    const std::vector<Query> beginning(queries.begin(),
                                       queries.begin() + static_cast<std::ptrdiff_t>(count));
    auto counts = CountReasons(beginning);
    const auto given = static_cast<double>(count);
    CHECK(std::abs(counts[QueryReason::kDisagreement] - 0.5 * given) < 1.0);
    CHECK(std::abs(counts[QueryReason::kThreshold] - 0.2 * given) < 1.0);
    CHECK(std::abs(counts[QueryReason::kAudit] - 0.1 * given) < 1.0);
  }
}

TEST_CASE("Even the smallest batch has an audit") {
  CHECK(SharesOf(0).audit == 0);
  CHECK(SharesOf(1).audit == 1);
  CHECK(SharesOf(1).disagreement == 0);
  const BatchShares shares = SharesOf(10);
  CHECK(shares.disagreement == 5);
  CHECK(shares.threshold == 2);
  CHECK(shares.predicted_miss == 2);
  CHECK(shares.audit == 1);
}

TEST_CASE("What scores best for its reason is asked, with the figures") {
  QueryCandidates candidates = Open();
  At(candidates, 31).disagreement = 0.9F;
  At(candidates, 31).spread = 0.44F;
  At(candidates, 62).nearness = 0.98F;
  At(candidates, 62).highest = 0.56F;
  At(candidates, 93).novelty = 7.0F;
  At(candidates, 93).highest = 0.02F;
  At(candidates, 124).novelty = 9.0F;  // newer, but not called safe
  At(candidates, 124).highest = 0.7F;
  const std::vector<Query> queries = ChooseSpans(candidates, {.batch = 10});
  const Query& disagreement = OneOf(queries, QueryReason::kDisagreement);
  CHECK(disagreement.first == candidates.open[31].clip);
  CHECK(disagreement.why ==
        "The members of the cost model differ by 0.44 here, it says 0.20 on average: an answer "
        "tells 0.90 bits about which of them is right.");
  const Query& threshold = OneOf(queries, QueryReason::kThreshold);
  CHECK(threshold.first == candidates.open[62].clip);
  CHECK(threshold.why ==
        "The cost model says 0.20 here on average and up to 0.56: close to 0.50, where safe "
        "becomes unsafe.");
  const Query& miss = OneOf(queries, QueryReason::kPredictedMiss);
  CHECK(miss.first == candidates.open[93].clip);
  CHECK(miss.why ==
        "The cost model says safe, 0.02 at most, though what it sees here is 7.0 standard "
        "deviations from all that was judged.");
  CHECK(std::ranges::none_of(queries, [&](const Query& query) {
    return query.reason == QueryReason::kPredictedMiss && query.first == candidates.open[124].clip;
  }));
  for (const Query& query : queries) CHECK(query.highest.has_value());
}

TEST_CASE("Of clips that score about alike those unlike each other are asked") {
  QueryCandidates candidates = Open();
  for (std::size_t i = 0; i < candidates.open.size(); ++i) {
    // A crowd in one place, and four others.
    At(candidates, i).seen = Eigen::Vector2f(0.001F * static_cast<float>(i), 0.0F);
  }
  for (const std::size_t i : {170U, 175U, 180U, 185U}) {
    At(candidates, i).seen = Eigen::Vector2f(static_cast<float>(i), 100.0F);
  }
  const std::vector<Query> queries = ChooseSpans(candidates, {.batch = 10});
  for (const std::size_t i : {170U, 175U, 180U, 185U}) {
    CHECK(std::ranges::any_of(
        queries, [&](const Query& query) { return query.first == candidates.open[i].clip; }));
  }
}

TEST_CASE("Far apart as they may be, clips that hardly score are not asked for that reason") {
  QueryCandidates candidates = Open();
  At(candidates, 0).seen = Eigen::Vector2f(1000.0F, 1000.0F);  // the least disagreement of all
  const std::vector<Query> queries = ChooseSpans(candidates, {.batch = 10});
  for (const Query& query : queries) {
    if (query.reason != QueryReason::kDisagreement) continue;
    CHECK(query.score >= 0.149);  // the best 50 of 200
  }
}

TEST_CASE("Two spans of one episode have a second between them, audits excepted") {
  QueryCandidates candidates = Open();
  for (std::size_t i = 0; i < candidates.open.size(); ++i) {  // side by side
    const auto place = static_cast<StepIndex>(i);
    At(candidates, i).clip = {EpisodeId{1}, 1 + 50 * place, 50 + 50 * place};
  }
  const std::vector<Query> queries = ChooseSpans(candidates, {.batch = 40});
  CHECK(queries.size() > 30);
  for (const Query& a : queries) {
    for (const Query& b : queries) {
      if (a == b || (a.reason == QueryReason::kAudit && b.reason == QueryReason::kAudit)) continue;
      CHECK(std::abs(a.first.first - b.first.first) > 50 + 49);
    }
  }
}

TEST_CASE("Every open clip is drawn for the audit with the chance that the query states") {
  const QueryCandidates candidates = Open();
  std::map<std::pair<std::int64_t, StepIndex>, int> drawn;
  constexpr int kTrials = 2000;
  for (std::uint32_t seed = 0; seed < kTrials; ++seed) {
    for (const Query& query : ChooseSpans(candidates, {.batch = 20, .seed = seed})) {
      if (query.reason != QueryReason::kAudit) {
        CHECK(query.chance == 0.0);
        continue;
      }
      CHECK(query.chance == doctest::Approx(2.0 / 200.0));
      CHECK(query.why.find("probability 0.010") != std::string::npos);
      ++drawn[{query.first.episode.value, query.first.first}];
    }
  }
  CHECK(drawn.size() == 200);  // also those that score best or worst
  for (const auto& [clip, times] : drawn) {
    CHECK(times > 3);
    CHECK(times < 45);  // 20 expected
  }
}

TEST_CASE("The same candidates and seed give the same queries, another seed another audit") {
  const std::vector<Query> queries = ChooseSpans(Open(), {.batch = 20});
  CHECK(ChooseSpans(Open(), {.batch = 20}) == queries);
  const std::vector<Query> others = ChooseSpans(Open(), {.batch = 20, .seed = 5});
  CHECK(OneOf(others, QueryReason::kAudit).first != OneOf(queries, QueryReason::kAudit).first);
}

TEST_CASE("Without a cost model all but the audit ask for what is new") {
  QueryCandidates candidates = Open();
  candidates.has_model = false;
  At(candidates, 77).novelty = 8.0F;
  const std::vector<Query> queries = ChooseSpans(candidates, {.batch = 20});
  const auto counts = CountReasons(queries);
  CHECK(counts.at(QueryReason::kNovelty) == 18);
  CHECK(counts.at(QueryReason::kAudit) == 2);
  CHECK(OneOf(queries, QueryReason::kNovelty).first == candidates.open[77].clip);
  CHECK_FALSE(queries.front().highest.has_value());

  SUBCASE("and, before anything is judged, for what is unlike the rest") {
    candidates.anything_judged = false;
    for (QueryCandidate& candidate : candidates.open) candidate.novelty = 0.0F;
    const std::vector<Query> first = ChooseSpans(candidates, {.batch = 20});
    CHECK(first.size() == 20);
    CHECK(OneOf(first, QueryReason::kNovelty).why.starts_with("Nothing is judged yet"));
  }
}

TEST_CASE("What a reason has no clips for goes to what is new") {
  QueryCandidates candidates = Open();
  for (QueryCandidate& candidate : candidates.open) candidate.disagreement = 0.0F;
  const auto counts = CountReasons(ChooseSpans(candidates, {.batch = 20}));
  CHECK_FALSE(counts.contains(QueryReason::kDisagreement));
  CHECK(counts.at(QueryReason::kNovelty) == 10);
}

TEST_CASE("Drawing by chance alone fills the batch and states its chance") {
  const std::vector<Query> queries = DrawSpans(Open(), {.batch = 20});
  CHECK(queries.size() == 20);
  for (const Query& query : queries) CHECK(query.chance == doctest::Approx(0.1));
  CHECK(DrawSpans(Open(), {.batch = 500}).size() == 200);
  CHECK(ChooseSpans({}, {.batch = 20}).empty());
}

}  // namespace
}  // namespace lookout::agents
