// Questions about a cost model as people write them: JSON, or the name of one that comes with the
// program. Any thread.
//
//   {"claim": "unsafe", "threshold": 0.5,
//    "place": {"of": "hazard", "within_m": 0.2, "x_m": [-1, 1], "y_m": [-1, 1],
//              "heading_deg": [-180, 180]},
//    "speed_m_per_s": 1, "turn_rate_rad_per_s": [-1, 1],
//    "sensors": {"accelerometer": [0, [-2, 2], 9.81]}}
//
// Only the claim has to be there, and either "place" or
//
//    "things": [{"kind": "hazard", "distance_m": [0, 0.2], "bearing_deg": [-180, 180]}]
//
// A range is a list of both ends, or one number.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agents/inspect/verification/question.h"
#include "sim/base/result.h"

namespace lookout::app {

// Rejects (kBadInput), naming the key: text that is not JSON or too long, keys that do not exist or
// are missing or do not go together, values of a wrong type or out of range.
Result<agents::Question> ParseQuestion(std::string_view text);

struct NamedQuestion {
  std::string_view name;  // "inside-hazard"
  std::string_view help;
  std::string_view text;  // as ParseQuestion reads it
};
const std::vector<NamedQuestion>& NamedQuestions();

// One of those by name, or else a file. Rejects (kBadInput) what is neither, naming the file.
Result<agents::Question> LoadQuestion(const std::string& name_or_file);

}  // namespace lookout::app
