// The JSON file of an experiment on transfer, which the window opens: refused or read whole.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/workspace/files/opened_transfer.h"
#include "tests/support/fuzz_seeds.h"

namespace {

std::string Figure(const char* name) {
  return "\"" + std::string(name) + "\":{\"value\":0.5,\"low\":null,\"high\":1e3}";
}

}  // namespace

std::vector<std::string> FuzzSeeds() {
  const std::string model = "{\"seeds\":3," + Figure("auc") + "," + Figure("missed") + "," +
                            Figure("false_alarms") + "," + Figure("learned_over_true") +
                            ",\"absent\":[\"vases_lidar\"],\"unknown\":[],\"cost_model\":\"a\","
                            "\"evaluated_from\":8000000}";
  const std::string models =
      "{\"full\":" + model + ",\"world\":{\"why\":\"No.\"},\"world+answers\":" + model + "}";
  const std::string policy =
      "{\"episodes\":2," + Figure("return") + "," + Figure("true_cost") + "}";
  return {
      "{\"experiment\": \"transfer\",\"settings\":{\"places\":[{\"environment\":\"Here\","
      "\"configuration\":{},\"policy\":\"a.policy\",\"annotator\":\"Ann\"}],\"answers\":9,"
      "\"few-answers\":3},\"places\":[\"Here\"],\"cells\":[{\"source\":0,\"target\":0,"
      "\"models\":" +
      models + ",\"policy\":" + policy + "}]}"};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = lookout::app::ReadTransfer(text, "out/transfer.json");
  if (!read) return 0;
  const auto& matrix = read->matrix;
  if (matrix.cells.size() != matrix.places.size() * matrix.places.size()) __builtin_trap();
  for (const auto& cell : matrix.cells) {
    if (cell.models.size() != matrix.inputs.size()) __builtin_trap();
  }
  return 0;
}
