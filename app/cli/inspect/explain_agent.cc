// lookout explain AGENT: why an agent does at a moment what it does, and what it expects.
#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "agents/inspect/explanations/agent_numbers.h"
#include "app/cli/inspect/explain_options.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/support/text/explanation_text.h"
#include "app/desktop/robot_cameras.h"
#include "app/explanations/explained_agent.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

struct NamedNumber {
  std::string name;
  agents::ExplainedNumber number;
};

struct AgentAnswer {
  ExplainedMoment moment;
  std::vector<NamedNumber> numbers;
  bool has_critics = false;
};

std::vector<agents::AgentNumber> NumbersOf(const ExplainedAgent& agent,
                                           const ExplainedMoment& moment) {
  std::vector<agents::AgentNumber> numbers =
      agents::ActionNumbers(agent.actor, moment.world->spec(), moment.observations);
  if (!agent.critics) return numbers;
  for (agents::AgentNumber& expected :
       agents::ExpectedNumbers(agent.actor, *agent.critics, moment.observations)) {
    numbers.push_back(std::move(expected));
  }
  return numbers;
}

Result<AgentAnswer> FindNumbers(const ExplainOptions& options, const agents::KeepGoing& going) {
  const auto agent = LoadExplainedAgent(options.model, options.choice.environment, RobotCameras());
  if (!agent) return agent.error();
  const auto project = ProjectOf(options);
  if (!project) return project.error();
  auto moment = FindMoment(options, project->get(), going);
  if (!moment) return moment.error();
  const sim::SafetyGym& world = *moment->world;
  const Status fits = agent->actor.origin.CheckFits(world.spec(), options.model);
  if (!fits) return fits.error();
  AgentAnswer answer{.has_critics = agent->critics.has_value()};
  for (const agents::AgentNumber& one : NumbersOf(*agent, *moment)) {
    auto number = agents::ExplainNumber(one.function, world, {.players = options.players}, going);
    if (!number) return number.error();
    answer.numbers.push_back({one.name, std::move(*number)});
  }
  answer.moment = std::move(*moment);
  return answer;
}

void Print(const ExplainOptions& options, const AgentAnswer& answer) {
  const ExplainedMoment& moment = answer.moment;
  std::string text = fmt::format("{} at {}, {}\ncharged {:g} by the rule\n", options.model,
                                 moment.world->spec().id, MomentText(moment), moment.rule_cost);
  for (const NamedNumber& one : answer.numbers) text += NumberText(one.name, one.number);
  if (!answer.has_critics) {
    text +=
        "\nA policy's file has no critics; name the folder of its run to explain what it "
        "expects.\n";
  }
  std::fputs(text.c_str(), stdout);
}

void PrintJson(const ExplainOptions& options, const AgentAnswer& answer) {
  ordered_json report{{"explained", options.model}};
  report.update(MomentToJson(answer.moment));
  ordered_json numbers = ordered_json::array();
  for (const NamedNumber& one : answer.numbers) {
    numbers.push_back(NumberToJson(one.name, one.number));
  }
  report["numbers"] = std::move(numbers);
  std::printf("%s\n", report.dump(2).c_str());
}

}  // namespace

int ExplainAgent(ExplainOptions options) {
  if (!options.of_cost_models.empty()) {
    return Fail(
        BadInput(fmt::format("{} is an agent, and {} asks about a cost model; leave it out.",
                             options.model, options.of_cost_models.front())));
  }
  if (options.choice.policy.empty()) options.choice.policy = options.model;
  const StopSignal stop;
  const auto answer = FindNumbers(options, [&stop] { return !stop.requested(); });
  if (stop.requested()) return kSignalExit + stop.number();
  if (!answer) return Fail(answer.error());
  options.json ? PrintJson(options, *answer) : Print(options, *answer);
  return 0;
}

}  // namespace lookout::app
