// The content of feedback as JSON, by the fields of its type (sim/base/fields.h). Any thread.
#pragma once

#include <string>

#include "agents/feedback/kinds/feedback_record.h"
#include "sim/base/result.h"
#include "sim/config/fields_json.h"
#include "sim/config/json_text.h"

namespace lookout::agents {

// Text that is not UTF-8 gets replacement characters.
template <typename Content>
std::string EncodeContent(const Content& content) {
  return sim::FieldsToJson(content).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Missing fields keep their defaults. Rejects (kBadInput) what is no JSON object or has a value of
// the wrong type: "has content of a wrong 'verdict'".
template <typename Content>
Result<Content> DecodeContent(const std::string& text) {
  constexpr int kMostDepth = 2;
  const sim::JsonText parsed = sim::ParseJsonText(text, kMostDepth);
  if (!parsed.problem.empty()) return BadInput("has content that " + parsed.problem);
  if (!parsed.value.is_object()) return BadInput("has content that is no JSON object");
  Content content;
  const std::string wrong = sim::FieldsFromJson(parsed.value, content);
  if (!wrong.empty()) return BadInput("has content with a wrong '" + wrong + "'");
  return content;
}

}  // namespace lookout::agents
