#include "app/experiments/memory/memory_files.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "app/experiments/figure_json.h"
#include "app/experiments/figure_text.h"
#include "app/runs/formats/svg_plot.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

std::string WorldOf(const MemorySettings& settings, const MemoryLine& line) {
  return PlaceName(settings.worlds[line.world]);
}

std::string StepsTable(const MemorySettings& settings, std::span<const MemoryLine> lines) {
  std::string text = fmt::format(
      "After {} steps, on {} episodes of their own:\n\n"
      "| world | steps of the update | network | parameters | return | cost | return, more than "
      "mlp | cost, more than mlp | processor, s | by the clock, s |\n"
      "|---|---|---|---|---|---|---|---|---|---|\n",
      settings.training.total_steps, settings.evaluation_episodes);
  for (const MemoryLine& line : lines) {
    text += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {:.1f} | {:.1f} |\n",
                        WorldOf(settings, line), ChoiceName(line.step_size),
                        ChoiceName(line.network), line.parameters, FigureText(line.total_reward, 2),
                        FigureText(line.cost, 1), FigureText(line.reward_gain, 2),
                        FigureText(line.cost_gain, 1), line.processor_s, line.wall_s);
  }
  return text;
}

std::string TimeTable(const MemorySettings& settings, std::span<const MemoryLine> lines) {
  std::string text =
      "\nIn training, when the quickest network of the same world, update and seed was done: the "
      "last iterations until then, at most three:\n\n"
      "| world | steps of the update | network | processor, s | steps | return | cost |\n"
      "|---|---|---|---|---|---|---|\n";
  for (const MemoryLine& line : lines) {
    text += fmt::format("| {} | {} | {} | {:.1f} | {} | {} | {} |\n", WorldOf(settings, line),
                        ChoiceName(line.step_size), ChoiceName(line.network), line.equal_s,
                        FigureText(line.steps_then.value), FigureText(line.reward_then, 2),
                        FigureText(line.cost_then, 1));
  }
  return text;
}

// What every network is trained with, in the words of the command line.
std::string StepSizeText(const MemorySettings& settings, StepSize size) {
  const agents::TrainingSettings training = TrainingSettingsOf(settings, {.step_size = size});
  return fmt::format("{}: --policy-learning-rate {}, --target-kl {}, --max-gradient-norm {}",
                     ChoiceName(size), NumberText(training.policy_learning_rate),
                     NumberText(training.target_kl), NumberText(training.max_gradient_norm));
}

std::string NotesText(const MemorySettings& settings, const MemoryPlan& plan) {
  const agents::TrainingSettings& t = settings.training;
  const bool constrained = agents::HeedsCosts(t);
  const std::string name(AlgorithmName(t.algorithm));
  std::string text = fmt::format(
      "\n{}, {} steps, training seeds 0 to {}. Every network is trained with the "
      "same updates, which are all shown; nothing is selected, and every agent is the one after "
      "its last step:\n\n",
      constrained ? fmt::format("{} at a limit of {}", name, NumberText(t.cost_limit)) : name,
      t.total_steps, plan.seeds - 1);
  for (const StepSize size : plan.step_sizes) text += "- " + StepSizeText(settings, size) + "\n";
  return text +
         fmt::format(
             "\nNetworks are {0} wide; stacked sees {1} decisions, the present one included; trxl "
             "and gtrxl have {2} layers of {3} heads and look back {4} decisions each, at {5} "
             "steps a decision. Returns and costs have 95 % intervals over the seeds, of one seed "
             "over its episodes; with few seeds they are too narrow. Of seed 0, agents are "
             "measured on episodes from seed {6} on, their actions sampled; those of the other "
             "seeds lie elsewhere, and training starts from none of them. Times are those of this "
             "machine, with whatever else ran on it; they alone differ when it is done again.\n",
             t.hidden, t.stacked_frames, t.network_layers, t.attention_heads, t.memory_length,
             t.action_repeat, EvaluationSeedOf(settings, 0));
}

// In millions of steps.
SvgLine LineOf(const MemoryLine& line, const std::vector<double>& mean,
               const std::vector<double>& low, const std::vector<double>& high) {
  SvgLine drawn{.label = std::string(NetworkName(line.network)),
                .x = line.steps,
                .y = mean,
                .faint = {},
                .low = low,
                .high = high};
  for (double& steps : drawn.x) steps /= 1e6;
  return drawn;
}

