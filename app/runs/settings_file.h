// Training settings as a JSON object whose keys are the options' names: what --settings reads, and
// what is kept with a run. Any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "agents/rl/settings/training_settings.h"

namespace lookout::app {

// Sets what the object names and leaves the rest. Rejects (kBadInput) an unknown key, a value of
// the wrong type and one out of range, with the key; then the settings are half changed.
Status ApplySettings(const nlohmann::json& object, agents::TrainingSettings& settings);

// The same for a file's text; a run's config.json will do, too, from which it takes the settings
// alone. what: the file, for messages.
Status ApplySettingsText(std::string_view text, std::string_view what,
                         agents::TrainingSettings& settings);

}  // namespace lookout::app
