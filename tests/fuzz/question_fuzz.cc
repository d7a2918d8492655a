// A question about a cost model as a person writes it: refused with a reason, or read whole, with
// ranges in order.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/verification/question_file.h"
#include "sim/base/check.h"
#include "tests/support/fuzz_seeds.h"

std::vector<std::string> FuzzSeeds() {
  std::vector<std::string> seeds{
      R"({"claim":"safe","threshold":0.3,"place":{"x_m":[0,1],"y_m":[-1,0],"of":"hazard",)"
      R"("beyond_m":0.3,"heading_deg":[-90,90]},"speed_m_per_s":0.5,)"
      R"("turn_rate_rad_per_s":[-1,1],"sensors":{"accelerometer":[0,[-2,2],9.81]}})",
      R"({"claim":"unsafe","things":[{"kind":"goal","distance_m":1,"bearing_deg":[-5,5]}]})"};
  for (const auto& named : lookout::app::NamedQuestions()) seeds.emplace_back(named.text);
  return seeds;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lookout;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto question = app::ParseQuestion(text);
  if (!question.ok()) {
    LOOKOUT_CHECK(!question.error().message.empty(), "a refusal has a reason");
    return 0;
  }
  for (const agents::SensorRange& sensor : question->sensors) {
    for (const agents::Interval& range : sensor.values) {
      LOOKOUT_CHECK(range.low <= range.high, "ranges are in order");
    }
  }
  LOOKOUT_CHECK(question->threshold >= agents::ModelBounds::kLeastThreshold &&
                    question->threshold <= agents::ModelBounds::kMostThreshold,
                "thresholds are within their limits");
  return 0;
}
