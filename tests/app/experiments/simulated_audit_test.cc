#include "app/experiments/simulated_audit.h"

#include <doctest/doctest.h>

#include <cmath>

#include "agents/feedback/models/cost_model.h"
#include "app/experiments/episode_figures.h"
#include "app/platform/files.h"
#include "app/runs/saved_policy.h"
#include "sim/config/config.h"

namespace lookout::app {
namespace {

agents::AnnotatorSpec Annotator(const char* text) { return *agents::ParseAnnotator(text); }

// Of an agent that does not heed the hazards; 130 steps are two clips of 50 and a rest.
std::vector<StudyEpisode> Episodes(int count) {
  sim::EnvironmentConfig config = *sim::ConfigForId("Safexp-PointGoal1-v0");
  config.num_steps = 130;
  auto saved = LoadSavedPolicy(*FindAsset("policies/pointgoal1-ppo.policy"));
  REQUIRE(saved);
  const auto policy = agents::MakeGaussianPolicy(std::move(saved->actor), /*deterministic=*/false);
  auto episodes = PlayStudyEpisodes(config, {}, *policy, Annotator("Ann: cost").sees,
                                    {.episodes = count, .first_seed = 5, .first_id = EpisodeId{1}},
                                    [] { return true; });
  REQUIRE_MESSAGE(episodes, episodes.error().message);
  return std::move(episodes).value();
}

agents::CostModelPtr Model() {
  const auto bytes = ReadWholeFile(*FindAsset("cost_models/pointgoal1.costmodel"), 64U << 20U);
  return *agents::DecodeCostModel(*bytes);
}

TEST_CASE("an audit of every clip by somebody without faults says exactly what was meant") {
  const std::vector<StudyEpisode> episodes = Episodes(12);
  const EpisodeFigures figures = FiguresOf(episodes, nullptr);
  CHECK(figures.meant_cost.value > 0.0);
  CHECK(figures.meant_cost.value == doctest::Approx(figures.true_cost.value));
  CHECK(std::isnan(figures.learned_cost.value));
  CHECK(figures.total_reward.low < figures.total_reward.high);

  const auto annotator = Annotator("Ann: cost; lag 15");
  for (const auto& model : {agents::CostModelPtr(), Model()}) {
    const AuditFigures audit = AuditBySimulation(episodes, model.get(), annotator, {.clips = 1000});
    CHECK(audit.clips == 36);
    CHECK(audit.unsafe_clips > 0);
    CHECK(audit.audited.value == doctest::Approx(figures.meant_cost.value));
    CHECK(audit.audited.low < audit.audited.value);
    CHECK(audit.audited.high > audit.audited.value);
  }
}

TEST_CASE("audits of a few clips are right in the mean, and known slips are taken back") {
  const std::vector<StudyEpisode> episodes = Episodes(12);
  const double meant = FiguresOf(episodes, nullptr).meant_cost.value;
  const auto model = Model();
  const auto mean = [&](const char* annotator, int looks, std::optional<agents::SlipRates> slips) {
    constexpr int kAudits = 300;
    double sum = 0.0;
    for (std::uint32_t seed = 0; seed < kAudits; ++seed) {
      const AuditFigures audit =
          AuditBySimulation(episodes, model.get(), Annotator(annotator),
                            {.clips = 18, .seed = seed, .looks = looks, .slips = slips});
      CHECK(audit.answers == 18 * looks);
      sum += audit.audited.value / kAudits;
    }
    return sum;
  };
  CHECK(mean("Ann: cost", 1, {}) == doctest::Approx(meant).epsilon(0.1));
  const double flipped = mean("Ann: cost; flip 0.2", 1, {});
  CHECK(flipped > meant + 10.0);  // a fifth of 130 steps that are nearly all safe
  const double corrected =
      mean("Ann: cost; flip 0.2", 1, agents::SlipRates{.false_alarm = 0.2, .miss = 0.2});
  CHECK(std::abs(corrected - meant) < 0.5 * (flipped - meant));
  // Most of three verdicts are wrong in a tenth of the cases.
  CHECK(mean("Ann: cost; flip 0.2", 3, {}) - meant < 0.65 * (flipped - meant));
}

}  // namespace
}  // namespace lookout::app
