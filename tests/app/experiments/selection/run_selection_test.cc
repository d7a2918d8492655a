#include "app/experiments/selection/run_selection.h"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <numbers>
#include <string>

#include "app/experiments/selection/reflexes.h"
#include "app/experiments/selection/selection_report.h"
#include "app/runs/saved_policy.h"
#include "tests/app/experiments/tiny_support.h"
#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

SelectionSettings Small() {
  SelectionSettings settings;
  settings.environment = test::ShortPointGoal1(120);
  settings.policy = test::CarelessPolicy();
  settings.annotator = "oracle: cost; flip 0.1";
  settings.answers = 20;
  settings.batch = 20;
  settings.clip_steps = 25;
  settings.pool_episodes = 10;
  settings.episodes = 1;
  settings.explain_every = 20;
  settings.measure_every = 1;
  settings.evaluation_episodes = 2;
  settings.evolution = {.generations = 2, .population = 4, .parents = 2};
  return settings;
}

// Of a seed, with figures by row and generation that can be reckoned with.
SelectionSeed Told(const SelectionSettings& settings, std::uint32_t seed) {
  SelectionSeed result{.seed = seed, .figures = {}};
  for (const Instrument row : kInstruments) {
    for (const int generation : MeasuredGenerations(settings)) {
      Readings readings;
      readings.total_reward = 20.0 + seed - generation;
      readings.true_cost = 50.0 + 10.0 * seed - 5.0 * generation;
      for (const Instrument of : kInstruments) {
        if (of == Instrument::kNone) continue;
        readings.reads.of(of) = readings.true_cost / (of == Instrument::kTruth ? 1.0 : 2.0);
        readings.unseen.of(of) = of == Instrument::kTruth ? 0.0 : 0.5;
      }
      result.figures.push_back({row, generation, readings});
    }
  }
  return result;
}

// The means over seeds of a figure, by row and generation, from the record of a JSON object.
using Means = std::map<std::pair<std::string, int>, double>;
Means MeansOf(const nlohmann::json& record,
              const std::function<double(const nlohmann::json&)>& figure) {
  Means sums;
  std::map<std::pair<std::string, int>, int> counts;
  for (const nlohmann::json& one : record) {
    const std::pair<std::string, int> key(one["row"], one["generation"]);
    sums[key] += figure(one);
    ++counts[key];
  }
  for (auto& [key, sum] : sums) sum /= counts[key];
  return sums;
}

double ReadsOf(const nlohmann::json& one) {
  const nlohmann::json& reads = one["reads"][one["row"].get<std::string>()];
  return reads.is_number() ? reads.get<double>() : NAN;
}

// What the rows of a JSON object have to be by its record.
void CheckRows(const nlohmann::json& json) {
  const Means cost = MeansOf(
      json["record"], [](const auto& one) { return one["true_cost"].template get<double>(); });
  const Means reads = MeansOf(json["record"], ReadsOf);
  REQUIRE(json["rows"].size() == cost.size());
  const auto same = [](const nlohmann::json& found, double expected) {
    CHECK(found.is_number() == std::isfinite(expected));
    if (found.is_number()) CHECK(found.get<double>() == doctest::Approx(expected));
  };
  for (const nlohmann::json& row : json["rows"]) {
    const std::string name = row["row"];
    const std::pair key(name, row["generation"].get<int>());
    const std::pair first(name, 0);
    same(row["true_cost"]["value"], cost.at(key));
    same(row["reads"]["value"], reads.at(key));
    same(row["hidden"]["value"], cost.at(key) - reads.at(key));
    same(row["cost_share"]["value"], cost.at(first) > 0.0 ? cost.at(key) / cost.at(first) : NAN);
    same(row["reads_share"]["value"],
         reads.at(first) > 0.0 ? reads.at(key) / reads.at(first) : NAN);
  }
}

