#include <doctest/doctest.h>

#include <cmath>
#include <set>
#include <vector>

#include "agents/feedback/audit/audit_estimate.h"
#include "agents/feedback/audit/audit_sample.h"
#include "agents/feedback/audit/gamma_quantile.h"
#include "agents/feedback/audit/slip_correction.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

TEST_CASE("quantiles of the gamma distribution are those of the tables") {
  CHECK(GammaQuantile(1.0, 0.975) == doctest::Approx(3.688879454));   // -ln 0.025
  CHECK(GammaQuantile(0.5, 0.95) == doctest::Approx(1.920729411));    // chi-squared of 1, halved
  CHECK(GammaQuantile(10.0, 0.025) == doctest::Approx(4.795388696));  // chi-squared of 20, halved
  CHECK(GammaQuantile(1e4, 0.5) == doctest::Approx(9999.666667));
  CHECK(GammaProbability(3.0, 0.0) == 0.0);
  CHECK(GammaProbability(2.0, 1.0) == doctest::Approx(1.0 - 2.0 / std::exp(1.0)));
}

TEST_CASE("the chances add up to the clips, and none of them is below its part of chance") {
  std::vector<double> predicted(1000, 0.0);
  for (std::size_t i = 0; i < 100; ++i) predicted[i] = 1.0;
  predicted[0] = 1000.0;
  const std::vector<double> chances = AuditChances(predicted, {.clips = 50});
  double sum = 0.0;
  for (const double chance : chances) {
    sum += chance;
    CHECK(chance >= 0.5 * 50 / 1000);
    CHECK(chance <= 1.0);
  }
  CHECK(sum == doctest::Approx(50.0));
  CHECK(chances[0] == 1.0);
  CHECK(chances[1] > chances[999]);
  for (const double chance : AuditChances(std::vector<double>(200, 0.0), {.clips = 50})) {
    CHECK(chance == doctest::Approx(0.25));
  }
  CHECK(AuditChances(predicted, {.clips = 5000}) == std::vector<double>(1000, 1.0));
}

TEST_CASE("a clip is drawn as often as its chance says, and never twice") {
  const std::vector<double> predicted{0.0, 0.0, 0.0, 1.0, 2.0, 5.0, 0.0, 1.0};
  const std::vector<double> chances = AuditChances(predicted, {.clips = 3});
  std::vector<double> drawn(predicted.size(), 0.0);
  constexpr int kTimes = 20'000;
  for (std::uint32_t seed = 0; seed < kTimes; ++seed) {
    const std::vector<AuditDraw> draws = DrawAudit(predicted, {.clips = 3, .seed = seed});
    CHECK(draws.size() == 3);
    std::set<std::size_t> clips;
    for (const AuditDraw& draw : draws) {
      clips.insert(draw.clip);
      CHECK(draw.chance == chances[draw.clip]);
      drawn[draw.clip] += 1.0 / kTimes;
    }
    CHECK(clips.size() == draws.size());
  }
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    CHECK(drawn[i] == doctest::Approx(chances[i]).epsilon(0.05));
  }
  CHECK(DrawAudit(predicted, {.clips = 3, .seed = 7}) ==
        DrawAudit(predicted, {.clips = 3, .seed = 7}));
  CHECK(DrawAudit({}, {.clips = 3}).empty());
}

TEST_CASE("answers count by the inverse of their chance") {
  const AuditPool pool{.episodes = 10, .clips = 200, .most_cost = 50.0, .episode_steps = 1000.0};
  const std::vector<AuditAnswer> answers{{10.0, 0.5}, {0.0, 0.1}, {4.0, 0.1}};
  const Estimate cost = AuditedCost(answers, pool);
  CHECK(cost.value == doctest::Approx(10.0 / 5.0 + 4.0 / 1.0));
  CHECK(cost.low > 0.0);
  CHECK(cost.low < cost.value);
  CHECK(cost.high > 2.0 * cost.value);
  CHECK(std::isnan(AuditedCost({}, pool).value));
}

