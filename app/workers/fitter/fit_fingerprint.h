// What a cost model was fitted to, as one number: equal material gives the same model, so it need
// not be fitted again. Any thread.
#pragma once

#include <string>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/targets/label_set.h"

namespace lookout::app {

// 16 hexadecimal digits of the labels, row by row, and of every setting of the fit, the signature
// among them, but not of the model that it goes on from. The same on every machine of the same byte
// order.
std::string FitFingerprint(const agents::LabelSet& labels,
                           const agents::CostModelSettings& settings);

}  // namespace lookout::app
