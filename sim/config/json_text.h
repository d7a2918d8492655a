// JSON that comes from outside. Every reader of such texts goes through here, so that none is
// nested deeper than the stack bears and no message is the library's. Any thread.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace lookout::sim {

// No file of ours nests deeper than a quarter of this.
inline constexpr int kMostJsonDepth = 64;

struct JsonText {
  nlohmann::json value;  // discarded if there is a problem
  std::string problem;   // "is not JSON at line 3, column 7"; empty: none
};

// Never throws. Rejects texts that are no JSON, hold a number beyond what a double can be, or nest
// lists and objects deeper than `most_depth`, before anything is built of them. The callback is
// nlohmann's, called while parsing.
JsonText ParseJsonText(std::string_view text, int most_depth = kMostJsonDepth,
                       const nlohmann::json::parser_callback_t& callback = nullptr);

}  // namespace lookout::sim