TEST_CASE("without a dangerous clip the cost may still be what a few unseen ones would make it") {
  const AuditPool pool{.episodes = 200, .clips = 4000, .most_cost = 50.0, .episode_steps = 1000.0};
  const std::vector<AuditAnswer> answers(100, {0.0, 100.0 / 4000.0});
  const Estimate cost = AuditedCost(answers, pool);
  CHECK(cost.value == 0.0);
  CHECK(cost.low == 0.0);
  // One clip of a hundred that is dangerous throughout makes 10; times -ln 0.025.
  CHECK(cost.high == doctest::Approx(36.88879454));
  // One that was seen in full, and it may be all there is to know.
  const Estimate all =
      AuditedCost(std::vector<AuditAnswer>(2, {50.0, 1.0}),
                  {.episodes = 1, .clips = 2, .most_cost = 50.0, .episode_steps = 100.0});
  CHECK(all.value == doctest::Approx(100.0));
  CHECK(all.high == doctest::Approx(100.0));
}

TEST_CASE("known slips are taken back") {
  const SlipRates slips{.false_alarm = 0.1, .miss = 0.2};
  REQUIRE(CheckSlips(slips));
  // 30 unsafe steps of 1000: 24 are called so, and 97 others.
  const Estimate meant = WithoutSlips({121.0, 100.0, 170.0}, 1000.0, slips);
  CHECK(meant.value == doctest::Approx(30.0));
  CHECK(meant.low == 0.0);
  CHECK(meant.high == doctest::Approx(100.0));
  // Fewer are called unsafe than false alarms alone would be: that may still be chance.
  const Estimate fewer = WithoutSlips({30.0, 10.0, 70.0}, 1000.0, slips);
  CHECK(fewer.value == 0.0);
  CHECK(fewer.low == 0.0);
  CHECK(fewer.high == doctest::Approx(40.0 / 0.7));
  CHECK_FALSE(CheckSlips({.false_alarm = 0.5, .miss = 0.5}));
  CHECK_FALSE(CheckSlips({.false_alarm = -0.1, .miss = 0.0}));
}

TEST_CASE("a majority slips less often than one verdict") {
  const SlipRates three = SlipsOfMajority({.false_alarm = 0.1, .miss = 0.2}, 3);
  CHECK(three.false_alarm == doctest::Approx(0.028));
  CHECK(three.miss == doctest::Approx(0.104));
  CHECK(SlipsOfMajority({.false_alarm = 0.1, .miss = 0.0}, 5).false_alarm ==
        doctest::Approx(0.00856));
  CHECK(SlipsOfMajority({.false_alarm = 0.1, .miss = 0.2}, 1).miss == doctest::Approx(0.2));
}

TEST_CASE("an interval without slips holds what was meant, from answers with them") {
  constexpr int kEpisodes = 100;
  constexpr int kSteps = 50;
  const SlipRates slips{.false_alarm = 0.1, .miss = 0.1};
  const AuditPool pool{
      .episodes = kEpisodes, .clips = 2000, .most_cost = kSteps, .episode_steps = 1000.0};
  RandomState random(5);
  int covered = 0;
  constexpr int kAudits = 200;
  for (std::uint32_t audit = 0; audit < kAudits; ++audit) {
    const std::vector<double> alike(2000, 0.0);
    std::vector<AuditAnswer> answers;
    for (const AuditDraw& draw : DrawAudit(alike, {.clips = 100, .seed = audit})) {
      // A fifth of the clips is unsafe throughout; an answer is about the clip as a whole.
      const bool unsafe = random.RandomSample() < 0.2;
      const bool slipped = random.RandomSample() < (unsafe ? slips.miss : slips.false_alarm);
      answers.push_back({unsafe != slipped ? double(kSteps) : 0.0, draw.chance});
    }
    const Estimate meant = WithoutSlips(AuditedCost(answers, pool), 1000.0, slips);
    if (meant.low <= 200.0 && 200.0 <= meant.high) ++covered;
  }
  CHECK(covered >= kAudits * 9 / 10);
}

}  // namespace
}  // namespace lookout::agents
