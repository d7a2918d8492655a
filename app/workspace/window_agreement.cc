// What the window does about agreement: when it is measured, and where its disagreements are. Part
// of window_controller.h.
#include <algorithm>
#include <set>
#include <utility>

#include "app/workspace/window_controller.h"

namespace lookout::app {
namespace {

using agents::Disagreement;

// The report's order: the longest first.
bool ComesBefore(const Disagreement& a, const Disagreement& b) {
  const StepIndex length_a = a.last_step - a.first_step;
  const StepIndex length_b = b.last_step - b.first_step;
  if (length_a != length_b) return length_a > length_b;
  return a.episode != b.episode ? a.episode < b.episode : a.first_step < b.first_step;
}

}  // namespace

// Asked for in every frame in which somebody looks: nothing happens unless the feedback changed.
void WindowController::Apply(const ui::MeasureAgreement&) {
  const agents::FeedbackSet& feedback = marks().marks();
  if (agreement_.measuring || agreement_.sequence == feedback.last_sequence()) return;
  AgreementRequest request{.sequence = feedback.last_sequence(), .feedback = {}, .episodes = {}};
  std::set<EpisodeId> about;
  for (const auto& [id, record] : feedback.records()) {
    about.insert(record.episodes.begin(), record.episodes.end());
  }
  for (const EpisodeId id : about) {
    if (const auto handle = HandleOf(episodes_, id)) request.episodes.push_back(*handle);
  }
  for (const auto& [id, record] : feedback.records()) request.feedback.push_back(record);
  agreement_.measuring = true;
  links_.measure_agreement(std::move(request));
}

void WindowController::OnAgreement(MeasuredAgreement measured) {
  agreement_.measuring = false;
  agreement_.sequence = measured.sequence;
  agreement_.problem = std::move(measured.problem);
  if (measured.report == nullptr) {
    disagreement_due_.reset();
    return;
  }
  agreement_.report = std::move(measured.report);
  agreement_.shown.reset();
  if (!disagreement_due_) return;
  const int direction = *std::exchange(disagreement_due_, std::nullopt);
  Apply(ui::GoToDisagreement{direction});
}

// Once a frame: a jump waits until it is known where to.
void WindowController::FollowAgreement() {
  if (disagreement_due_) Apply(ui::MeasureAgreement{});
}

void WindowController::Apply(const ui::GoToDisagreement& command) {
  if (agreement_.sequence != marks().marks().last_sequence()) {
    disagreement_due_ = command.direction;
    return FollowAgreement();
  }
  if (agreement_.report == nullptr || agreement_.report->disagreements.empty()) {
    return Notify(ui::NoticeLevel::kInfo,
                  "There is no recorded step about which annotators disagree.");
  }
  const auto& all = agreement_.report->disagreements;
  const std::size_t count = all.size();
  std::size_t next = command.direction > 0 ? 0 : count - 1;
  if (disagreement_) {
    // The one that was shown may have been settled meanwhile: it goes on from where that was.
    const auto from = std::ranges::lower_bound(all, *disagreement_, ComesBefore);
    const auto at = static_cast<std::size_t>(from - all.begin());
    const bool there = from != all.end() && !ComesBefore(*disagreement_, *from);
    next = command.direction > 0 ? (at + (there ? 1 : 0)) % count : (at + count - 1) % count;
  }
  Apply(ui::ShowDisagreement{next});
}

void WindowController::Apply(const ui::ShowDisagreement& command) {
  if (agreement_.report == nullptr) return;
  if (command.index >= agreement_.report->disagreements.size()) return;
  disagreement_ = agreement_.report->disagreements[command.index];
  agreement_.shown = command.index;
  SeekWhenLoaded({disagreement_->episode, disagreement_->first_step});
}

}  // namespace lookout::app
