#include "ui/panels/state/shipped_model.h"

#include "ui/commands.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"

namespace lookout::ui {

void OfferShippedModel(const FitSnapshot& fit, CommandSender& sender) {
  if (fit.model != nullptr || fit.shipped_model.empty()) return;
  const bool clicked = Button({.id = "open_shipped_model",
                               .icon = kIconModel,
                               .text = "Try the shipped one",
                               .width = -1.0F,
                               .tooltip = "A cost model that was fitted beforehand to marks of a "
                                          "simulated annotator in this environment"});
  if (clicked) sender.Send(OpenFiles{{fit.shipped_model}});
}

}  // namespace lookout::ui
