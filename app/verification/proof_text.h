// What a proof search found, for people and as JSON. Any thread.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "agents/inspect/verification/proof_search.h"

namespace lookout::app {

// What the answer is about.
struct AskedQuestion {
  std::string model;        // file
  std::string environment;  // id
  std::uint32_t seed = 0;
  agents::Question question;
};

// A few lines, each with its end.
std::string ProofText(const AskedQuestion& asked, const agents::Scene& scene,
                      const agents::ProofResult& result);

nlohmann::ordered_json ProofToJson(const AskedQuestion& asked, const agents::Scene& scene,
                                   const agents::ProofResult& result);

}  // namespace lookout::app
