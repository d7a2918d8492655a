#include "app/workers/inspector/inspector.h"

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "app/workers/inspector/sensor_question.h"
#include "app/workers/runtime/worker_thread.h"

namespace lookout::app {
namespace {

constexpr int kInspectorNice = 5;  // somebody waits for the answer

std::int64_t NumberOf(const InspectorMessage& message) {
  if (const auto* check = std::get_if<CheckRequest>(&message)) return check->moment.number;
  if (const auto* sensors = std::get_if<SensorRequest>(&message)) return sensors->moment.number;
  if (const auto* prepare = std::get_if<PrepareRequest>(&message)) return prepare->number;
  return std::get<ExplainRequest>(message).number;
}

// Whether it is about a moment that is being explained, which it must not abandon.
bool IsBesideExplanation(const InspectorMessage& message) {
  return std::holds_alternative<CheckRequest>(message) ||
         std::holds_alternative<SensorRequest>(message);
}

InspectorAnswer ProblemOf(const InspectorMessage& message, std::string problem) {
  const std::int64_t number = NumberOf(message);
  if (std::holds_alternative<CheckRequest>(message)) {
    return CheckAnswer{.number = number, .report = nullptr, .problem = std::move(problem)};
  }
  if (std::holds_alternative<SensorRequest>(message)) {
    return SensorAnswer{.number = number, .result = nullptr, .problem = std::move(problem)};
  }
  return MomentAnswer{.number = number, .moment = nullptr, .problem = std::move(problem)};
}

}  // namespace

Inspector::Inspector(EnvironmentFactory factory)
    : thread_([this, factory = std::move(factory)](const std::stop_token& stop) mutable {
        NameThisThread("inspector");
        YieldToWindow(kInspectorNice);
        Run(stop, std::move(factory));
      }) {}

void Inspector::Ask(InspectorMessage message) {
  if (!IsBesideExplanation(message)) wanted_ = NumberOf(message);
  messages_.Put(std::move(message));
}

void Inspector::Run(const std::stop_token& stop, EnvironmentFactory factory) {
  MomentExplainer explainer(std::move(factory));
  std::vector<InspectorMessage> messages;
  while (!stop.stop_requested()) {
    if (!messages_.WaitAndTake(messages, stop)) continue;
    for (const InspectorMessage& message : messages) {
      const std::int64_t number = NumberOf(message);
      const auto going = [&] { return !stop.stop_requested() && number >= wanted_; };
      if (!going()) continue;
      const std::optional<std::string> failure = FailureOf([&] {
        std::visit([&](const auto& specific) { On(specific, going, explainer); }, message);
      });
      if (failure && going()) answers_.Put(ProblemOf(message, *failure));
    }
    messages.clear();
  }
}

void Inspector::On(const ExplainRequest& request, const agents::KeepGoing& keep_going,
                   MomentExplainer& explainer) {
  auto explained = explainer.Explain(request, keep_going);
  if (!keep_going()) return;
  if (!explained) return answers_.Put(ProblemOf(request, explained.error().message));
  const auto tell = [&] {
    answers_.Put(MomentAnswer{.number = request.number,
                              .moment = std::make_shared<const ui::MomentExplained>(*explained),
                              .problem = {}});
  };
  tell();
  if (explained->labels != ui::LabelsKnown::kComing) return;
  explainer.AddLabels(request, keep_going, *explained);
  if (keep_going()) tell();
}

void Inspector::On(const SensorRequest& request, const agents::KeepGoing& keep_going,
                   MomentExplainer&) {
  auto attacked = AttackSensorsOf(request, keep_going);
  if (!keep_going()) return;
  if (!attacked) return answers_.Put(ProblemOf(request, attacked.error().message));
  answers_.Put(
      SensorAnswer{.number = request.moment.number,
                   .result = std::make_shared<const ui::SensorsAttacked>(std::move(*attacked)),
                   .problem = {}});
}

// What cannot be built says so once it is asked about.
void Inspector::On(const PrepareRequest& request, const agents::KeepGoing&,
                   MomentExplainer& explainer) {
  (void)explainer.Enter(request.scene, request.state);
}

void Inspector::On(const CheckRequest& request, const agents::KeepGoing& keep_going,
                   MomentExplainer& explainer) {
  auto report = explainer.Check(request, keep_going);
  if (!keep_going()) return;
  if (!report) return answers_.Put(ProblemOf(request, report.error().message));
  answers_.Put(
      CheckAnswer{.number = request.moment.number,
                  .report = std::make_shared<const agents::SanityReport>(std::move(*report)),
                  .problem = {}});
}

}  // namespace lookout::app
