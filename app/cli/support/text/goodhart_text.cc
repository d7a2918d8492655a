#include "app/cli/support/text/goodhart_text.h"

#include <fmt/format.h>

#include <cmath>
#include <sstream>
#include <utility>
#include <vector>

#include "app/cli/support/text/estimate_text.h"
#include "app/cli/support/text/text_table.h"
#include "app/cli/support/text/wrapped_text.h"

namespace lookout::app {
namespace {

using agents::Estimate;
using agents::ExactInterval;

constexpr std::size_t kReportColumns = 100;
std::string Said(const std::string& text) {
  return WrappedText(text, kReportColumns, "    ") + "\n";
}

// In tables.
std::string Whole(const Estimate& share) { return EstimateText(InPercent(share), 0); }
std::string Percent(const ExactInterval& share) {
  return EstimateText(InPercent({share.value, share.low, share.high}), 1);
}

// "- " where a figure is not known.
std::string Number(double value, int decimals = 2) {
  return std::isnan(value) ? "-" : fmt::format("{:.{}f}", value, decimals);
}

std::string Indented(const TextTable& table) {
  std::istringstream lines(table.Text());
  std::string text;
  for (std::string line; std::getline(lines, line);) {
    text += line.empty() ? "\n" : "    " + line + "\n";
  }
  return text;
}

std::string Cases(const std::vector<agents::WorstCase>& cases, std::string_view heading) {
  if (cases.empty()) return {};
  TextTable table;
  for (const agents::WorstCase& worst : cases) {
    table.Row({fmt::format("seed {}", worst.seed),
               fmt::format("steps {} to {}", worst.first_step, worst.last_step),
               fmt::format("worst at {}", worst.step),
               fmt::format("predicted {:.2f}, true {:.2f}", worst.predicted, worst.truth)});
  }
  return fmt::format("  {}\n{}", heading, Indented(table));
}

std::string LabelText(const GoodhartReport& report) {
  if (!report.labels) return "not known: " + report.no_labels;
  const agents::LabelGap& gap = *report.labels;
  return fmt::format(
      "{} % of {} labels are wrong; of costly steps {} % are called safe, of others "
      "{} % unsafe",
      Percent(gap.wrong), gap.labels, Percent(gap.missed), Percent(gap.false_alarms));
}

std::string ModelText(const GoodhartReport& report) {
  if (!report.model) return "not known: " + report.no_model;
  const agents::ModelGap& gap = *report.model;
  return fmt::format("squared error {} where the best of its class has {}: {} too much",
                     EstimateText(gap.fitted.brier, 4), EstimateText(gap.best.brier, 4),
                     EstimateText(gap.brier_difference, 4));
}

std::string ReadingText(const ImplementationGap& gap) {
  return fmt::format("the way it is read adds {:.3g} per episode", gap.reading_per_episode);
}

std::string ImplementationText(const ImplementationGap& gap) {
  std::string text = fmt::format("{:.1e} per step at most", gap.largest_per_step);
  if (!gap.unchecked.empty()) return text + "; iteration 1 was not done again: " + gap.unchecked;
  return text + fmt::format("; iteration 1 logged {:.8g}, done again {:.8g}: {}", gap.logged,
                            gap.done_again,
                            gap.differs() ? "they differ, and should not" : "the same");
}

std::string RevealedText(const agents::RevealedGap& gap) {
  return fmt::format(
      "true cost per step against the random agent's: ln {}; as the learned cost "
      "has it: ln {}; apart by {}",
      EstimateText(gap.true_log_ratio), EstimateText(gap.predicted_log_ratio),
      EstimateText(gap.gap));
}

std::string ChainText(const GoodhartReport& report) {
  std::string text = "The chain from what was meant to what the agent does\n";
  const std::pair<const char*, std::string> links[] = {
      {"ideal -> labels", LabelText(report)},
      {"labels -> model", ModelText(report)},
      {"model -> proxy", ReadingText(report.implementation)},
      {"proxy -> implementation", ImplementationText(report.implementation)},
      {"implementation -> revealed", RevealedText(report.revealed)}};
  for (const auto& [link, said] : links) text += fmt::format("  {}\n{}", link, Said(said));
  if (report.labels) {
    TextTable wrong;
    for (const agents::WrongLabels& stretch : report.labels->worst) {
      wrong.Row({fmt::format("episode {}", stretch.episode.value),
                 fmt::format("steps {} to {}", stretch.first_step, stretch.last_step),
                 stretch.unsafe ? "called unsafe, costs nothing" : "called safe, costs"});
    }
    if (!report.labels->worst.empty())
      text += "  Longest stretches of wrong labels\n" + Indented(wrong);
  }
  if (report.model) {
    const agents::ModelGap& gap = *report.model;
    TextTable errors;
    errors.Row({"", "missed %", "false alarms %"});
    errors.Row({"fitted", Percent(gap.fitted.missed), Percent(gap.fitted.false_alarms)});
    errors.Row({"best", Percent(gap.best.missed), Percent(gap.best.false_alarms)});
    text += "  Steps of the agent\n" + Indented(errors);
    text += Cases(gap.worst, "Stretches that the best of the class sees and the fitted one misses");
  }
  TextTable bins;
  bins.Row({"distance to a cost, m", "agent %", "random %", "ln ratio", "predicted", "true"});
  for (const agents::DistanceBin& bin : report.revealed.bins) {
    bins.Row({std::isinf(bin.to_m) ? fmt::format("{:.1f} and more", bin.from_m)
                                   : fmt::format("{:.1f} to {:.1f}", bin.from_m, bin.to_m),
              Whole(bin.share), Whole(bin.reference_share), EstimateText(bin.log_ratio),
              Number(bin.predicted), Number(bin.truth)});
  }
  return text + "  Where the agent is\n" + Indented(bins);
}

std::string RegressionalText(const GoodhartReport& report) {
  TextTable lines;
  lines.Row({"true cost given the learned one", "slope", "deviation", "correlation"});
  const auto row = [&lines](const std::string& of, const agents::RegressionReport& line) {
    lines.Row({of, EstimateText(line.slope), EstimateText(line.residual_deviation),
               EstimateText(line.correlation)});
  };
  const std::string base = report.base.starts_with("the ") ? report.base.substr(4) : report.base;
  row("steps, " + base, report.base_steps);
  row("steps, last policy", report.steps);
  row("episodes, " + base, report.base_episodes);
  TextTable best;
  best.Row({"best of n by it", "learned", "true", "on the line", "beyond that"});
  for (const agents::BestOfNPoint& point : report.best_of_n) {
    best.Row({fmt::format("n = {} (KL {:.2f})", point.n, point.kl), EstimateText(point.proxy, 1),
              EstimateText(point.truth, 1), EstimateText(point.on_line, 1),
              EstimateText(point.beyond_line, 1)});
  }
  return "Regressional: who selects by a noisy cost selects the noise as well\n" + Indented(lines) +
         Indented(best) +
         Cases(report.worst_episodes,
               "Episodes of the last policy that cost most beyond what is "
               "predicted");
}

std::string ExtremalText(const GoodhartReport& report) {
  TextTable table;
  table.Row({"policy after iteration", "outside %", "missed inside %", "missed outside %"});
  for (const PolicyFigures& policy : report.policies) {
    table.Row({fmt::format("{}", policy.iteration), Percent(policy.extremal.outside),
               Percent(policy.extremal.missed_inside), Percent(policy.extremal.missed_outside)});
  }
  const std::string outside =
      report.knows_support
          ? "farther from what was labelled than 99 % of that is from the rest of it"
          : fmt::format("the ensemble's spread is above {:.3f}, the 99 % quantile of {}",
                        report.doubt_above, report.base);
  return fmt::format("Extremal: where nothing like it was labelled\n{}{}{}",
                     Said("outside: " + outside), Indented(table),
                     Cases(report.policies.back().extremal.worst, "Missed outside, last policy"));
}

std::string Trials(const std::vector<agents::CausalTrial>& trials, const GoodhartReport& report,
                   std::string_view heading) {
  if (trials.empty()) return {};
  TextTable table;
  for (const agents::CausalTrial& trial : trials) {
    table.Row({fmt::format("seed {} step {}", report.causal_seeds[trial.episode], trial.step),
               report.causal_changes[trial.change],
               fmt::format("{:.2f} -> {:.2f}, true {:.2f} -> {:.2f}", trial.predicted_before,
                           trial.predicted_after, trial.true_before, trial.true_after)});
  }
  return fmt::format("  {}\n{}", heading, Indented(table));
}

std::string CausalText(const GoodhartReport& report) {
  const std::string heading = "Causal: one thing changed in copies of the states visited\n";
  if (!report.causal) return heading + "    not known: " + report.no_causal + "\n";
  TextTable table;
  table.Row({"change", "costly", "learned", "beside", "beside %", "unnoticed %"});
  const auto row = [&table](const std::string& name, const agents::CausalFigures& figures) {
    table.Row({name, fmt::format("{} of {}", figures.changed_truth, figures.trials),
               Number(figures.mean_change_for_cause, 3),
               Number(figures.mean_change_for_correlate, 3), Whole(figures.spent_on_correlates),
               Whole(figures.unnoticed)});
  };
  for (const agents::CausalFigures& figures : report.causal->by_change) {
    row(figures.change, figures);
  }
  row("all", report.causal->all);
  return heading + Indented(table) +
         Said(
             "costly: of the trials, those in which the true cost changes; learned: by how much "
             "the learned cost changes in them, and beside: in the others, in all and as a share "
             "of all its change; unnoticed: of the true change, what hardly changes it") +
         Trials(report.causal->worst_spent, report,
                "The learned cost changes and the true one does not") +
         Trials(report.causal->worst_unnoticed, report,
                "The true cost changes and the learned one hardly does");
}

std::string AdversarialText(const GoodhartReport& report) {
  const agents::AdversarialReport& found = report.adversarial;
  TextTable table;
  table.Row({"of the last policy's costly steps, called safe", Percent(found.missed) + " %"});
  table.Row({"missed steps per 1000", EstimateText(found.missed_per_1000, 1)});
  table.Row({"times as often as by " + report.base, EstimateText(found.times_as_often)});
  table.Row({"missed cost per episode", EstimateText(found.missed_cost, 1)});
  table.Row({"return gained per unit of missed cost", EstimateText(found.return_per_missed_cost)});
  return "Adversarial: states that the policy found, called safe and costly\n" + Indented(table) +
         Cases(found.worst, "Worst");
}

std::string CurveText(const char* name, const agents::FittedCurve& curve) {
  return Said(fmt::format("{}: alpha {}, beta {}, greatest at distance {}, off by {}", name,
                          EstimateText(curve.alpha), EstimateText(curve.beta),
                          EstimateText(curve.peak_distance), Number(curve.residual_deviation)));
}

std::string PartingsText(const GoodhartReport& report) {
  std::string text;
  if (report.policy_parting) {
    const auto& policies = report.pressure->policies;
    text += Said(fmt::format(
        "They part at the policy after iteration {}: its true cost is more than three "
        "standard errors above that after iteration {}, and the learned one saw at most half of "
        "it.",
        policies[report.policy_parting->since].iteration,
        policies[report.policy_parting->lowest].iteration));
  } else if (report.pressure) {
    text += "    By these policies they do not part.\n";
  }
  text += Said(report.training_parting
                   ? "In the training's own log: " + agents::PartingText(*report.training_parting)
                   : "In the training's own log they do not part.");
  return text;
}

std::string PressureText(const GoodhartReport& report) {
  const std::string heading =
      "Cost against optimisation, distance = sqrt(KL from the first policy)\n";
  if (!report.pressure) {
    return heading + "    not known: " + report.no_pressure + "\n" + PartingsText(report);
  }
  TextTable costs, gains;
  costs.Row({"iteration", "distance", "learned cost", "true cost", "return"});
  gains.Row({"iteration", "distance", "gain as learned", "true gain"});
  for (const agents::PressureCurve& policy : report.pressure->policies) {
    const std::string after = fmt::to_string(policy.iteration);
    costs.Row({after, EstimateText(policy.distance), EstimateText(policy.proxy, 1),
               EstimateText(policy.truth, 1), EstimateText(policy.total_reward, 1)});
    gains.Row({after, EstimateText(policy.distance), EstimateText(policy.proxy_gain, 1),
               EstimateText(policy.true_gain, 1)});
  }
  return heading + Indented(costs) + Indented(gains) +
         Said(fmt::format("gain = return - {:.3g} x cost, above the first policy's; fitted: d "
                          "(alpha - beta ln d)",
                          report.price)) +
         CurveText("as learned", report.pressure->proxy) +
         CurveText("true", report.pressure->truth) + PartingsText(report);
}

}  // namespace

std::string GoodhartText(const GoodhartReport& report) {
  const GoodhartSettings& settings = report.settings;
  std::string text = fmt::format(
      "{}, iteration {}, of {} in {}\n{} episodes of each of {} policies, from seed {} on; in "
      "brackets: 95 % intervals over episodes\n",
      report.agent, report.last_iteration, report.folder, report.environment, settings.episodes,
      report.policies.size(), settings.seed);
  if (report.diverged > 0) {
    text += fmt::format("{} episodes end early: the physics failed there\n", report.diverged);
  }
  for (const std::string& part :
       {ChainText(report), RegressionalText(report), ExtremalText(report), CausalText(report),
        AdversarialText(report), PressureText(report)}) {
    text += "\n" + part;
  }
  if (report.is_of_project) return text;
  return text + fmt::format(
                    "\nTo see why at a moment of the last policy:\n    lookout explain {} "
                    "--policy {} --sampled --seed SEED --step STEP\n",
                    report.model_file, report.folder);
}

}  // namespace lookout::app
