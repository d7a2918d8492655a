// Whether the audit's interval holds the truth as often as it says, whatever the cost model.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "agents/feedback/audit/audit_estimate.h"
#include "agents/feedback/audit/audit_sample.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

constexpr int kClips = 20;  // of an episode
constexpr double kClipSteps = 50.0;

// Clips have a stretch of danger at some rate, of about some length; episodes differ in the rate.
struct World {
  const char* name;
  double rate;
  double steps;
};
constexpr World kWorlds[] = {
    {"rare", 0.01, 6.0}, {"some", 0.05, 12.0}, {"frequent", 0.2, 14.0}, {"mostly", 0.7, 25.0}};

enum class Model { kPerfect, kGood, kMisses, kNoisy, kRandom, kConstant, kContrary };
constexpr Model kModels[] = {Model::kPerfect, Model::kGood,     Model::kMisses,  Model::kNoisy,
                             Model::kRandom,  Model::kConstant, Model::kContrary};

double Predict(Model model, double cost, RandomState& random) {
  const double chance = random.RandomSample();
  switch (model) {
    case Model::kPerfect:
      return cost;
    case Model::kGood:
      return cost * random.Uniform(0.6, 1.4) + (chance < 0.05 ? random.Uniform(0.0, 5.0) : 0.05);
    case Model::kMisses:  // three of ten dangers
      if (cost > 0.0) return chance < 0.3 ? 0.02 : cost * random.Uniform(0.6, 1.4);
      return chance < 0.05 ? random.Uniform(0.0, 10.0) : 0.05;
    case Model::kNoisy:  // many times too much, and no more than half of it about danger
      return random.Uniform(5.0, 10.0) + 0.8 * cost * chance;
    case Model::kRandom:
      return kClipSteps * chance * chance * chance;
    case Model::kConstant:
      return 10.0;
    case Model::kContrary:
      return cost > 0.0 ? 0.01 : 5.0 * chance;
  }
  return 0.0;
}

struct Played {
  std::vector<double> costs;  // of each clip
  std::vector<double> predicted;
};

Played Play(const World& world, Model model, int episodes, RandomState& random) {
  Played played;
  double level = 1.0;  // of the episode; exponential
  for (int i = 0; i < episodes * kClips; ++i) {
    if (i % kClips == 0) level = -std::log(1.0 - random.RandomSample());
    double cost = 0.0;
    if (random.RandomSample() < 1.0 - std::exp(-world.rate * level)) {
      const double steps = -std::log(1.0 - random.RandomSample()) * (world.steps - 0.5);
      cost = std::min(kClipSteps, 1.0 + std::floor(steps));
    }
    played.costs.push_back(cost);
    played.predicted.push_back(Predict(model, cost, random));
  }
  return played;
}

double MeanEpisodeCost(const World& world) {
  RandomState random(77);
  constexpr int kEpisodes = 40'000;
  double sum = 0.0;
  for (const double cost : Play(world, Model::kConstant, kEpisodes, random).costs) sum += cost;
  return sum / kEpisodes;
}

Estimate Audit(const Played& played, int episodes, const AuditSettings& settings) {
  std::vector<AuditAnswer> answers;
  for (const AuditDraw& draw : DrawAudit(played.predicted, settings)) {
    answers.push_back({played.costs[draw.clip], draw.chance});
  }
  return AuditedCost(answers, {.episodes = episodes,
                               .clips = played.costs.size(),
                               .most_cost = kClipSteps,
                               .episode_steps = kClips * kClipSteps});
}

struct Measured {
  double covered = 0.0;     // share of the audits whose interval holds the truth
  double mean = 0.0;        // of the estimates
  double half_width = 0.0;  // mean
};

Measured Measure(const World& world, Model model, int clips, double truth) {
  constexpr int kAudits = 300;
  constexpr int kEpisodes = 150;
  RandomState random(4321);
  Measured measured;
  for (int i = 0; i < kAudits; ++i) {
    const Played played = Play(world, model, kEpisodes, random);
    const Estimate cost =
        Audit(played, kEpisodes, {.clips = clips, .seed = static_cast<std::uint32_t>(i)});
    measured.covered += cost.low <= truth && truth <= cost.high ? 1.0 / kAudits : 0.0;
    measured.mean += cost.value / kAudits;
    measured.half_width += (cost.high - cost.low) / 2.0 / kAudits;
  }
  return measured;
}

TEST_CASE("an audit's interval of 95 % holds in nine of ten audits and more, whatever the model") {
  for (const World& world : kWorlds) {
    const double truth = MeanEpisodeCost(world);
    for (const int clips : {30, 100}) {
      for (const Model model : kModels) {
        const Measured measured = Measure(world, model, clips, truth);
        INFO(fmt::format("{} ({:.1f}), {} clips, model {}: covered {:.3f}, mean {:.2f}, +- {:.1f}",
                         world.name, truth, clips, static_cast<int>(model), measured.covered,
                         measured.mean, measured.half_width));
        CHECK(measured.covered >= 0.9);
        // Without bias: within what 300 audits of so few clips leave to chance.
        CHECK(std::abs(measured.mean - truth) < 0.35 * measured.half_width);
      }
    }
  }
}

TEST_CASE("a good model makes the interval several times narrower than a useless one") {
  const World& world = kWorlds[1];
  const double truth = MeanEpisodeCost(world);
  const double good = Measure(world, Model::kGood, 100, truth).half_width;
  CHECK(good < 10.0);
  CHECK(good < 0.6 * Measure(world, Model::kRandom, 100, truth).half_width);
}

}  // namespace
}  // namespace lookout::agents
