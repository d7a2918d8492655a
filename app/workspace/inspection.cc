#include "app/workspace/inspection.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "app/workers/runtime/worker_thread.h"
#include "sim/recording/acting.h"

namespace lookout::app {
namespace {

// A paused moment may still be changed by hand.
bool SamePoses(const sim::SimStatePtr& a, const sim::SimStatePtr& b) {
  if (a == b) return true;
  if (a == nullptr || b == nullptr) return false;
  return a->qpos.size() == b->qpos.size() && a->qpos == b->qpos && a->qvel == b->qvel;
}

bool HasMoment(const Inspection::Moment& moment) {
  return moment.track != nullptr && moment.record != nullptr && moment.model != nullptr;
}

}  // namespace

bool Inspection::CanBeAsked(const Moment& moment) const {
  if (subject_ == ui::WhySubject::kCostModel) return HasMoment(moment);
  return moment.track != nullptr && moment.record != nullptr && moment.policy != nullptr;
}

bool Inspection::IsAsked(const Moment& moment) const {
  if (!asked_ || !CanBeAsked(moment) || asked_->subject != subject_) return false;
  const bool same_judge =
      subject_ == ui::WhySubject::kCostModel
          ? asked_->model == moment.model && asked_->labels_sequence == moment.labels_sequence
          : asked_->policy == moment.policy;
  return same_judge && asked_->scene == moment.track->scene_ptr() && asked_->step == moment.step &&
         SamePoses(asked_->state, moment.record->state);
}

void Inspection::Follow(const Moment& moment) {
  const std::optional<ui::WhySubject> wanted = std::exchange(wanted_, std::nullopt);
  subject_ = wanted.value_or(subject_);
  explanation_.is_looked_at = wanted.has_value();
  const bool is_asked = IsAsked(moment);
  if (!is_asked && asked_) Abandon();
  if (wanted && moment.moving) Prepare(moment);
  if (wanted && !moment.moving && !is_asked && CanBeAsked(moment)) Ask(moment);
  AskAboutSensors(moment);
  if (moment.track != nullptr) proof_.episode_on_screen = moment.track->id();
}

void Inspection::Abandon() {
  links_.abandon_inspection(next_number_);
  asked_.reset();
  explanation_.working = explanation_.checking = explanation_.is_of_this_moment = false;
  explanation_.problem.clear();
  explanation_.sanity.reset();
  explanation_.sanity_problem.clear();
  asked_budget_.reset();
  sensors_ = {.is_looked_at = sensors_.is_looked_at, .problem = {}};
}

// Of a slider that is drawn along, the newest place is asked about once the one before is answered.
void Inspection::AskAboutSensors(const Moment& moment) {
  const std::optional<double> wanted = std::exchange(wanted_budget_, std::nullopt);
  sensors_.is_looked_at = wanted.has_value();
  const bool can = subject_ == ui::WhySubject::kCostModel && !moment.moving && IsAsked(moment);
  if (!wanted || !can || sensors_.working || asked_budget_ == wanted) return;
  SensorRequest request{RequestOf(moment), *wanted};
  request.moment.chunks = moment.track->chunks();
  asked_budget_ = wanted;
  sensors_number_ = request.moment.number;
  sensors_.working = true;
  links_.inspect(std::move(request));
}

// Building a world takes longer than explaining a moment in it: it is built while the episode still
// plays, unless that is over in no time.
void Inspection::Prepare(const Moment& moment) {
  constexpr int kFramesBefore = 10;
  if (moment.track == nullptr || moment.record == nullptr) return;
  if (watched_ != moment.track->scene_ptr()) {
    watched_ = moment.track->scene_ptr();
    watched_frames_ = 0;
  }
  if (++watched_frames_ != kFramesBefore || moment.record->state == nullptr) return;
  links_.inspect(PrepareRequest{next_number_++, watched_, moment.record->state});
}

void Inspection::ReadLabels(const Moment& moment) {
  const std::string& environment = moment.track->header().config.id;
  if (labels_sequence_ == moment.labels_sequence && labels_environment_ == environment) return;
  labels_sequence_ = moment.labels_sequence;
  labels_environment_ = environment;
  FitRequest labels = moment.labels ? moment.labels() : FitRequest{};
  labels_ =
      labels.feedback.empty() ? nullptr : std::make_shared<const FitRequest>(std::move(labels));
}

ExplainRequest Inspection::RequestOf(const Moment& moment) {
  ExplainRequest request{.number = next_number_++,
                         .scene = moment.track->scene_ptr(),
                         .step = moment.step,
                         .record = *moment.record,
                         .subject = subject_};
  if (subject_ == ui::WhySubject::kCostModel) {
    ReadLabels(moment);
    request.model = moment.model;
    request.labels = labels_;
  } else {
    request.policy = moment.policy;
    request.chunks = moment.track->chunks();
  }
  return request;
}

void Inspection::Ask(const Moment& moment) {
  if (moment.record->state == nullptr) {
    explanation_.problem = "Nothing can be tried out at its steps: " +
                           std::string(sim::WhyNoState(moment.track->header())) + ".";
  }
  ExplainRequest request = RequestOf(moment);
  asked_ = {.number = request.number,
            .subject = request.subject,
            .scene = request.scene,
            .step = request.step,
            .state = request.record.state,
            .model = request.model,
            .labels_sequence = moment.labels_sequence,
            .policy = request.policy};
  if (!explanation_.problem.empty()) return;
  explanation_.working = true;
  links_.inspect(std::move(request));
}

void Inspection::Apply(const ui::CheckExplanation& command, const Moment& moment) {
  if (!IsAsked(moment) || explanation_.checking || !explanation_.is_of_this_moment) return;
  CheckRequest check{RequestOf(moment), command.number};
  explanation_.checked_number = command.number;
  check_number_ = check.moment.number;
  explanation_.checking = true;
  explanation_.sanity.reset();
  explanation_.sanity_problem.clear();
  links_.inspect(std::move(check));
}

void Inspection::On(InspectorAnswer answer) {
  std::visit([this](auto& specific) { On(specific); }, answer);
}

void Inspection::On(CheckAnswer& checked) {
  if (!explanation_.checking || checked.number != check_number_) return;
  explanation_.checking = false;
  explanation_.sanity = std::move(checked.report);
  explanation_.sanity_problem = std::move(checked.problem);
}

void Inspection::On(SensorAnswer& attacked) {
  if (!sensors_.working || attacked.number != sensors_number_) return;
  sensors_.working = false;
  sensors_.result = std::move(attacked.result);
  sensors_.problem = std::move(attacked.problem);
}

void Inspection::On(MomentAnswer& told) {
  if (!asked_ || told.number != asked_->number) return;
  explanation_.problem = std::move(told.problem);
  explanation_.is_of_this_moment = told.moment != nullptr;
  explanation_.working = told.moment != nullptr && told.moment->labels == ui::LabelsKnown::kComing;
  if (told.moment != nullptr) explanation_.moment = std::move(told.moment);
}

const agents::NearLabel* Inspection::NearLabelAt(std::size_t index) const {
  if (explanation_.moment == nullptr) return nullptr;
  const auto& labels = explanation_.moment->explanation.labels;
  return index < labels.size() ? &labels[index] : nullptr;
}

void Inspection::Apply(const ui::AskQuestion& command, const Moment& moment) {
  proof_ = {.progress = {}, .answer = nullptr, .problem = {}};
  if (!HasMoment(moment)) {
    proof_.problem = "There is no cost model of what is on screen yet.";
    return;
  }
  const bool has_begun = moment.track->steps() > 0;
  ProofRequest request{.number = next_number_++,
                       .question = command.question,
                       .seconds = std::clamp(command.seconds, 1.0, 3600.0),
                       .workers = ThreadsBesideWindow(),
                       .scene = moment.track->scene_ptr(),
                       .beginning = has_begun ? moment.track->step(0).state : moment.record->state,
                       .model = moment.model};
  proof_number_ = request.number;
  proof_.searching = true;
  links_.prove(std::move(request));
}

void Inspection::Apply(const ui::StopQuestion&) {
  if (proof_.searching) links_.stop_proof(proof_number_);
}

void Inspection::On(ProofNews news) {
  if (news.number != proof_number_) return;
  if (news.answer == nullptr && news.problem.empty()) {
    proof_.progress = news.progress;
    return;
  }
  proof_.searching = false;
  proof_.answer = std::move(news.answer);
  proof_.problem = std::move(news.problem);
  proof_.in_view = proof_.answer != nullptr && proof_.answer->state != nullptr;
}

void Inspection::OpenCounterexample(const std::filesystem::path& project) {
  if (proof_.answer == nullptr || proof_.answer->world.empty()) return;
  const std::filesystem::path file = NextFindFile(project, "counterexample");
  links_.write_file({file, proof_.answer->world, "Wrote " + file.string() + ", which is opened."});
  links_.open_files({file});
}

std::filesystem::path NextFindFile(const std::filesystem::path& project, std::string_view kind) {
  constexpr int kMostFiles = 1000;
  std::filesystem::path file;
  for (int i = 1; i <= kMostFiles; ++i) {
    file = project.parent_path() / fmt::format("{}-{}.json", kind, i);
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) break;
  }
  return file;
}

}  // namespace lookout::app