std::vector<SvgPanel> PanelsOf(const MemorySettings& settings, std::size_t world, StepSize size,
                               bool names_size, std::span<const MemoryLine> lines) {
  std::string prefix = PlaceName(settings.worlds[world]);
  if (names_size) prefix += fmt::format(", {} updates", ChoiceName(size));
  SvgPanel returns{.title = prefix + ": return per episode",
                   .x_label = "environment steps (millions)",
                   .y_label = "return",
                   .references = {},
                   .lines = {}};
  const double limit = settings.training.cost_limit;
  SvgPanel costs{.title = prefix + ": cost per episode",
                 .x_label = returns.x_label,
                 .y_label = "cost",
                 .references = {},
                 .lines = {}};
  if (agents::HeedsCosts(settings.training)) {
    costs.references.push_back({fmt::format("limit {:g}", limit), limit});
  }
  for (const MemoryLine& line : lines) {
    if (line.world != world || line.step_size != size || line.steps.empty()) continue;
    returns.lines.push_back(LineOf(line, line.mean_reward, line.low_reward, line.high_reward));
    costs.lines.push_back(LineOf(line, line.mean_cost, line.low_cost, line.high_cost));
  }
  return {returns, costs};
}

ordered_json CurveJson(const MemoryLine& line) {
  return {{"steps", line.steps},           {"return", line.mean_reward},
          {"return_low", line.low_reward}, {"return_high", line.high_reward},
          {"cost", line.mean_cost},        {"cost_low", line.low_cost},
          {"cost_high", line.high_cost}};
}

ordered_json LineJson(const MemorySettings& settings, const MemoryLine& line) {
  return {{"world", WorldOf(settings, line)},
          {"network", ChoiceName(line.network)},
          {"step_size", ChoiceName(line.step_size)},
          {"seeds", line.seeds},
          {"parameters", line.parameters},
          {"return", FigureJson(line.total_reward)},
          {"cost", FigureJson(line.cost)},
          {"return_gain", FigureJson(line.reward_gain)},
          {"cost_gain", FigureJson(line.cost_gain)},
          {"processor_s", line.processor_s},
          {"wall_s", line.wall_s},
          {"equal_time",
           {{"processor_s", line.equal_s},
            {"steps", FigureJson(line.steps_then)},
            {"return", FigureJson(line.reward_then)},
            {"cost", FigureJson(line.cost_then)}}},
          {"curve", CurveJson(line)}};
}

double MeanOfList(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

}  // namespace

std::string MemoryTable(const MemorySettings& settings, const MemoryPlan& plan,
                        std::span<const MemoryLine> lines) {
  return StepsTable(settings, lines) + TimeTable(settings, lines) + NotesText(settings, plan);
}

std::string MemoryCsv(const MemorySettings& settings, std::span<const MemoryCell> cells) {
  std::string csv =
      "world,network,step_size,seed,parameters,return,cost,processor_s,wall_s,iterations\n";
  for (const MemoryCell& cell : cells) {
    csv +=
        fmt::format("{},{},{},{},{},{},{},{},{},{}\n", PlaceName(settings.worlds[cell.key.world]),
                    ChoiceName(cell.key.network), ChoiceName(cell.key.step_size), cell.key.seed,
                    cell.parameters, FigureText(MeanOfList(cell.total_reward)),
                    FigureText(MeanOfList(cell.cost)), FigureText(cell.curve.processor_s.back()),
                    FigureText(cell.curve.wall_s.back()), cell.curve.steps.size());
  }
  return csv;
}

std::string MemorySvg(const MemorySettings& settings, const MemoryPlan& plan,
                      std::span<const MemoryLine> lines) {
  std::vector<std::vector<SvgPanel>> rows;
  for (std::size_t world = 0; world < settings.worlds.size(); ++world) {
    for (const StepSize size : plan.step_sizes) {
      rows.push_back(PanelsOf(settings, world, size, plan.step_sizes.size() > 1, lines));
    }
  }
  return SvgFigure("What memory is worth where not all of the world is seen", rows);
}

std::string MemoryJson(const MemorySettings& settings, const MemoryPlan& plan,
                       std::span<const MemoryLine> lines, const std::string& command) {
  ordered_json json{{"command", command},
                    {"version", LOOKOUT_VERSION},
                    {"settings", ordered_json::array()},
                    {"seeds", ordered_json::array()},
                    {"rows", ordered_json::array()}};
  for (std::size_t world = 0; world < settings.worlds.size(); ++world) {
    for (const StepSize size : plan.step_sizes) {
      for (const agents::NetworkKind network : plan.networks) {
        json["settings"].push_back(SettingsJson(settings, {world, network, size, 0}));
      }
    }
  }
  for (int seed = 0; seed < plan.seeds; ++seed) {
    json["seeds"].push_back(
        {{"training", seed},
         {"evaluated_from", EvaluationSeedOf(settings, static_cast<std::uint32_t>(seed))}});
  }
  for (const MemoryLine& line : lines) json["rows"].push_back(LineJson(settings, line));
  return json.dump(1) + "\n";
}

}  // namespace lookout::app
