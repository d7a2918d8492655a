// How far annotators agree with each other, with the majority and with the rule, and where they do
// not. Window thread only.
#pragma once

#include "ui/panels/state/panel.h"

namespace lookout::ui {

extern const Panel kAgreementPanel;

}  // namespace lookout::ui
