#include "agents/overseer/blocker/blocker_filter.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace lookout::agents {

BlockerFilter::BlockerFilter(BlockerModelPtr model, FallbackAction fallback,
                             const BlockerFilterSettings& settings)
    : model_(std::move(model)),
      fallback_(std::move(fallback)),
      settings_(settings),
      scorer_(model_),
      replacement_(Eigen::VectorXd::Zero(model_->networks.action_dim())) {}

Decision BlockerFilter::Review(const ActionContext& context, const Eigen::VectorXd& proposed) {
  opinion_ = scorer_.Judge(context.environment.observation(), proposed);
  ++counts_.steps;
  counts_.unknown += opinion_.unknown() ? 1 : 0;
  const bool passes = double(opinion_.score) < model_->threshold;  // not so of NaN
  if (passes && !(settings_.block_unknown && opinion_.unknown())) return Decision::Pass();
  ++counts_.blocks;
  fallback_(context.environment, replacement_);
  return Decision::Replace(replacement_, sim::ActionSource::kOverseer, Reason());
}

std::string_view BlockerFilter::Reason() {
  const bool above = double(opinion_.score) >= model_->threshold;
  const auto written =
      above ? fmt::format_to_n(reason_.data(), reason_.size(),
                               "the blocker gives {:.2g}, above {:.2g}", opinion_.score,
                               model_->threshold)
            : fmt::format_to_n(reason_.data(), reason_.size(), "{}",
                               std::isnan(opinion_.score)
                                   ? "the blocker cannot read what is observed"
                                   : "it is unlike anything that the blocker learned from");
  return {reason_.data(), std::min(written.size, reason_.size())};
}

Result<std::unique_ptr<ActionFilter>> MakeBlockerFilter(BlockerModelPtr model,
                                                        FallbackAction fallback,
                                                        const sim::EnvironmentSpec& spec,
                                                        const BlockerFilterSettings& settings) {
  if (Status fits = model->networks.CheckFits(spec, "The blocker"); !fits.ok()) return fits.error();
  return std::unique_ptr<ActionFilter>(
      std::make_unique<BlockerFilter>(std::move(model), std::move(fallback), settings));
}

}  // namespace lookout::agents
