// What the window does with an experiment on transfer: shows it, and goes to its cases. Part of
// window_controller.h.
#include <utility>

#include "app/workspace/window_controller.h"

namespace lookout::app {

void WindowController::ShowTransfer(ui::TransferMatrix matrix) {
  matrix.number = transfer_ ? transfer_->number + 1 : 1;
  transfer_ = std::move(matrix);
}

void WindowController::Apply(const ui::OpenTransferCase& command) {
  const bool is_there = transfer_ && command.source < transfer_->places.size() &&
                        command.target < transfer_->places.size() &&
                        command.inputs < transfer_->inputs.size();
  if (!is_there) return;
  const ui::TransferModel& model =
      transfer_->At(command.source, command.target).models[command.inputs];
  if (!model.why.empty()) return Notify(ui::NoticeLevel::kInfo, model.why);
  const ui::TransferPlace& target = transfer_->places[command.target];
  ui::SetAgent agent{ui::AgentKind::kCareful, {}};
  if (!target.policy.empty()) agent = {ui::AgentKind::kNamedPolicy, target.policy};
  links_.open_files({model.cost_model});
  Send(ui::PlayerCommand(ui::WatchIn{target.environment, std::move(agent)}));
  Send(ui::PlayerCommand(ui::ResetEpisode{ui::ResetEpisode::Seed::kGiven, model.evaluated_from}));
}

}  // namespace lookout::app