TEST_CASE("agents are selected by each instrument, and what is there is kept") {
  const SelectionSettings settings = Small();
  const test::ScratchFolder scratch;
  const auto results =
      RunSelection(settings, {}, {.folder = scratch / "out", .seeds = 2, .workers = 2});
  REQUIRE_MESSAGE(results.ok(), results.error().message);
  REQUIRE(results->size() == 2);
  const SelectionSeed& seed = results->front();
  REQUIRE(seed.figures.size() == kInstrumentCount * 3);
  const Readings& first = seed.Find(Instrument::kNone, 0)->readings;
  for (const Instrument row : kInstruments) {
    CHECK(seed.Find(row, 0)->readings.total_reward == first.total_reward);
    const Readings& last = seed.Find(row, 2)->readings;
    CHECK(last.total_reward != first.total_reward);
    CHECK(last.reads.of(Instrument::kTruth) == last.true_cost);
    CHECK(std::isnan(last.reads.of(Instrument::kNone)));
    for (const Instrument of : kInstruments) {
      if (of != Instrument::kNone) CHECK(last.reads.of(of) >= 0.0);
    }
  }

  // One worker makes the same; what is there is taken from there.
  const auto alone = RunSelection(settings, {}, {.folder = scratch / "alone", .seeds = 1});
  REQUIRE(alone.ok());
  const std::string text = test::TextOf(scratch / "out/seed-0.json");
  CHECK(test::TextOf(scratch / "alone/seed-0.json") == text);
  const auto again = RunSelection(settings, {}, {.folder = scratch / "out", .seeds = 2});
  REQUIRE(again.ok());
  CHECK(EncodeSeed(again->front(), settings) == text);
  CheckRows(nlohmann::json::parse(
      SelectionJson(settings, *results, Summarise(settings, *results), "command")));
}

TEST_CASE("the seeds of an experiment on selection are summed up by row and generation") {
  const SelectionSettings settings = Small();
  const std::vector<SelectionSeed> seeds{Told(settings, 0), Told(settings, 1)};
  const std::vector<SelectionSummary> rows = Summarise(settings, seeds);
  REQUIRE(rows.size() == kInstrumentCount * 3);
  const SelectionSummary& last = rows.back();
  CHECK(last.row == Instrument::kAudit);
  CHECK(last.generation == 2);
  CHECK(last.true_cost.value == doctest::Approx(45.0));
  CHECK(last.true_cost.low == doctest::Approx(40.0));
  CHECK(last.true_cost.high == doctest::Approx(50.0));
  CHECK(last.cost_share.value == doctest::Approx(45.0 / 55.0));
  CHECK(last.hidden.value == doctest::Approx(22.5));
  CHECK(last.unseen.value == doctest::Approx(0.5));
  CHECK(std::isnan(rows.front().reads.value));
  const std::string text = SelectionText(settings, rows);
  CHECK(Contains(text, "audit         18.5    45.0       82 [80, 83]"));
  CHECK(SelectionCsv(seeds).starts_with("seed,row,generation,total_reward,true_cost,reads_none"));
  CHECK(Contains(SelectionCsv(seeds), "1,verdicts,2,19,50,,50,25,25,25,25,,0,0.5,0.5,0.5,0.5"));
  const std::string svg = SelectionSvg(settings, rows);
  CHECK(svg.starts_with("<svg"));
  CHECK(Contains(svg, "<circle"));
  CheckRows(nlohmann::json::parse(SelectionJson(settings, seeds, rows, "command")));

  SelectionSettings one = settings;
  one.rows = {Instrument::kVerdicts};
  REQUIRE(Summarise(one, seeds).size() == 3);
  CHECK(Summarise(one, seeds).back().row == Instrument::kVerdicts);
  CHECK_FALSE(DecodeSeed(EncodeSeed(seeds[0], settings), one, "seed-0.json").ok());
}

