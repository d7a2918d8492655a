#include "app/workers/inspector/moment_explainer.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "agents/feedback/fitting/settings_like.h"
#include "agents/inspect/explanations/explained_number.h"
#include "app/workers/inspector/policy_question.h"
#include "sim/engine/what_if.h"
#include "sim/recording/acting.h"

namespace lookout::app {
namespace {

using std::chrono::steady_clock;

// The state with the robot where the smallest move takes it; null: none was found.
sim::SimStatePtr Moved(const agents::Counterfactual& move, sim::SafetyGym& world) {
  if (!move.found) return nullptr;
  const sim::SimState from = world.Save();
  sim::ObserveMoved(world, from, move.move);
  auto moved = std::make_shared<const sim::SimState>(world.Save());
  sim::ObserveMoved(world, from, {});
  return moved;
}

}  // namespace

Status MomentExplainer::Enter(const ui::EpisodeScenePtr& scene, const sim::SimStatePtr& state) {
  const sim::EpisodeHeader& header = *scene->header;
  if (state == nullptr) {
    return BadInput("Nothing can be tried out here: " + std::string(sim::WhyNoState(header)) + ".");
  }
  if (gym_ != nullptr && scene_ == scene) return gym_->Restore(*state);
  gym_.reset();
  auto gym = factory_.from_episode(header.config, header.setup, *state);
  if (!gym) return gym.error();
  gym_ = std::move(*gym);
  scene_ = scene;
  return {};
}

Result<ui::MomentExplained> MomentExplainer::Explain(const ExplainRequest& request,
                                                     const agents::KeepGoing& keep_going) {
  const auto start = steady_clock::now();
  if (Status entered = Enter(request.scene, request.record.state); !entered) {
    return entered.error();
  }
  ui::MomentExplained explained{.number = request.number,
                                .episode = request.scene->header->id,
                                .step = request.step,
                                .subject = request.subject,
                                .model = {},
                                .explanation = {},
                                .labels = ui::LabelsKnown::kNone,
                                .labels_problem = {}};
  const Status found = request.subject == ui::WhySubject::kCostModel
                           ? ExplainModel(request, keep_going, explained)
                           : ExplainPolicy(request, keep_going, explained);
  if (!found) return found.error();
  const std::chrono::duration<double, std::milli> spent = steady_clock::now() - start;
  explained.milliseconds = spent.count();
  return explained;
}

Status MomentExplainer::ExplainModel(const ExplainRequest& request,
                                     const agents::KeepGoing& keep_going,
                                     ui::MomentExplained& explained) {
  auto explanation = agents::Explain(*request.model, *gym_, nullptr, {}, keep_going);
  if (!explanation) return explanation.error();
  explained.model = request.model->id();
  explained.explanation = std::move(*explanation);
  explained.moved = Moved(explained.explanation.any_move, *gym_);
  if (request.labels != nullptr) explained.labels = ui::LabelsKnown::kComing;
  return {};
}

Status MomentExplainer::ExplainPolicy(const ExplainRequest& request,
                                      const agents::KeepGoing& keep_going,
                                      ui::MomentExplained& explained) {
  auto asked = NumbersAsked(request);
  if (!asked) return asked.error();
  explained.agent = request.policy->name();
  for (AskedNumber& one : *asked) {
    auto found = agents::ExplainNumber(one.number.function, *gym_, {}, keep_going);
    if (!found) return found.error();
    explained.numbers.push_back({.name = std::move(one.name),
                                 .meaning = std::move(one.meaning),
                                 .is_danger = one.is_danger,
                                 .found = std::move(*found)});
  }
  return {};
}

Status MomentExplainer::ReadLabels(const ExplainRequest& request,
                                   const agents::KeepGoing& keep_going) {
  const bool same = labels_of_ == request.labels && labels_for_ == request.model->id();
  if (same || request.labels == nullptr) return {};
  labels_of_ = nullptr;
  FitRequest wanted = *request.labels;
  wanted.load = [&](EpisodeId id) -> Result<Recording> {
    if (Status going = agents::CheckGoing(keep_going); !going) return going.error();
    if (!request.load) return Error{"There is no project."};
    return request.load(id);
  };
  const auto settings = agents::SettingsLike(*request.model, wanted.signature);
  auto derived = LabelsOf(wanted, settings, steps_);
  if (!derived) return derived.error();
  if (Status going = agents::CheckGoing(keep_going); !going) return going;
  if (!steps_.problem().empty()) return BadInput(steps_.problem());
  labels_ = std::move(derived->labels);
  labels_of_ = request.labels;
  labels_for_ = request.model->id();
  return {};
}

void MomentExplainer::AddLabels(const ExplainRequest& request, const agents::KeepGoing& keep_going,
                                ui::MomentExplained& explained) {
  const auto problem = [&](const Error& error) {
    explained.labels = ui::LabelsKnown::kUnknown;
    explained.labels_problem = error.message;
  };
  if (request.labels == nullptr) return;
  if (Status read = ReadLabels(request, keep_going); !read) return problem(read.error());
  explained.labels = labels_.rows() > 0 ? ui::LabelsKnown::kThere : ui::LabelsKnown::kNone;
  if (labels_.rows() == 0) return;
  auto near = agents::NearestLabels(agents::ExplainedModel(*request.model), labels_,
                                    request.record.observation, {}, keep_going);
  if (!near) return problem(near.error());
  explained.explanation.labels = std::move(*near);
}

Result<agents::SanityReport> MomentExplainer::Check(const CheckRequest& request,
                                                    const agents::KeepGoing& keep_going) {
  const ExplainRequest& moment = request.moment;
  if (Status entered = Enter(moment.scene, moment.record.state); !entered) return entered.error();
  if (moment.subject == ui::WhySubject::kCostModel) return CheckModel(moment, keep_going);
  const auto asked = NumbersAsked(moment);
  if (!asked) return asked.error();
  const std::size_t which = std::min(request.which, asked->size() - 1);
  return agents::CheckSanity((*asked)[which].number.function, *gym_, {}, keep_going);
}

Result<agents::SanityReport> MomentExplainer::CheckModel(const ExplainRequest& request,
                                                         const agents::KeepGoing& keep_going) {
  if (Status read = ReadLabels(request, keep_going); !read) return read.error();
  const agents::LabelSet* labels =
      request.labels != nullptr && labels_.rows() > 0 ? &labels_ : nullptr;
  const auto settings = agents::SettingsLike(*request.model, request.scene->spec.signature());
  const auto fit = [&](const agents::LabelSet& some) {
    return agents::FitCostModel(some, settings, CostModelId{1},
                                [&](double) { return !keep_going || keep_going(); });
  };
  return agents::CheckSanity(*request.model, *gym_, labels, fit, {}, keep_going);
}

}  // namespace lookout::app
