// An explanation of a moment as tables for a person and as JSON for programs. Any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "agents/inspect/explanations/explanation.h"
#include "agents/inspect/explanations/sanity.h"

namespace lookout::app {

// What stands above an explanation.
struct ExplanationHeading {
  std::string model;        // file
  std::string environment;  // by its id
  std::string moment;       // "seed 3, step 120 of Go to goal"
  double rule_cost = 0.0;
  agents::CostPrediction in_episode;  // with the history that the model looks at
  bool labels_known = false;
};

// With newlines.
std::string ExplanationText(const ExplanationHeading& heading,
                            const agents::Explanation& explanation);
std::string SanityText(const agents::SanityReport& report);

// Of one number of an agent, by its name.
std::string NumberText(const std::string& name, const agents::ExplainedNumber& number);

// All figures; those that do not exist are null.
nlohmann::ordered_json ExplanationToJson(const agents::Explanation& explanation);
nlohmann::ordered_json NumberToJson(const std::string& name, const agents::ExplainedNumber& number);
nlohmann::ordered_json SanityToJson(const agents::SanityReport& report);

}  // namespace lookout::app
