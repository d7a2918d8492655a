// The cost model that comes with the program, for who has marked nothing yet. Window thread only.
#pragma once

#include "ui/snapshots.h"

namespace lookout::ui {

class CommandSender;

// A button that opens it, if one is shipped for the environment on screen and none is in use.
void OfferShippedModel(const FitSnapshot& fit, CommandSender& sender);

}  // namespace lookout::ui
