// A question to a person: what of a recording is worth looking at next, and why. Value types; any
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "agents/feedback/kinds/target_sink.h"
#include "sim/base/choices.h"

namespace lookout::agents {

enum class QueryKind : std::uint8_t { kSpan, kPair };

// What makes a question worth its answer.
enum class QueryReason : std::uint8_t {
  kDisagreement,   // the members of the cost model differ
  kNovelty,        // unlike everything that was labelled
  kThreshold,      // the prediction is neither safe nor unsafe
  kPredictedMiss,  // looks dangerous, though the cost model says safe
  kFalseAlarm,     // the cost model says unsafe, the reference says safe
  kMiss,           // the cost model says safe, the reference says unsafe
  kAudit,          // drawn by chance, so that the answers estimate without bias
  kAttack          // an attack on the cost model found that it is wrong here
};

// Their names in files.
std::span<const Choice<QueryReason>> Choices(QueryReason);

struct Query {
  QueryKind kind = QueryKind::kSpan;
  QueryReason reason = QueryReason::kDisagreement;
  Segment first;
  Segment second;      // of a pair; else empty
  double score = 0.0;  // greater: asked earlier; comparable within a reason
  // Of an audit: with which it was drawn, the same for every clip that was open. Weighing an answer
  // by 1 / chance makes it count for all of them. 0: not drawn by chance.
  double chance = 0.0;
  // The greatest predicted cost of its steps when it was proposed; nothing: no model predicted. So
  // an audit's answer tells of a model that had not seen it.
  std::optional<float> highest;
  // One sentence with the figures: "The cost model's members differ by 0.31 here; the nearest
  // labelled moment is 2.4 away."
  std::string why;
  bool operator==(const Query&) const = default;
};

}  // namespace lookout::agents
