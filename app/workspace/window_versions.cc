// What the window does about two versions of the cost model side by side: which episodes they are
// compared on, and where their differences are. Part of window_controller.h.
#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "app/cost_models/cost_model_file.h"
#include "app/platform/files.h"
#include "app/workspace/window_controller.h"

namespace lookout::app {
namespace {

// Episodes on their way from the project at once: the window's memory holds only so many.
constexpr std::size_t kLoadedAtOnce = 4;

std::function<Result<agents::CostModelPtr>()> ModelOfFile(const std::string& file) {
  if (file.empty()) return {};
  return [path = ExpandHome(file)]() -> Result<agents::CostModelPtr> {
    Result<CostModelFile> read = LoadCostModelFile(path);
    if (!read) return read.error();
    return std::move(read->model);
  };
}

}  // namespace

void WindowController::Apply(const ui::CompareVersions& command) {
  versions_ = ui::VersionComparison{
      .models = {command.first, command.second}, .file = command.file, .measuring = true};
  versions_work_ = {.number = versions_work_.number + 1, .begun = false, .due = {}};
  links_.compare_versions(AbandonVersionComparison{versions_work_.number});
  for (const ui::EpisodeSummary& row : episodes_.summaries()) versions_work_.due.insert(row.id);
  versions_work_.episodes = versions_work_.due.size();
}

void WindowController::Apply(const ui::EndVersionComparison&) {
  versions_.reset();
  ++versions_work_.number;
  links_.compare_versions(AbandonVersionComparison{versions_work_.number});
}

// Once a frame: the marks go first, then every episode as soon as it is in memory.
void WindowController::FollowVersions() {
  if (!versions_ || !versions_->measuring || versions_work_.finished) return;
  if (!versions_work_.begun && !BeginComparingVersions()) return;
  std::size_t on_their_way = 0;
  std::erase_if(versions_work_.due, [&](EpisodeId id) {
    const ui::EpisodeTrack* track = episodes_.Find(id);
    if (track != nullptr) {
      links_.compare_versions(
          EpisodeToCompare{versions_work_.number, track->scene_ptr(), track->chunks()});
      return true;
    }
    if (missing_.contains(id)) return true;
    if (on_their_way++ < kLoadedAtOnce) Load(id);
    return false;
  });
  const auto left = static_cast<double>(versions_work_.due.size());
  versions_->fraction = 1.0 - left / std::max(1.0, static_cast<double>(versions_work_.episodes));
  if (!versions_work_.due.empty()) return;
  versions_work_.finished = true;
  links_.compare_versions(FinishVersionComparison{versions_work_.number});
}

// False while marked episodes are still on their way.
bool WindowController::BeginComparingVersions() {
  std::vector<EpisodeId> absent;
  FitRequest labels = fit_material_.Request(marking_.store().marks(), episodes_, absent);
  for (const EpisodeId id : absent) Load(id);
  if (std::ranges::any_of(absent, [&](EpisodeId id) { return loading_.contains(id); })) {
    return false;
  }
  versions_work_.begun = true;
  links_.compare_versions(BeginVersionComparison{.number = versions_work_.number,
                                                 .models = versions_->models,
                                                 .labels = std::move(labels),
                                                 .limit = cost_limit_,
                                                 .make_second = ModelOfFile(versions_->file)});
  return true;
}

void WindowController::OnVersions(VersionsMeasured measured) {
  if (!versions_ || measured.number != versions_work_.number) return;
  if (!measured.problem.empty() && !versions_->file.empty()) {  // most likely a mistyped path
    Apply(ui::EndVersionComparison{});
    return Notify(ui::NoticeLevel::kWarning, measured.problem);
  }
  versions_->measuring = false;
  versions_->result = std::move(measured.compared);
  versions_->problem = std::move(measured.problem);
}

void WindowController::Apply(const ui::ShowVersionDifference& command) {
  const ui::VersionsAgainst* against = versions_ ? versions_->against(command.by_marks) : nullptr;
  if (against == nullptr || !against->figures) return;
  const agents::TwoModels& two = *against->figures;
  if (command.index >= two.differences.size()) return;
  const agents::CostDifference& difference = two.differences[command.index];
  versions_->by_marks = command.by_marks;
  versions_->shown = command.index;
  SeekWhenLoaded({two.episodes[difference.episode].id, difference.worst_step});
}

void WindowController::Apply(const ui::GoToVersionDifference& command) {
  const ui::VersionsAgainst* against =
      versions_ ? versions_->against(versions_->by_marks) : nullptr;
  if (against == nullptr || !against->figures || against->figures->differences.empty()) {
    return Notify(ui::NoticeLevel::kInfo,
                  "There is no difference to go to: compare two versions of the cost model first.");
  }
  const std::size_t count = against->figures->differences.size();
  std::size_t next = command.direction > 0 ? 0 : count - 1;
  if (versions_->shown) {
    next = (*versions_->shown + (command.direction > 0 ? 1 : count - 1)) % count;
  }
  Apply(ui::ShowVersionDifference{next, versions_->by_marks});
}

}  // namespace lookout::app
