#include "app/experiments/unblocked/unblocked_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>

#include "app/experiments/figure_json.h"
#include "app/experiments/figure_text.h"
#include "app/runs/formats/svg_plot.h"
#include "sim/objects/object_kinds.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

constexpr int kSeedDraws = 1000;
constexpr std::uint32_t kDrawSeed = 1;

// The rounds of that number of all seeds that have one.
std::vector<const UnblockedRound*> RoundsOf(std::span<const UnblockedSeed> results, int number) {
  std::vector<const UnblockedRound*> rounds;
  for (const UnblockedSeed& seed : results) {
    if (number < std::ssize(seed.rounds)) {
      rounds.push_back(&seed.rounds[static_cast<std::size_t>(number)]);
    }
  }
  return rounds;
}

agents::Estimate MeanOf(std::span<const UnblockedRound* const> rounds,
                        const std::function<double(const UnblockedRound&)>& of) {
  std::vector<double> values;
  for (const UnblockedRound* round : rounds) values.push_back(of(*round));
  return agents::MeanOver(values, {static_cast<int>(values.size()), kSeedDraws, kDrawSeed});
}

UnblockedSummary Summary(const UnblockedStudySettings& settings,
                         std::span<const UnblockedRound* const> rounds) {
  UnblockedSummary summary{.round = rounds.front()->round,
                           .seeds = static_cast<int>(rounds.size())};
  summary.total_reward =
      MeanOf(rounds, [](const UnblockedRound& of) { return of.total_reward.value; });
  summary.true_cost = MeanOf(rounds, [](const UnblockedRound& of) { return of.true_cost.value; });
  summary.learned_cost =
      MeanOf(rounds, [](const UnblockedRound& of) { return of.learned_cost.value; });
  for (std::size_t kind = 0; kind < summary.cost_by_kind.size(); ++kind) {
    summary.cost_by_kind[kind] =
        MeanOf(rounds, [kind](const UnblockedRound& of) { return of.cost_by_kind[kind]; });
  }
  summary.unmarked = MeanOf(rounds, [](const UnblockedRound& of) {
    double sum = 0.0;
    for (const FoundWay& way : of.ways) sum += way.cost_unmarked;
    return sum;
  });
  for (const UnblockedRound* round : rounds) {
    if (round->true_cost.value <= settings.training.cost_limit) continue;
    ++summary.costly;
    if (round->named()) ++summary.named;
  }
  return summary;
}

// The kinds of cost that any round has.
std::vector<std::size_t> KindsOf(std::span<const UnblockedSummary> rounds) {
  std::vector<std::size_t> kinds;
  for (std::size_t kind = 0; kind < std::size_t{sim::kCostKindCount}; ++kind) {
    if (std::ranges::any_of(rounds, [kind](const UnblockedSummary& of) {
          return of.cost_by_kind[kind].value > 0.0;
        })) {
      kinds.push_back(kind);
    }
  }
  return kinds;
}

std::string KindWords(std::size_t kind) {
  return std::string(sim::CostKindName(static_cast<sim::CostKind>(kind)));
}

std::string ShortText(const agents::Estimate& estimate) {
  const std::string text = FigureText(estimate, 1);
  return text.empty() ? "-" : text;
}

}  // namespace

std::vector<UnblockedSummary> Summarise(const UnblockedStudySettings& settings,
                                        std::span<const UnblockedSeed> results) {
  std::vector<UnblockedSummary> rounds;
  for (int number = 0; number <= settings.rounds; ++number) {
    const auto of = RoundsOf(results, number);
    if (!of.empty()) rounds.push_back(Summary(settings, of));
  }
  return rounds;
}

std::string UnblockedStudyText(const UnblockedStudySettings& settings,
                               std::span<const UnblockedSeed> results,
                               std::span<const UnblockedSummary> rounds) {
  std::string text =
      fmt::format("{:<6} {:<6} {:<15} {:<19} {:<16} {:<19} {}\n", "round", "seeds", "return",
                  "true cost", "learned cost", "new and unmarked", "named");
  for (const UnblockedSummary& of : rounds) {
    text += fmt::format("{:<6} {:<6} {:<15} {:<19} {:<16} {:<19} {}\n", of.round, of.seeds,
                        ShortText(of.total_reward), ShortText(of.true_cost),
                        ShortText(of.learned_cost), of.round == 0 ? "-" : ShortText(of.unmarked),
                        of.round == 0 ? "-" : fmt::format("{} of {}", of.named, of.costly));
  }
  text += "\nTrue cost by kind:\n";
  for (const UnblockedSummary& of : rounds) {
    text += fmt::format("{:<6}", of.round);
    for (const std::size_t kind : KindsOf(rounds)) {
      text += fmt::format(" {} {}", KindWords(kind), ShortText(of.cost_by_kind[kind]));
    }
    text += "\n";
  }
  text += fmt::format(
      "\nPer episode; the limit is {}. named: of the seeds above it, those in which a new way "
      "names "
      "what\nmost of the cost comes from.\n",
      NumberText(settings.training.cost_limit));
  for (const UnblockedSeed& seed : results) {
    for (const UnblockedRound& round : seed.rounds) {
      for (const FoundWay& way : round.ways) {
        text += fmt::format("seed {}, round {}: {} ({} of {} clips called unsafe)\n", seed.seed,
                            round.round, way.words, way.unsafe, way.judged);
      }
    }
  }
  return text;
}

std::string UnblockedCsv(std::span<const UnblockedSeed> results) {
  std::string csv = "seed,round,return,true_cost,learned_cost,danger,named,ways,answers\n";
  for (const UnblockedSeed& seed : results) {
    for (const UnblockedRound& of : seed.rounds) {
      csv += fmt::format("{},{},{},{},{},{},{},{},{}\n", seed.seed, of.round,
                         FigureText(of.total_reward.value), FigureText(of.true_cost.value),
                         FigureText(of.learned_cost.value), of.danger(), of.named() ? 1 : 0,
                         of.ways.size(), of.answers);
    }
  }
  return csv;
}

std::string UnblockedJson(const UnblockedStudySettings& settings,
                          std::span<const UnblockedSeed> results,
                          std::span<const UnblockedSummary> rounds, const std::string& command) {
  ordered_json json{{"command", command},
                    {"version", LOOKOUT_VERSION},
                    {"settings", SettingsJson(settings)},
                    {"seeds", results.size()}};
  for (const UnblockedSummary& of : rounds) {
    ordered_json row{{"round", of.round},
                     {"seeds", of.seeds},
                     {"return", FigureJson(of.total_reward)},
                     {"true_cost", FigureJson(of.true_cost)},
                     {"learned_cost", FigureJson(of.learned_cost)},
                     {"true_cost_of_new_unmarked", FigureJson(of.unmarked)},
                     {"above_the_limit", of.costly},
                     {"named", of.named}};
    for (const std::size_t kind : KindsOf(rounds)) {
      row["true_cost_by_kind"][KindWords(kind)] = FigureJson(of.cost_by_kind[kind]);
    }
    json["rounds"].push_back(std::move(row));
  }
  for (const UnblockedSeed& seed : results) {
    ordered_json of{{"seed", seed.seed}, {"rounds", ordered_json::array()}};
    for (const UnblockedRound& round : seed.rounds) of["rounds"].push_back(RoundJson(round));
    json["by_seed"].push_back(std::move(of));
  }
  return json.dump(1) + "\n";
}

}  // namespace lookout::app
