// Every hyperparameter of a run that is being set up, by its option of 'lookout train'. Window
// thread only.
#pragma once

#include "ui/panels/state/settings/settings.h"

namespace lookout::ui {

// What has no field of its own in the form, once somebody asks for it.
void DrawAllSettings(TrainingDraft& draft);

}  // namespace lookout::ui
