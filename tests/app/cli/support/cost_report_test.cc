// What `lookout cost` says of two models on the same episodes, as text and as JSON.
#include "app/cost_models/cost_report.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "agents/feedback/evaluation/two_models.h"
#include "app/cli/support/text/cost_report_text.h"
#include "tests/agents/feedback/evaluation/evaluation_samples_support.h"

namespace lookout::app {
namespace {

CostReport Measured(std::size_t most) {
  CostReport report;
  report.scored.episodes = agents::test::TwoEpisodes();
  report.scored.environment = "toy";
  report.project = "study.lookout";
  MeasureCostModels({"old/a.costmodel", "new/b.costmodel"}, {{nullptr, "f1"}, {nullptr, "f2"}},
                    most, report);
  return report;
}

TEST_CASE("where two models differ is listed as the window lists it") {
  const CostReport report = Measured(10);
  const agents::TwoModels two = agents::CompareTwo(report.scored.episodes, report.settings, 10);
  const auto json = CostReportToJson(report);
  const auto& differences = json.at("comparisons").at(0).at("differences");
  REQUIRE(differences.size() == two.differences.size());
  REQUIRE(differences.size() == 3);
  for (std::size_t i = 0; i < differences.size(); ++i) {
    const agents::CostDifference& there = two.differences[i];
    CHECK(differences[i].at("episode") == two.episodes[there.episode].id.value);
    CHECK(differences[i].at("step") == there.worst_step);
    CHECK(differences[i].at("apart") == there.apart);
    CHECK(differences[i].at("first").at("right") == there.first_right);
  }
  // Episode 7: step 4 is safe with a hazard near it, 0.125 against 0.75.
  CHECK(differences[0].at("second").at("predicted") == 0.75);
  CHECK(differences[0].at("second").at("verdict") == "false alarm");
  CHECK(differences[0].at("nearest") == "hazard");
  CHECK(differences[1].at("first").at("verdict") == "misses it");
  CHECK(differences[1].at("charged").at(0) == "hazard");
}

TEST_CASE("the table says at which steps two models differ, and what each makes of them") {
  const std::string table = CostReportTable(Measured(10));
  for (const char* part :
       {"a.costmodel and b.costmodel disagree on 3 of 8 steps",
        "Where a.costmodel and b.costmodel differ most", "  episode 7   step 4",
        "a.costmodel 0.125 stays quiet", "b.costmodel 0.750 false alarm",
        "a.costmodel 0.250 misses it", "b.costmodel 0.750 finds it", "nothing in reach"}) {
    CHECK_MESSAGE(table.find(part) != std::string::npos, part << " is not in\n" << table);
  }
  CHECK(CostReportTable(Measured(0)).find("differ most") == std::string::npos);
}

}  // namespace
}  // namespace lookout::app
