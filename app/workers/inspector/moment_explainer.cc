#include "app/workers/inspector/moment_explainer.h"

#include <chrono>
#include <utility>

#include "agents/feedback/fitting/settings_like.h"
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

Status MomentExplainer::Enter(const ExplainRequest& request) {
  const sim::EpisodeHeader& header = *request.scene->header;
  if (request.record.state == nullptr) {
    return BadInput("Nothing can be tried out here: " + std::string(sim::WhyNoState(header)) + ".");
  }
  if (gym_ == nullptr || scene_ != request.scene) {
    gym_.reset();
    auto gym = factory_.from_episode(header.config, header.setup, *request.record.state);
    if (!gym) return gym.error();
    gym_ = std::move(*gym);
    scene_ = request.scene;
  } else if (Status restored = gym_->Restore(*request.record.state); !restored) {
    return restored;
  }
  return agents::CheckMomentCanBeExplained(*request.model, *gym_);
}

Result<ui::MomentExplained> MomentExplainer::Explain(const ExplainRequest& request,
                                                     const agents::KeepGoing& keep_going) {
  const auto start = steady_clock::now();
  if (Status entered = Enter(request); !entered) return entered.error();
  auto explanation = agents::Explain(*request.model, *gym_, nullptr, {}, keep_going);
  if (!explanation) return explanation.error();
  ui::MomentExplained explained{
      .number = request.number,
      .episode = request.scene->header->id,
      .step = request.step,
      .model = request.model->id(),
      .explanation = std::move(*explanation),
      .labels = request.labels != nullptr ? ui::LabelsKnown::kComing : ui::LabelsKnown::kNone,
      .labels_problem = {}};
  explained.moved = Moved(explained.explanation.any_move, *gym_);
  const std::chrono::duration<double, std::milli> spent = steady_clock::now() - start;
  explained.milliseconds = spent.count();
  return explained;
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

Result<agents::SanityReport> MomentExplainer::Check(const ExplainRequest& request,
                                                    const agents::KeepGoing& keep_going) {
  if (Status entered = Enter(request); !entered) return entered.error();
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
