// Finds the recordings of the original Safety Gym, which are not part of the repository.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace lookout::sim::test {

// $LOOKOUT_REFERENCE, or ../shared/reference/safety_gym beside the source tree; "" if it is not
// there, which has then been said in a message of the running test.
std::string ReferenceFolder();

// The recordings whose file name a predicate accepts, in a fixed order.
std::vector<std::string> Recordings(const std::function<bool(const std::string&)>& accepts);

// A JSON file, gzipped or not; a failed check if it is not one.
nlohmann::json ReadJson(const std::string& path);

}  // namespace lookout::sim::test
