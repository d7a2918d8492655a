// What the files have in common in which experiments keep what is done: each says with which
// settings it was made. Pure functions; any thread.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "sim/base/fields.h"
#include "sim/base/result.h"
#include "sim/config/config.h"

namespace lookout::app {

// What any experiment is about. policy: path of the file of who plays; empty: nobody in particular.
nlohmann::ordered_json SubjectJson(const sim::EnvironmentConfig& environment,
                                   const std::string& policy, const std::string& annotator);

// Adds every field of the settings under its name.
template <typename Settings>
void AddFields(const Settings& settings, nlohmann::ordered_json& json) {
  VisitFields(settings, [&](const Field<Settings>& field, const auto& value) {
    json[std::string(field.name)] = value;
  });
}

// The object that the text is, if its "settings" are these. Rejects (kBadInput) texts that are no
// whole JSON, as damaged, other ones, as not being `what`, and other settings; file: its name.
Result<nlohmann::json> OpenStudyFile(const std::string& text,
                                     const nlohmann::ordered_json& settings,
                                     const std::string& file, const std::string& what);

// That what is in a file cannot be, and the way out. cause: "it lacks 'auc'".
Error DamagedStudyFile(const std::string& file, const std::string& cause);

}  // namespace lookout::app
