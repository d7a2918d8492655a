// The content of feedback as JSON, by the fields of its type (sim/base/fields.h). Any thread.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "agents/feedback/kinds/feedback_record.h"
#include "sim/base/result.h"
#include "sim/config/fields_json.h"
#include "sim/config/json_text.h"
#include "sim/config/plain_json.h"

namespace lookout::agents {

// Text that is not UTF-8 gets replacement characters.
template <typename Content>
std::string EncodeContent(const Content& content) {
  std::string text;
  if (sim::FieldsToPlain(content, text)) return text;
  return sim::FieldsToJson(content).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Fields that are younger than the record's content keep their defaults. Rejects (kBadInput) what
// is no JSON object, lacks another field or has a value of the wrong type: "has content with a
// wrong 'verdict'".
template <typename Content>
Result<Content> DecodeContent(const FeedbackRecord& record) {
  constexpr int kMostDepth = 2;
  const auto version = static_cast<std::uint32_t>(std::max(record.version, 1));
  if (Content plain; sim::FieldsFromPlain(record.content, plain, version)) return plain;
  const sim::JsonText parsed = sim::ParseJsonText(record.content, kMostDepth);
  if (!parsed.problem.empty()) return BadInput("has content that " + parsed.problem);
  if (!parsed.value.is_object()) return BadInput("has content that is no JSON object");
  Content content;
  const std::string missing = sim::MissingField(parsed.value, content, version);
  if (!missing.empty()) {
    return BadInput(fmt::format("lacks '{}', which version {} of its kind has", missing, version));
  }
  const std::string wrong = sim::FieldsFromJson(parsed.value, content);
  if (!wrong.empty()) return BadInput("has content with a wrong '" + wrong + "'");
  return content;
}

}  // namespace lookout::agents