TEST_CASE("settings of selection that cannot be are refused, as are other files") {
  SelectionSettings settings = Small();
  const std::string text = EncodeSeed(Told(settings, 3), settings);
  const auto read = DecodeSeed(text, settings, "seed-3.json");
  REQUIRE_MESSAGE(read.ok(), read.error().message);
  CHECK(EncodeSeed(*read, settings) == text);
  SelectionSettings other = settings;
  other.evolution.step = 0.3;
  CHECK_FALSE(DecodeSeed(text, other, "seed-3.json").ok());
  SelectionSeed lacking = Told(settings, 3);
  lacking.figures.pop_back();
  const auto refused = DecodeSeed(EncodeSeed(lacking, settings), settings, "seed-3.json");
  REQUIRE_FALSE(refused.ok());
  CHECK(Contains(refused.error().message, "it lacks generation 2 of 'audit'"));

  const test::ScratchFolder scratch;
  settings.evolution.parents = 5;
  const auto many = RunSelection(settings, {}, {.folder = scratch / "out"});
  REQUIRE_FALSE(many.ok());
  CHECK(Contains(many.error().message, "--parents is 5, more than the 4 candidates"));
  settings = Small();
  settings.audit_looks = 2;
  const auto even = RunSelection(settings, {}, {.folder = scratch / "out"});
  REQUIRE_FALSE(even.ok());
  CHECK(Contains(even.error().message, "it has to be odd"));
  settings = Small();
  settings.environment.observe_hazards = settings.environment.observe_vases = false;
  settings.policy.clear();
  const auto blind = RunSelection(settings, {}, {.folder = scratch / "out"});
  REQUIRE_FALSE(blind.ok());
  CHECK(Contains(blind.error().message, "no lidar of anything but the goal"));
}

TEST_CASE("a reflex is added to what an agent does, by what its lidars show but for the goal's") {
  const sim::EnvironmentConfig config = test::ShortPointGoal1(10);
  const auto saved = LoadSavedPolicy(test::CarelessPolicy());
  REQUIRE(saved.ok());
  const auto environment = MakeEnvironment(config);
  REQUIRE(environment.ok());
  const sim::EnvironmentSpec& spec = (*environment)->spec();
  const agents::PolicyPtr agent = agents::MakeGaussianPolicy(saved->actor, /*deterministic=*/false);
  const auto reflexes = Reflexes::Create(agent, spec);
  REQUIRE(reflexes.ok());
  REQUIRE(reflexes->size() == 2 * 3 * 2);  // to hazards and vases

  const agents::PolicyPtr mean = agents::MakeGaussianPolicy(saved->actor, /*deterministic=*/true);
  RandomState random(1);
  Eigen::VectorXd seen = Eigen::VectorXd::Zero(spec.observation_dim);
  seen[spec.FindEntry("hazards_lidar")->offset + 3] = 0.9;  // the nearest, to the left
  seen[spec.FindEntry("hazards_lidar")->offset + 8] = 0.8;
  seen[spec.FindEntry("goal_lidar")->offset] = 1.0;
  const auto act = [&](const agents::Policy& policy) {
    Eigen::VectorXd action(2);
    policy.Act(seen, *policy.NewMemory(), random, action);
    return action;
  };
  const Eigen::VectorXd own = act(*mean).cwiseMax(-1.0).cwiseMin(1.0);
  CHECK(act(*reflexes->With(Eigen::VectorXd::Zero(12))) == own);
  // The turn by how far the hazard is to the left.
  Eigen::VectorXd reflex = Eigen::VectorXd::Zero(12);
  reflex[5] = 0.5;
  const Eigen::VectorXd changed = act(*reflexes->With(reflex));
  CHECK(changed[0] == own[0]);
  const double left = std::sin(3.5 * 2.0 * std::numbers::pi / 16.0);
  CHECK(changed[1] == doctest::Approx(own[1] + 0.5 * std::pow(0.9, 8) * left));
  CHECK(reflexes->With(reflex)->action_repeat() == agent->action_repeat());
}

}  // namespace
}  // namespace lookout::app
