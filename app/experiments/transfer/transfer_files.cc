#include "app/experiments/transfer/transfer_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "app/experiments/figure_json.h"
#include "app/experiments/figure_text.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

std::string InWords(const ModelAcross& model) {
  if (!model.why.empty()) return model.why;
  std::string text;
  if (!model.absent.empty()) text += fmt::format("not there: {}", fmt::join(model.absent, ", "));
  if (!model.unknown.empty()) {
    text += fmt::format("{}never learned about: {}", text.empty() ? "" : "; ",
                        fmt::join(model.unknown, ", "));
  }
  return text;
}

std::string ModelsTable(const TransferWorld& world, std::span<const TransferLine> lines) {
  std::string text =
      "| learned in | applied in | inputs | seeds | AUC | missed, % | false alarms, % | learned / "
      "true | remarks |\n|---|---|---|---|---|---|---|---|---|\n";
  for (const TransferLine& line : lines) {
    for (const Choice<TransferInputs>& inputs : Choices(TransferInputs{})) {
      const ModelAcross& model = line.Of(inputs.value);
      text +=
          fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", world.NameOf(line.source),
                      world.NameOf(line.target), inputs.name, model.seeds, FigureText(model.auc, 3),
                      FigureText(model.missed, 1, 100.0), FigureText(model.false_alarms, 1, 100.0),
                      FigureText(model.ratio, 2), InWords(model));
    }
  }
  return text;
}

std::string PoliciesTable(const TransferWorld& world, std::span<const TransferLine> lines) {
  std::string text =
      "| policy of | plays | episodes | return | true cost | remarks "
      "|\n|---|---|---|---|---|---|\n";
  for (const TransferLine& line : lines) {
    const PolicyAcross& policy = line.policy;
    text +=
        fmt::format("| {} | {} | {} | {} | {} | {} |\n", world.NameOf(line.source),
                    world.NameOf(line.target), policy.episodes, FigureText(policy.total_reward, 1),
                    FigureText(policy.true_cost, 1), policy.why);
  }
  return text;
}

std::string AgentsText(const TransferWorld& world) {
  std::string text;
  for (std::size_t i = 0; i < world.stages.size(); ++i) {
    text += fmt::format("{}{} by {}", i == 0 ? "" : ", ", world.NameOf(i),
                        world.stages[i].policy->name());
  }
  return text;
}

std::string RemarksText(const TransferWorld& world, int seeds) {
  const TransferSettings& settings = world.settings;
  const TransferSeeds first = TransferSeedsOf(0);
  return fmt::format(
      "Played: {}. Inputs: full, the whole observation; world, what is around alone; "
      "world+answers, the same fitted to the {} answers of the source, observed in the target's "
      "terms, and to the first {} of the target's own; where both are one place, to those first "
      "ones alone. Missed and false alarms at the threshold that lets 5 % of the safe steps of {} "
      "selection episodes be called unsafe. Seeds 0 to {}: seed k asks about episodes from {} + "
      "{} k on, selects on those from {} + {} k, and measures {} from {} + {} k. In brackets: "
      "95 % intervals, of cost models over the seeds, of policies, which are one training run "
      "each, over the episodes; with few seeds they are too narrow.\n",
      AgentsText(world), settings.answers, settings.few_answers, settings.selection_episodes,
      seeds - 1, first.pool, TransferSeeds::kEach, first.selection, TransferSeeds::kEach,
      settings.evaluation_episodes, first.evaluation, TransferSeeds::kEach);
}

ordered_json ToJson(const TransferWorld& world, const TransferLine& line, TransferInputs inputs) {
  const ModelAcross& model = line.Of(inputs);
  if (!model.why.empty()) return {{"why", model.why}};
  const TransferKey key{line.source, line.target, static_cast<std::uint32_t>(model.first_seed)};
  return {{"seeds", model.seeds},
          {"auc", FigureJson(model.auc)},
          {"missed", FigureJson(model.missed)},
          {"false_alarms", FigureJson(model.false_alarms)},
          {"learned_over_true", FigureJson(model.ratio)},
          {"absent", model.absent},
          {"unknown", model.unknown},
          {"cost_model", ModelFileOf(world, key, inputs)},
          {"evaluated_from", TransferSeedsOf(key.seed).evaluation}};  // where it was applied
}

ordered_json ToJson(const PolicyAcross& policy) {
  if (!policy.why.empty()) return {{"why", policy.why}};
  return {{"episodes", policy.episodes},
          {"return", FigureJson(policy.total_reward)},
          {"true_cost", FigureJson(policy.true_cost)}};
}

ordered_json SeedsJson(int seeds) {
  ordered_json list = ordered_json::array();
  for (int seed = 0; seed < seeds; ++seed) {
    const TransferSeeds of = TransferSeedsOf(static_cast<std::uint32_t>(seed));
    list.push_back({{"seed", seed},
                    {"asked_from", of.pool},
                    {"selected_from", of.selection},
                    {"evaluated_from", of.evaluation},
                    {"each", TransferSeeds::kEach}});
  }
  return list;
}

}  // namespace

std::string TransferTable(const TransferWorld& world, int seeds,
                          std::span<const TransferLine> lines) {
  return ModelsTable(world, lines) + "\n" + PoliciesTable(world, lines) + "\n" +
         RemarksText(world, seeds);
}

std::string TransferCsv(const TransferWorld& world, std::span<const TransferCell> cells) {
  std::string csv =
      "seed,source,target,inputs,auc,missed,false_alarms,learned_over_true,return,true_cost\n";
  for (const TransferCell& cell : cells) {
    const auto mean = [](const std::vector<double>& values) {
      const agents::EpisodeBootstrap bootstrap(static_cast<int>(values.size()), 0, 1);
      return values.empty() ? "" : FigureText(agents::MeanOver(values, bootstrap).value);
    };
    for (const Choice<TransferInputs>& inputs : Choices(TransferInputs{})) {
      const ModelInTarget& model = cell.Of(inputs.value);
      csv += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", cell.key.seed,
                         world.NameOf(cell.key.source), world.NameOf(cell.key.target), inputs.name,
                         FigureText(model.auc), FigureText(model.missed),
                         FigureText(model.false_alarms), FigureText(model.ratio),
                         mean(cell.policy.returns), mean(cell.policy.true_costs));
    }
  }
  return csv;
}

std::string TransferJson(const TransferWorld& world, int seeds, std::span<const TransferLine> lines,
                         const std::string& command) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < world.stages.size(); ++i) places.push_back(i);
  ordered_json json{{"experiment", "transfer"},      {"command", command},
                    {"version", LOOKOUT_VERSION},    {"settings", SettingsJson(world, places)},
                    {"seeds", SeedsJson(seeds)},     {"places", ordered_json::array()},
                    {"cells", ordered_json::array()}};
  for (const std::size_t place : places) json["places"].push_back(world.NameOf(place));
  for (const TransferLine& line : lines) {
    ordered_json cell{{"source", line.source}, {"target", line.target}};
    for (const Choice<TransferInputs>& inputs : Choices(TransferInputs{})) {
      cell["models"][std::string(inputs.name)] = ToJson(world, line, inputs.value);
    }
    cell["policy"] = ToJson(line.policy);
    json["cells"].push_back(std::move(cell));
  }
  return json.dump(1) + "\n";
}

}  // namespace lookout::app
