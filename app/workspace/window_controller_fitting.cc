// What the window does about cost models: which marks are fitted, whose predictions are shown.
#include <fmt/format.h>

#include <optional>
#include <utility>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "app/platform/files.h"
#include "app/workers/fitter/fit_settings_text.h"
#include "app/workspace/files/remembered.h"
#include "app/workspace/window_controller.h"

namespace lookout::app {

void WindowController::FollowCostModel(const ui::FitSnapshot& fit) {
  if (std::exchange(cost_model_, fit.model) != fit.model) ReadCostModel();
  const ui::EpisodeTrack* shown = episodes_.Find(playback_.playhead().episode);
  if (fit_material_.Show(shown)) {
    SendLabels();
    queries_wanted_ ? FollowFeedback() : TellProgress();
  }
  // What was recorded is the probability as it is.
  const bool reuse = read_model_ == cost_model_;
  if (auto request = predictions_.Follow(shown, read_model_, reuse))
    links_.predict(std::move(*request));
}

// One that cannot be read as wished is read as it is, which is told.
void WindowController::ReadCostModel() {
  if (cost_model_ && !HasHead(*cost_model_, cost_use_.danger)) {
    Notify(ui::NoticeLevel::kInfo,
           fmt::format("Cost model {} does not tell {} apart; its total is shown.",
                       cost_model_->id().value,
                       marks().danger_classes().NameOf(std::exchange(cost_use_.danger, 0))));
  }
  Result<agents::CostModelPtr> read = ReadWith(cost_model_, cost_use_);
  if (!read) {
    Notify(ui::NoticeLevel::kWarning, read.error().message);
    cost_use_ = {};
  }
  read_model_ = read ? std::move(*read) : cost_model_;
}

void WindowController::Apply(const ui::SetCostReading& command) {
  if (std::exchange(cost_use_, command.use) == command.use) return;
  ReadCostModel();
  links_.to_project_writer(SaveSetting{kCostReading, CostReadingText(cost_use_)});
}

void WindowController::LoadCostReading(std::string_view text) {
  cost_use_ = CostReadingFromText(text).value_or(agents::CostUse{});
}

void WindowController::SendLabels() {
  if (!fit_material_.shows_something()) return;  // what will be on screen is sent then
  std::vector<EpisodeId> absent;
  FitRequest request = fit_material_.Request(marking_.store().marks(), episodes_, absent);
  for (const EpisodeId id : absent) Load(id);
  labels_due_ = !loading_.empty();
  if (labels_due_) return links_.observation_shown(fit_material_.shown());
  links_.labels_changed(std::move(request));
}

void WindowController::LoadFitSettings(std::optional<agents::CostModelSettings> settings) {
  fit_settings_ = std::move(settings);
}

void WindowController::KeepFitSettings(const agents::CostModelSettings& settings) {
  const bool changed = !fit_settings_ || IdentityOf(*fit_settings_) != IdentityOf(settings);
  fit_settings_ = settings;
  if (changed) links_.to_project_writer(SaveSetting{kFitSettings, FitSettingsText(settings)});
}

void WindowController::Handle(const ui::FitterCommand& command, const WorkerSnapshots&) {
  if (const auto* fit = std::get_if<ui::FitNow>(&command)) {
    KeepFitSettings(fit->settings);
    SendLabels();
  }
  if (const auto* set = std::get_if<ui::SetFitSettings>(&command)) KeepFitSettings(set->settings);
  if (const auto* set = std::get_if<ui::SetAutomaticFit>(&command)) {
    links_.to_project_writer(SaveSetting{kAutomaticFit, set->automatic ? "1" : "0"});
  }
  links_.to_fitter(command);
}

void WindowController::Apply(const ui::ExportCostModel& command) {
  if (!cost_model_) {
    return Notify(ui::NoticeLevel::kWarning, "There is no cost model of what is on screen yet.");
  }
  const std::filesystem::path path = ExpandHome(command.path);
  links_.write_file({path, cost_model_->Encode(),
                     "Wrote " + path.string() +
                         "; train with it by: lookout train --cost learned "
                         "--cost-model " +
                         path.string()});
}

}  // namespace lookout::app
