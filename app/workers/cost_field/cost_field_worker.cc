#include "app/workers/cost_field/cost_field_worker.h"

#include <optional>
#include <string>
#include <vector>

#include "app/workers/runtime/worker_thread.h"

namespace lookout::app {
namespace {

constexpr int kNice = 5;

// What a survey depends on.
struct Question {
  EpisodeId episode;
  StepIndex step = 0;
  CostModelId model;
  agents::CostUse use;
  Eigen::VectorXd qpos;  // bodies can be moved by hand while the step stays
  bool operator==(const Question& other) const {
    return episode == other.episode && step == other.step && model == other.model &&
           use == other.use && qpos.size() == other.qpos.size() && qpos == other.qpos;
  }
};

}  // namespace

CostFieldWorker::CostFieldWorker(EnvironmentFactory factory, const CostModelRegistry& cost_models,
                                 NoticeBoard& notices)
    : cost_models_(cost_models),
      notices_(notices),
      thread_([this, factory = std::move(factory)](const std::stop_token& stop) mutable {
        NameThisThread("cost field");
        YieldToWindow(kNice);
        Run(stop, std::move(factory));
      }) {}

void CostFieldWorker::Run(const std::stop_token& stop, EnvironmentFactory factory) {
  CostFieldSampler survey(std::move(factory));
  std::vector<Request> requests;
  std::optional<Question> answered;
  while (!stop.stop_requested()) {
    if (!requests_.WaitAndTake(requests, stop)) continue;
    const CostFieldRequest* newest = nullptr;
    for (const Request& request : requests) {
      if (const auto* episode = std::get_if<PredictRequest>(&request)) Predict(*episode);
      if (const auto* moment = std::get_if<CostFieldRequest>(&request)) newest = moment;
    }
    if (newest == nullptr) continue;
    const agents::CostModelPtr model = newest->model
                                           ? cost_models_.Find(newest->model)
                                           : cost_models_.For(newest->scene->spec.signature());
    Question question{newest->scene->header->id, newest->step, model ? model->id() : CostModelId{},
                      newest->use,
                      newest->record.state ? newest->record.state->qpos : Eigen::VectorXd()};
    if (answered && *answered == question) continue;
    const Result<agents::CostModelPtr> read = ReadWith(model, newest->use);
    agents::CostUse in_total = newest->use;
    in_total.danger = 0;
    const Result<agents::CostModelPtr> total = ReadWith(model, in_total);
    const bool of_class = read && total && newest->use.danger != 0;
    RequestCostField(survey, *newest, read ? read->get() : model.get(),
                     of_class ? total->get() : nullptr);
    answered = std::move(question);
  }
}

void CostFieldWorker::Predict(const PredictRequest& request) {
  EpisodePredictions predictions;
  const std::optional<std::string> failure =
      FailureOf([&] { predictions = PredictEpisode(request, workspace_); });
  if (failure) return Warn(notices_, "No predictions for this episode: " + *failure);
  predictions_.Put(std::move(predictions));
}

void CostFieldWorker::RequestCostField(CostFieldSampler& survey, const CostFieldRequest& request,
                                       const agents::CostModel* model,
                                       const agents::CostModel* total) {
  std::string problem;
  const std::optional<std::string> failure = FailureOf([&] {
    const Status computed = survey.Compute(request, model, snapshot_.Writable(), total);
    if (!computed) problem = computed.error().message;
  });
  snapshot_.Publish();
  if (failure) problem = *failure;
  if (!problem.empty() && problem != last_problem_) Warn(notices_, "No cost field: " + problem);
  last_problem_ = std::move(problem);
}

void CostFieldWorker::Join() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

}  // namespace lookout::app
