#include "app/cli/support/text/explanation_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

#include "app/cli/support/text/text_table.h"

namespace lookout::app {
namespace {

using agents::Explanation;

constexpr char kGradientsTitle[] = "\nIntegrated gradients from the same state with nothing around";

double Degrees(double angle_rad) { return angle_rad * 180.0 / std::numbers::pi; }

std::string NameOf(const agents::ObjectContribution& one) {
  return fmt::format("{}{}", sim::SceneObjectKindName(one.kind), one.index);
}

std::string VerdictText(const ExplanationHeading& heading, const Explanation& it) {
  std::string text = fmt::format(
      "{} at {}, {}\ncharged {:g} by the rule; the robot is at ({:.2f}, {:.2f}) m, heading "
      "{:.0f} deg, at {:.2f} m/s\n\n{}: {:.3f} (log-odds {:+.2f}, spread {:.3f}); unsafe from {:g}",
      heading.model, heading.environment, heading.moment, heading.rule_cost, it.pose.x_m,
      it.pose.y_m, Degrees(it.pose.heading_rad), it.motion.speed_m_s,
      it.is_unsafe ? "unsafe" : "safe", it.prediction.probability, it.log_odds,
      it.prediction.spread, it.unsafe_from);
  if (!std::isnan(it.support)) text += fmt::format("; support {:.2f}", it.support);
  text += "\n";
  if (it.of_state_alone) {
    text += fmt::format(
        "With what came before, the model says {:.3f}; below, it is asked about the state alone.\n",
        heading.in_episode.probability);
  }
  return text;
}

// of_log_odds: or of another number, of which no probability is said.
std::string ObjectsText(const agents::ObjectContributions& found, bool of_log_odds) {
  TextTable table;
  std::vector<std::string> heading{"object", "distance", "bearing", "without it", "alone", "share"};
  if (of_log_odds) heading.emplace_back("of probability");
  table.Row(heading);
  for (const agents::ObjectContribution& one : found.objects) {
    std::vector<std::string> row{NameOf(one),
                                 fmt::format("{:.2f} m", one.distance_m),
                                 fmt::format("{:+.0f} deg", Degrees(one.bearing_rad)),
                                 fmt::format("{:+.3f}", one.removal),
                                 fmt::format("{:+.3f}", one.alone),
                                 one.shares ? fmt::format("{:+.3f}", one.shapley) : "-"};
    if (of_log_odds) {
      row.push_back(one.shares ? fmt::format("{:+.4f}", one.shapley_probability) : "-");
    }
    table.Row(std::move(row));
  }
  return table.Text();
}

std::string PairsText(const agents::ObjectContributions& found) {
  std::string text;
  for (const agents::PairContribution& pair : found.pairs) {
    text += fmt::format(
        "without both {} and {}: {:+.3f}, {:+.3f} beyond what each does by itself\n",
        NameOf(found.objects[static_cast<std::size_t>(pair.first)]),
        NameOf(found.objects[static_cast<std::size_t>(pair.second)]), pair.removal, pair.joint);
  }
  return text;
}

std::string ContributionsText(const agents::ObjectContributions& found) {
  return "\nWhat the objects contribute, log-odds\n" + ObjectsText(found, true) +
         fmt::format("without what shares: {:.3f} (log-odds {:+.2f}); the shares sum to {:+.3f}\n",
                     found.without_probability, found.value_without,
                     found.value - found.value_without) +
         PairsText(found);
}

// The values of an entry that account for most, by their place in it.
std::string ValuesText(const agents::EntryAttribution& entry, const Eigen::VectorXd& values) {
  const auto part = values.segment(entry.offset, entry.size);
  std::vector<int> order;
  for (int i = 0; i < entry.size; ++i) {
    if (part[i] != 0.0) order.push_back(i);
  }
  std::ranges::stable_sort(order, std::ranges::greater(), [&](int i) { return std::abs(part[i]); });
  constexpr std::size_t kMost = 4;
  std::string text;
  for (std::size_t i = 0; i < std::min(order.size(), kMost); ++i) {
    text += fmt::format("{}{}: {:+.3f}", i == 0 ? "" : ", ", order[i], part[order[i]]);
  }
  if (order.size() > kMost) text += fmt::format(", {} more", order.size() - kMost);
  return text;
}

std::string GradientsText(const agents::IntegratedGradients& found) {
  TextTable table;
  table.Row({"input", "sum", "by value"});
  for (const agents::EntryAttribution& entry : found.entries) {
    const std::string values = ValuesText(entry, found.values);
    if (values.empty()) continue;
    table.Row({entry.key, fmt::format("{:+.3f}", entry.value), values});
  }
  const double difference = found.difference();
  const bool backward = found.method == agents::GradientMethod::kBackward;
  return table.Text() +
         fmt::format("in all {:+.3f}, residual {:+.4f} ({:.2f} %); {}\n", difference,
                     found.residual,
                     difference != 0.0 ? 100.0 * std::abs(found.residual / difference) : 0.0,
                     backward ? "gradients by the networks' backward pass"
                              : "no gradients are known: central differences of 0.001");
}

std::vector<std::string> MoveRow(const char* name, const agents::Counterfactual& found,
                                 const std::string& searched) {
  if (!found.found) return {name, "none found within " + searched};
  return {name, fmt::format("{:.3f} m", found.shift_m),
          fmt::format("{:+.1f} deg", Degrees(found.move.turn_rad)),
          fmt::format("({:.3f}, {:.3f}) m, heading {:.0f} deg", found.pose.x_m, found.pose.y_m,
                      Degrees(found.pose.heading_rad)),
          fmt::format("{:.3f}", found.probability)};
}

std::string MovesText(const Explanation& it) {
  TextTable table;
  table.Row({"move", "by", "turn", "to", "there"});
  const std::string searched = fmt::format("{:g} m", it.any_move.searched_m);
  table.Row(MoveRow("any", it.any_move, searched));
  table.Row(MoveRow("without a turn", it.shift, searched));
  table.Row(MoveRow("on the spot", it.turn, "half a turn"));
  return fmt::format(
             "\nThe smallest move found that makes it {}; a turn of 1 rad counts as 0.25 m\n",
             it.is_unsafe ? "safe" : "unsafe") +
         table.Text();
}

std::string MotionText(const agents::MotionCurve& curve) {
  TextTable table;
  std::vector<std::string> heading{"m/s \\ turn"};
  for (const double turn_rad : curve.turns_rad) {
    heading.push_back(fmt::format("{:+.0f} deg", Degrees(turn_rad)));
  }
  table.Row(heading);
  for (Eigen::Index i = 0; i < curve.probability.rows(); ++i) {
    std::vector<std::string> row{fmt::format("{:+.2f}", curve.speeds_m_s[std::size_t(i)])};
    for (const double value : curve.probability.row(i)) row.push_back(fmt::format("{:.3f}", value));
    table.Row(row);
  }
  return "\nAt other speeds along other headings\n" + table.Text();
}

std::string LabelsText(const std::vector<agents::NearLabel>& labels) {
  TextTable table;
  table.Row({"episode", "step", "labelled", "by", "distance", "the model says"});
  for (const agents::NearLabel& one : labels) {
    table.Row({fmt::format("{}", one.episode.value), fmt::format("{}", one.step),
               one.marked
                   ? fmt::format("{} ({:g})", one.target >= 0.5F ? "unsafe" : "safe", one.target)
                   : "viewed, not marked",
               one.annotator.empty() ? "several" : one.annotator,
               fmt::format("{:.2f}", one.distance), fmt::format("{:.3f}", one.probability)});
  }
  return "\nThe most alike of what was labelled\n" + table.Text();
}

}  // namespace

std::string ExplanationText(const ExplanationHeading& heading, const Explanation& explanation) {
  std::string text = VerdictText(heading, explanation) +
                     ContributionsText(explanation.contributions) + kGradientsTitle +
                     ", log-odds\n" + GradientsText(explanation.gradients) +
                     MovesText(explanation) + MotionText(explanation.motion);
  if (heading.labels_known) text += LabelsText(explanation.labels);
  return text;
}

std::string NumberText(const std::string& name, const agents::ExplainedNumber& number) {
  const agents::ObjectContributions& found = number.contributions;
  return fmt::format("\n{}: {:+.3f}; {:+.3f} without what shares it\n", name, found.value,
                     found.value_without) +
         ObjectsText(found, false) + PairsText(found) + kGradientsTitle + "\n" +
         GradientsText(number.gradients);
}

std::string SanityText(const agents::SanityReport& report) {
  TextTable table;
  table.Row({"likeness to the model with", "objects", "of any sign", "inputs", "of any sign"});
  const auto figure = [](double value) { return fmt::format("{:+.2f}", value); };
  for (const agents::RandomisedLayers& one : report.randomised) {
    const std::string layers = one.layers == 1 ? "layer" : fmt::format("{} layers", one.layers);
    table.Row({fmt::format("its last {} at random", layers), figure(one.mean.objects),
               figure(one.mean_size.objects), figure(one.mean.entries),
               figure(one.mean_size.entries)});
  }
  std::string text =
      "\nCan these answers be trusted? Rank correlations: 1 is the same, 0 is unlike\n";
  text += report.has_networks ? table.Text() : "the model has no networks to draw weights of\n";
  if (report.shuffled) {
    text += fmt::format(
        "fitted to shuffled labels: {:+.2f} of objects, {:+.2f} of inputs, at {:.0f} % of the "
        "size\n",
        report.shuffled->mean.objects, report.shuffled->mean.entries,
        100.0 * report.shuffled->size);
  } else {
    text += "shuffled labels: not tried; name the --project that it was fitted to\n";
  }
  for (const agents::PlantedCueCheck& check : report.planted) {
    text += fmt::format(
        "a cue planted in {}: {}, by {} and by its value ({:.0f} %), elsewhere {:g}\n", check.entry,
        check.passed() ? "found" : "NOT FOUND", check.object, 100.0 * check.value_found,
        std::max(check.objects_elsewhere, check.values_elsewhere));
  }
  return text + (report.passed() ? "passed\n" : "NOT PASSED\n");
}

}  // namespace lookout::app
