#include "ui/panels/why/why_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "ui/inspection_words.h"

namespace lookout::ui {
namespace {

using agents::Explanation;

constexpr double kLeastTold = 0.005;  // log-odds that an input contributes
constexpr double kLeastShare = 0.01;  // of the largest contribution, that an object has to have
constexpr double kSmallResidual = 0.01;

double ShownOf(const agents::ObjectContribution& one) {
  return one.shares ? one.shapley : one.removal;
}

// of: whose contribution it is, "forward"; empty: the log-odds of unsafe.
std::string HelpOf(const agents::ObjectContribution& one, const std::string& of) {
  std::string help =
      fmt::format("Taken away alone, {} by {}. Alone in the world, it would bring {}.",
                  of.empty() ? "the log-odds of unsafe change" : "it changes " + of,
                  Signed(-one.removal), Signed(one.alone));
  if (!one.shares) return help;
  help += " Its share is " + Signed(one.shapley);
  if (of.empty())
    help += fmt::format(", or {} of the probability", Signed(one.shapley_probability));
  return help + " (Shapley: averaged over the orders in which all could have come).";
}

double SizeOf(const agents::ObjectContribution& one) {
  return std::max(std::abs(ShownOf(one)), std::abs(one.removal));
}

// of: see HelpOf.
void AddObjects(const agents::ObjectContributions& found, const std::string& of, WhyWords& words) {
  for (const agents::ObjectContribution& one : found.objects) {
    words.largest = std::max(words.largest, SizeOf(one));
  }
  for (const agents::ObjectContribution& one : found.objects) {
    const double contribution = ShownOf(one);
    if (SizeOf(one) < std::max(kLeastTold, kLeastShare * words.largest)) {
      ++words.silent;
      continue;
    }
    words.objects.push_back(
        {.object = one.object,
         .id = fmt::format("{}{}", sim::SceneObjectKindName(one.kind), one.index),
         .name = NameOfObject(one),
         .where = fmt::format("{:.2f} m {}", one.distance_m, DirectionInWords(one.bearing_rad)),
         .value = Signed(contribution),
         .help = HelpOf(one, of),
         .contribution = contribution,
         .removal = one.removal});
  }
  words.because = of.empty() ? fmt::format("Without them {:.2f}, with them {:.2f}",
                                           found.without_probability, found.probability)
                             : fmt::format("Without them {}, with them {}",
                                           Signed(found.value_without), Signed(found.value));
  if (found.pairs.empty() || std::abs(found.pairs[0].joint) < 0.1) return;
  const agents::PairContribution& pair = found.pairs[0];
  words.together = fmt::format(
      "Taken away together, {} and {} change it by {}, more than one by one: each hides the other.",
      NameOfObject(found.objects[static_cast<std::size_t>(pair.first)]),
      NameOfObject(found.objects[static_cast<std::size_t>(pair.second)]), Signed(-pair.removal));
  if (pair.joint < 0.0) words.together.clear();
}

void AddMoves(const agents::Explanation& found, WhyWords& words) {
  words.smallest = SmallestMoveInWords(found.any_move, found.pose);
  const auto add = [&](const char* name, const agents::Counterfactual& move) {
    const std::string none = move.searched_m > 0.0 ? "none found" : "not searched";
    words.moves.push_back({name, move.found ? MoveInWords(move, found.pose) : none});
  };
  add("A shift alone", found.shift);
  add("A turn alone", found.turn);
}

// Bins go round counter-clockwise from straight ahead: half of them come first, so that the left
// stands left of what is ahead.
std::vector<double> FromBehind(const Eigen::VectorXd& bins) {
  const Eigen::Index count = bins.size();
  std::vector<double> turned;
  turned.reserve(static_cast<std::size_t>(count));
  for (Eigen::Index i = 0; i < count; ++i)
    turned.push_back(bins[(count + count / 2 - 1 - i) % count]);
  return turned;
}

void AddInputs(const agents::IntegratedGradients& found, WhyWords& words) {
  for (const agents::EntryAttribution& entry : found.entries) {
    const auto part = found.values.segment(entry.offset, entry.size);
    if (part.cwiseAbs().maxCoeff() < kLeastTold) continue;
    WhyInput& input = words.inputs.emplace_back();
    input.name = entry.key;
    std::ranges::replace(input.name, '_', ' ');
    input.value = Signed(entry.value);
    words.largest_bin = std::max(words.largest_bin, part.cwiseAbs().maxCoeff());
    if (entry.key.ends_with("_lidar")) {
      input.bins = FromBehind(part);
    } else {
      for (const double value : part) input.bins.push_back(value);
    }
  }
  const double difference = found.difference();
  const double share = difference != 0.0 ? std::abs(found.residual / difference) : 0.0;
  words.residual_is_small = share <= kSmallResidual;
  words.residual = fmt::format("They add up to {} of {}: residual {:.2f} %{}",
                               Signed(difference + found.residual), Signed(difference),
                               100.0 * share, words.residual_is_small ? "" : ", too much to trust");
}

void AddLabels(const std::vector<agents::NearLabel>& labels, WhyWords& words) {
  for (const agents::NearLabel& label : labels) {
    words.labels.push_back(
        {.moment = fmt::format("Episode {}, step {}", label.episode.value, label.step),
         .by = label.annotator.empty() ? std::string("several") : label.annotator,
         .model = fmt::format("it says {:.2f}; {:.1f} away", label.probability, label.distance),
         .unsafe = label.target >= 0.5F,
         .marked = label.marked});
  }
}

// "hazard3" -> "hazard 3".
std::string Spaced(std::string name) {
  const std::size_t digit = name.find_first_of("0123456789");
  if (digit != std::string::npos && digit > 0) name.insert(digit, " ");
  return name;
}

}  // namespace

WhyWords WordsOf(const MomentExplained& moment, int shown_number) {
  const ContributionsShown shown = moment.ShownOf(shown_number);
  WhyWords words{.number = moment.number,
                 .labels_known = moment.labels,
                 .shown_number = shown_number,
                 .is_danger = shown.is_danger};
  words.moment = fmt::format("Episode {}, step {}", moment.episode.value, moment.step);
  words.took = fmt::format("{:.0f} ms", moment.milliseconds);
  const NumberExplained* number = moment.NumberAt(shown_number);
  const std::string of = number != nullptr ? number->name : std::string();
  words.unit = of.empty() ? "log-odds of unsafe" : of;
  AddObjects(shown.objects, of, words);
  AddInputs(shown.inputs, words);
  if (moment.subject != WhySubject::kCostModel) return words;
  const agents::Explanation& found = moment.explanation;
  words.verdict = found.is_unsafe ? "Unsafe" : "Safe";
  AddMoves(found, words);
  AddLabels(found.labels, words);
  return words;
}

WhyChecks ChecksOf(std::shared_ptr<const agents::SanityReport> report) {
  WhyChecks checks{.of = report, .passed = report->passed(), .lines = {}};
  if (report->has_networks && !report->randomised.empty()) {
    const agents::Likeness& likeness = report->randomised.back().mean;
    const double most = std::max(likeness.objects, likeness.entries);
    checks.lines.push_back(
        {fmt::format("With weights at random the explanation is another one: likeness {} of "
                     "objects, {} of inputs (1 is the same).",
                     Signed(likeness.objects), Signed(likeness.entries)),
         most < agents::SanityReport::kMostLikeness});
  } else {
    checks.lines.push_back({"The model has no networks to draw weights of.", true});
  }
  if (report->shuffled) {
    checks.lines.push_back(
        {fmt::format("Fitted to shuffled labels, objects contribute {:.0f} % of what they do here.",
                     100.0 * report->shuffled->size),
         report->shuffled->passed()});
  }
  for (const agents::PlantedCueCheck& cue : report->planted) {
    const bool found = cue.passed();
    std::string entry = cue.entry;
    std::ranges::replace(entry, '_', ' ');
    checks.lines.push_back({found ? fmt::format("A cue planted in the {} is found, at {} alone.",
                                                entry, Spaced(cue.object))
                                  : fmt::format("A cue planted in the {} is not found.", entry),
                            found});
  }
  return checks;
}

}  // namespace lookout::ui
