#include "app/project/run_json.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "agents/rl/settings/training_settings.h"
#include "tests/support/count_fields.h"

namespace lookout::app {
namespace {

using agents::IterationReport;
using agents::TrainingSettings;

// A different value for every field.
struct Changer {
  int n = 0;
  void operator()(const auto&, agents::Algorithm& field) {
    field = agents::Algorithm::kPpoLagrangian;
  }
  void operator()(const auto&, agents::MultiplierKind& field) {
    field = agents::MultiplierKind::kPid;
  }
  void operator()(const auto&, agents::CostSource& field) { field = agents::CostSource::kHazards; }
  void operator()(const auto&, agents::CostReading& field) {
    field = agents::CostReading::kCautious;
  }
  void operator()(const auto&, agents::CpoCase& field) { field = agents::CpoCase::kBoundary; }
  void operator()(const auto&, agents::LearnFrom& field) { field = agents::LearnFrom::kBoth; }
  void operator()(const auto&, agents::NetworkKind& field) { field = agents::NetworkKind::kGtrxl; }
  void operator()(const auto&, std::string& field) { field = "pointgoal1-ppo"; }
  void operator()(const auto&, bool& field) { field = !field; }
  void operator()(const auto&, CostModelId& field) { field.value = ++n; }
  template <typename T>
  void operator()(const auto&, T& field) {
    field = static_cast<T>(1000 + 17 * ++n) / static_cast<T>(8);
  }
};

TEST_CASE("no field is forgotten") {
  std::size_t settings_fields = 0;
  TrainingSettings settings;
  VisitFields(settings, [&](const auto&, auto&) { ++settings_fields; });
  CHECK(settings_fields == test::CountFields<TrainingSettings>());

  std::size_t report_fields = 0;
  IterationReport report;
  VisitFields(report, [&](const auto&, auto&) { ++report_fields; });
  CHECK(report_fields == test::CountFields<IterationReport>());
}

TEST_CASE("every field survives, bit for bit") {
  TrainingSettings settings;
  VisitFields(settings, Changer{});
  settings.policy_learning_rate = 0.1 + 0.2;  // needs 17 digits
  const TrainingSettings read = DecodeSettings(EncodeSettings(settings)).value();
  CHECK(EncodeSettings(read) == EncodeSettings(settings));
  CHECK(EncodeSettings(read) != EncodeSettings(TrainingSettings{}));
  CHECK(read.policy_learning_rate == 0.1 + 0.2);
  CHECK(read.algorithm == agents::Algorithm::kPpoLagrangian);
  CHECK(read.multiplier_kind == agents::MultiplierKind::kPid);
  CHECK(read.cost_source == agents::CostSource::kHazards);

  IterationReport report;
  VisitFields(report, Changer{});
  report.mean_learned_cost = NAN;
  const IterationReport read_report = DecodeReport(EncodeReport(report)).value();
  CHECK(EncodeReport(read_report) == EncodeReport(report));
  CHECK(std::isnan(read_report.mean_learned_cost));
  CHECK(read_report.cost_model == report.cost_model);
  CHECK(read_report.cpo_case == agents::CpoCase::kBoundary);
}

TEST_CASE("every name that a setting can have is known to the file") {
  for (int i = 0; i < agents::kAlgorithmCount; ++i) {
    const TrainingSettings settings{.algorithm = static_cast<agents::Algorithm>(i)};
    CHECK(DecodeSettings(EncodeSettings(settings)).value().algorithm == settings.algorithm);
  }
  for (int i = 0; i < agents::kCostSourceCount; ++i) {
    const TrainingSettings settings{.cost_source = static_cast<agents::CostSource>(i)};
    CHECK(DecodeSettings(EncodeSettings(settings)).value().cost_source == settings.cost_source);
  }
  for (int i = 0; i < agents::kCpoCaseCount; ++i) {
    IterationReport report;
    report.cpo_case = static_cast<agents::CpoCase>(i);
    CHECK(DecodeReport(EncodeReport(report)).value().cpo_case == report.cpo_case);
  }
}

TEST_CASE("what another version wrote can be read") {
  const auto settings = DecodeSettings(R"({"gamma": 0.5, "of_the_future": [1, 2]})");
  REQUIRE(settings);
  CHECK(settings->gamma == 0.5);
  CHECK(settings->gae_lambda == TrainingSettings{}.gae_lambda);
}

TEST_CASE("wrong values are refused by name") {
  for (const char* json : {R"({"gamma": "high"})", R"({"gamma": [0.5]})", R"({"gamma": true})"}) {
    const auto read = DecodeSettings(json);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == ErrorCode::kBadInput);
    CHECK(read.error().message.find("\"gamma\"") != std::string::npos);
  }
  CHECK_FALSE(DecodeSettings(R"({"algorithm": "dreamer"})"));
  CHECK_FALSE(DecodeSettings(R"({"algorithm": 1})"));
  CHECK_FALSE(DecodeSettings(R"({"seed": -1})"));
  CHECK_FALSE(DecodeSettings(R"({"workers": 3000000000})"));
  CHECK_FALSE(DecodeSettings(R"({"workers": 18446744073709551615})"));
  CHECK_FALSE(DecodeSettings(R"({"workers": 2.5})"));
  CHECK_FALSE(DecodeSettings("[]"));
  CHECK_FALSE(DecodeSettings(""));
  CHECK_FALSE(DecodeReport("{\"steps\": 1"));
}

TEST_CASE("a text nested ten thousand deep is refused, not followed") {
  CHECK_FALSE(DecodeSettings(std::string(10'000, '[')));
  CHECK_FALSE(
      DecodeSettings("{\"gamma\":" + std::string(10'000, '[') + std::string(10'000, ']') + "}"));
}

}  // namespace
}  // namespace lookout::app
