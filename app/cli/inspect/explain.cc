// lookout explain: why a cost model calls a moment of an episode unsafe, or not, and why an agent
// does what it does there.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "agents/feedback/fitting/settings_like.h"
#include "agents/inspect/explanations/explanation.h"
#include "agents/inspect/explanations/sanity.h"
#include "app/cli/inspect/explain_options.h"
#include "app/cli/inspect/inspect_commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/support/text/explanation_text.h"
#include "app/cost_models/cost_model_file.h"
#include "app/desktop/robot_cameras.h"
#include "app/explanations/explained_agent.h"
#include "app/explanations/explained_moment.h"
#include "app/explanations/labels_of_model.h"

namespace lookout::app {
namespace {

using std::chrono::steady_clock;

// What is found out.
struct Answer {
  ExplainedMoment moment;
  agents::Explanation explanation;
  double milliseconds = 0.0;  // that the explanation took
  std::optional<agents::SanityReport> sanity;
  bool labels_known = false;
  agents::CostPrediction in_episode;
};

agents::ExplanationSettings ExplanationSettingsOf(const ExplainOptions& options) {
  agents::ExplanationSettings settings;
  settings.contributions.players = options.players;
  settings.counterfactual.unsafe_from = options.threshold;
  settings.counterfactual.most_m = options.most_m;
  return settings;
}

// labels: null if they are not known.
Result<agents::SanityReport> CheckSanityOf(const agents::CostModel& model, sim::SafetyGym& world,
                                           const agents::LabelSet* labels,
                                           const agents::KeepGoing& going) {
  const agents::CostModelSettings settings = agents::SettingsLike(model, world.spec().signature());
  const auto fit = [&](const agents::LabelSet& some) {
    return agents::FitCostModel(some, settings, CostModelId{1}, [&](double) { return going(); });
  };
  return agents::CheckSanity(model, world, labels, fit, {}, going);
}

// Nothing if no project is named, or if it is only named for an episode and has none.
Result<std::optional<agents::LabelSet>> FindLabels(const ExplainOptions& options,
                                                   const agents::CostModel& model,
                                                   const sim::EnvironmentSpec& spec,
                                                   Project* project) {
  if (project == nullptr) return std::optional<agents::LabelSet>();
  auto found = LabelsOfModel(model, spec, *project, RobotCameras());
  if (!found) return found.error();
  if (found->rows() > 0) return std::optional(std::move(*found));
  if (options.episode > 0) return std::optional<agents::LabelSet>();
  return BadInput(fmt::format(
      "No step of {} is labelled in {}; mark spans of it in the window, or name another --project.",
      spec.id, options.project));
}

Result<Answer> ExplainMoment(const ExplainOptions& options, const agents::CostModel& model,
                             ExplainedMoment moment, Project* project,
                             const agents::KeepGoing& going) {
  sim::SafetyGym& world = *moment.world;
  const auto labels = FindLabels(options, model, world.spec(), project);
  if (!labels) return labels.error();
  const agents::LabelSet* const known = *labels ? &**labels : nullptr;
  const auto start = steady_clock::now();
  auto explanation = agents::Explain(model, world, known, ExplanationSettingsOf(options), going);
  if (!explanation) return explanation.error();
  const std::chrono::duration<double, std::milli> passed = steady_clock::now() - start;
  Answer answer{.explanation = std::move(*explanation),
                .milliseconds = passed.count(),
                .labels_known = known != nullptr,
                .in_episode = moment.Predict(model)};
  if (options.sanity) {
    auto sanity = CheckSanityOf(model, world, known, going);
    if (!sanity) return sanity.error();
    answer.sanity = std::move(*sanity);
  }
  answer.moment = std::move(moment);
  return answer;
}

Result<Answer> Find(const ExplainOptions& options, const agents::KeepGoing& going) {
  const auto file = LoadCostModelFile(options.model);
  if (!file) return file.error();
  const auto project = ProjectOf(options);
  if (!project) return project.error();
  auto moment = FindMoment(options, project->get(), going);
  if (!moment) return moment.error();
  if (Status can = agents::CheckMomentCanBeExplained(*file->model, *moment->world); !can) {
    return Error{options.model + ": " + can.error().message, can.error().code};
  }
  return ExplainMoment(options, *file->model, std::move(*moment), project->get(), going);
}

void PrintExplanation(const ExplainOptions& options, const Answer& answer) {
  const ExplainedMoment& moment = answer.moment;
  const ExplanationHeading heading{.model = options.model,
                                   .environment = moment.world->spec().id,
                                   .moment = MomentText(moment),
                                   .rule_cost = moment.rule_cost,
                                   .in_episode = answer.in_episode,
                                   .labels_known = answer.labels_known};
  std::string text = ExplanationText(heading, answer.explanation);
  if (answer.sanity) text += SanityText(*answer.sanity);
  std::fputs(text.c_str(), stdout);
}

void PrintExplanationJson(const ExplainOptions& options, const Answer& answer) {
  using nlohmann::ordered_json;
  const ExplainedMoment& moment = answer.moment;
  ordered_json report{{"cost_model", options.model}};
  report.update(MomentToJson(moment));
  report["probability_in_episode"] = answer.in_episode.probability;
  report["milliseconds"] = answer.milliseconds;
  report.update(ExplanationToJson(answer.explanation));
  if (answer.sanity) report["sanity"] = SanityToJson(*answer.sanity);
  std::printf("%s\n", report.dump(2).c_str());
}

int RunExplain(const ExplainOptions& options) {
  if (IsAgent(options.model)) return ExplainAgent(options);
  if (std::error_code none;
      std::filesystem::is_regular_file(options.model, none) && !IsCostModelFile(options.model)) {
    return Fail(BadInput(options.model +
                         " is neither a cost model nor an agent: its first bytes are of no such "
                         "file. Name another, or an undamaged copy."));
  }
  const StopSignal stop;
  const auto answer = Find(options, [&stop] { return !stop.requested(); });
  if (stop.requested()) return kSignalExit + stop.number();
  if (!answer) return Fail(answer.error());
  options.json ? PrintExplanationJson(options, *answer) : PrintExplanation(options, *answer);
  // What was asked for is told either way; a check that missed its mark is said by the exit code.
  return answer->sanity && !answer->sanity->passed() ? 1 : 0;
}

void AddMomentOptions(CLI::App& command, ExplainOptions& options) {
  command.add_option("--step", options.step, "Of the episode: 0 is the state after the reset.")
      ->check(Between(0, 1'000'000'000))
      ->required();
  CLI::Option* const project = command.add_option(
      "--project", options.project,
      "Project with the labels that the model was fitted to: tells which are most like the moment. "
      "It is only read.");
  CLI::Option* const episode =
      command
          .add_option("--episode", options.episode,
                      "Of that project, by its number, in place of one that is played.")
          ->check(Between(1, 1'000'000'000))
          ->needs(project);
  AddPolicyChoice(command, options.choice);
  CLI::Option* const seed =
      command.add_option("--seed", options.seed, "Of the episode.")->capture_default_str();
  for (const char* const name : {"--env", "--policy", "--sampled"}) {
    command.get_option(name)->excludes(episode);
  }
  seed->excludes(episode);
}

void AddSearchOptions(CLI::App& command, ExplainOptions& options) {
  command
      .add_option("--threshold", options.threshold,
                  "Probability from which on the model calls a step unsafe.")
      ->check(Between(0.001, 0.999))
      ->capture_default_str();
  command
      .add_option("--within", options.most_m,
                  "Metres: moves of the robot up to this are searched for another verdict.")
      ->check(Between(0.05, 10))
      ->capture_default_str();
  command
      .add_option("--sharing", options.players,
                  "Objects that share the prediction; each doubles the time.")
      ->check(Between(0, agents::ContributionSettings::kMostPlayers))
      ->capture_default_str();
}

}  // namespace

void AddExplainCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ExplainOptions>();
  options->choice.policy.clear();
  CLI::App* command =
      app.add_subcommand("explain",
                         "Why a cost model calls a moment of an episode unsafe, or not, or why an "
                         "agent does there what it does.");
  command
      ->add_option("model", options->model,
                   "File of a cost model; or an agent: the folder of a run, a checkpoint, or the "
                   "file of a policy.")
      ->required();
  AddMomentOptions(*command, *options);
  AddSearchOptions(*command, *options);
  command->add_flag("--sanity", options->sanity,
                    "Also check the answers themselves: against weights at random, a cue that is "
                    "planted and, with --project, fits to shuffled labels. Fails if they do not "
                    "pass.");
  command->add_flag("--json", options->json, "One JSON object with all figures.");
  command->footer(
      "without it: the prediction minus that with the object out of what the robot senses, in\n"
      "log-odds; alone: with it alone, minus that with nothing. Where two things are near, each\n"
      "may hide the other, and both contribute nothing by themselves; the share (Shapley) tells\n"
      "it. Integrated gradients tell the same by inputs; their residual should be below 1 %. A\n"
      "model that looks at earlier observations or at actions is explained for the state alone.\n"
      "Of an agent, each component of its mean action is explained so, and, of a run's folder or\n"
      "a checkpoint, the reward and the cost that its critics expect; its own episode is played\n"
      "unless another --policy is named, and one with memory remembers what came before.\n"
      "Who chooses models or trains agents by such answers teaches them to look good in them.");
  command->callback([options, command, &exit_code] {
    for (const char* const name : {"--threshold", "--within", "--sanity"}) {
      if (command->count(name) > 0) options->of_cost_models.emplace_back(name);
    }
    exit_code = RunExplain(*options);
  });
}

}  // namespace lookout::app
