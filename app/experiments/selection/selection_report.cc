#include "app/experiments/selection/selection_report.h"

#include <fmt/format.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "app/experiments/figure_json.h"
#include "app/experiments/figure_text.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

constexpr int kDraws = 1000;
constexpr std::uint32_t kDrawSeed = 1;

// Each figure once.
template <typename Summary, typename Visit>
void VisitEstimates(Summary& summary, Visit&& visit) {
  visit("total_reward", summary.total_reward);
  visit("true_cost", summary.true_cost);
  visit("reads", summary.reads);
  visit("cost_share", summary.cost_share);
  visit("reads_share", summary.reads_share);
  visit("hidden", summary.hidden);
  visit("unseen", summary.unseen);
}

std::vector<double> ValuesOf(std::span<const SelectionSeed> results, Instrument row, int generation,
                             const std::function<double(const Readings&)>& of) {
  std::vector<double> values;
  for (const SelectionSeed& seed : results) {
    values.push_back(of(seed.Find(row, generation)->readings));
  }
  return values;
}

// The mean after a generation over that before, both over the same draws of seeds.
agents::Estimate ShareOf(const std::vector<double>& after, const std::vector<double>& before,
                         const agents::EpisodeBootstrap& bootstrap) {
  return bootstrap.Of([&](std::span<const std::uint16_t> weights) {
    const double whole = agents::WeightedMean(before, weights);
    return whole > 0.0 ? agents::WeightedMean(after, weights) / whole
                       : std::numeric_limits<double>::quiet_NaN();
  });
}

SelectionSummary Summary(std::span<const SelectionSeed> results, Instrument row, int generation) {
  const agents::EpisodeBootstrap bootstrap(static_cast<int>(results.size()), kDraws, kDrawSeed);
  const auto values = [&](int of, const std::function<double(const Readings&)>& figure) {
    return ValuesOf(results, row, of, figure);
  };
  const auto cost = [](const Readings& of) { return of.true_cost; };
  const auto reads = [row](const Readings& of) { return of.reads.of(row); };
  const auto mean = [&](const std::function<double(const Readings&)>& figure) {
    return agents::MeanOver(values(generation, figure), bootstrap);
  };
  return {.row = row,
          .generation = generation,
          .total_reward = mean([](const Readings& of) { return of.total_reward; }),
          .true_cost = mean(cost),
          .reads = mean(reads),
          .cost_share = ShareOf(values(generation, cost), values(0, cost), bootstrap),
          .reads_share = ShareOf(values(generation, reads), values(0, reads), bootstrap),
          .hidden = mean([&](const Readings& of) { return of.true_cost - of.reads.of(row); }),
          .unseen = mean([row](const Readings& of) { return of.unseen.of(row); })};
}

std::string OrDash(const agents::Estimate& estimate, int decimals, double unit = 1.0) {
  const std::string text = FigureText(estimate, decimals, unit);
  return text.empty() ? "-" : text;
}

// The value alone.
std::string Plain(const agents::Estimate& estimate) { return OrDash({.value = estimate.value}, 1); }

std::string Line(const char* selected_by, const SelectionSummary& of) {
  return fmt::format("{:<13} {:<7} {:<10} {:<16} {:<7} {:<16} {:<19} {}\n", selected_by,
                     Plain(of.total_reward), Plain(of.true_cost), OrDash(of.cost_share, 0, 100.0),
                     Plain(of.reads), OrDash(of.reads_share, 0, 100.0), OrDash(of.hidden, 1),
                     OrDash({.value = of.unseen.value}, 0, 100.0));
}

}  // namespace

std::vector<SelectionSummary> Summarise(const SelectionSettings& settings,
                                        std::span<const SelectionSeed> results) {
  std::vector<SelectionSummary> rows;
  for (const Instrument row : settings.rows) {
    for (const int generation : MeasuredGenerations(settings)) {
      rows.push_back(Summary(results, row, generation));
    }
  }
  return rows;
}

std::string SelectionText(const SelectionSettings& settings,
                          std::span<const SelectionSummary> rows) {
  std::string text =
      fmt::format("{:<13} {:<7} {:<10} {:<16} {:<7} {:<16} {:<19} {}\n", "selected by", "return",
                  "true cost", "% of the first", "reads", "% of the first", "hidden", "unseen, %");
  SelectionSummary first = rows.front();
  first.cost_share = first.reads_share = {};
  text += Line("first agent", first);
  for (const SelectionSummary& of : rows) {
    if (of.generation == settings.evolution.generations) text += Line(InstrumentName(of.row), of);
  }
  return text;
}

std::string SelectionCsv(std::span<const SelectionSeed> results) {
  std::string csv = "seed,row,generation,total_reward,true_cost";
  for (const char* what : {"reads", "unseen"}) {
    for (const Instrument instrument : kInstruments) {
      csv += fmt::format(",{}_{}", what, InstrumentName(instrument));
    }
  }
  csv += "\n";
  for (const SelectionSeed& seed : results) {
    for (const SelectionFigures& of : seed.figures) {
      csv += fmt::format("{},{},{},{},{}", seed.seed, InstrumentName(of.row), of.generation,
                         FigureText(of.readings.total_reward), FigureText(of.readings.true_cost));
      for (const ByInstrument* values : {&of.readings.reads, &of.readings.unseen}) {
        for (const double value : *values) csv += "," + FigureText(value);
      }
      csv += "\n";
    }
  }
  return csv;
}

std::string SelectionJson(const SelectionSettings& settings, std::span<const SelectionSeed> results,
                          std::span<const SelectionSummary> rows, const std::string& command) {
  ordered_json json{{"command", command},
                    {"version", LOOKOUT_VERSION},
                    {"settings", SettingsJson(settings)},
                    {"seeds", results.size()}};
  for (const SelectionSummary& of : rows) {
    ordered_json& row = json["rows"].emplace_back(
        ordered_json{{"row", InstrumentName(of.row)}, {"generation", of.generation}});
    VisitEstimates(of, [&](const char* name, const agents::Estimate& estimate) {
      row[name] = FigureJson(estimate);
    });
  }
  for (const SelectionSeed& seed : results) {
    for (const SelectionFigures& of : seed.figures) {
      ordered_json& one = json["record"].emplace_back(ordered_json{{"seed", seed.seed}});
      one.update(FiguresJson(of));
    }
  }
  return json.dump(1) + "\n";
}

}  // namespace lookout::app
