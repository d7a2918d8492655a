#include "app/project/run_json.h"

#include <nlohmann/json.hpp>

#include "sim/config/fields_json.h"
#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

using nlohmann::json;

// Fields by their stored names, as far as the text has them; what: the text, for the message.
template <typename Value>
Result<Value> Decode(std::string_view text, const std::string& what) {
  const json object = sim::ParseJsonText(text).value;
  if (!object.is_object()) {
    return BadInput(what + " cannot be read (no JSON object); open a copy of the project that is " +
                    "intact.");
  }
  Value value;
  const std::string wrong_key = sim::FieldsFromJson(object, value);
  if (wrong_key.empty()) return value;
  return BadInput(what + " cannot be read (wrong value of \"" + wrong_key +
                  "\"); open a copy of the project that is intact.");
}

}  // namespace

std::string EncodeSettings(const agents::TrainingSettings& settings) {
  return sim::FieldsToJson(settings).dump();
}

std::string EncodeReport(const agents::IterationReport& report) {
  return sim::FieldsToJson(report).dump();
}

Result<agents::TrainingSettings> DecodeSettings(std::string_view text) {
  return Decode<agents::TrainingSettings>(text, "The settings of a training run");
}

Result<agents::IterationReport> DecodeReport(std::string_view text) {
  return Decode<agents::IterationReport>(text, "The report of a training iteration");
}

}  // namespace lookout::app
