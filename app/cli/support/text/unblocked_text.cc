#include "app/cli/support/text/unblocked_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/cli/support/text/estimate_text.h"
#include "app/cli/support/text/text_table.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kShownClips = 3;

agents::Estimate EstimateOf(const agents::ExactInterval& share) {
  return {share.value, share.low, share.high};
}

std::string PercentText(const agents::ExactInterval& share) {
  return EstimateText(InPercent(EstimateOf(share)), 0) + " %";
}

std::string DistanceText(double distance) {
  return std::isfinite(distance) ? fmt::format("{:.1f}", distance) : "-";
}

ordered_json Finite(double value) {
  return std::isfinite(value) ? ordered_json(value) : ordered_json(nullptr);
}

// "new", "done otherwise", or how many times as often.
std::string OftenText(const agents::NewWay& way) {
  return way.is_new() || way.is_done_otherwise() ? agents::OftenInWords(way)
                                                 : EstimateText(way.frequency.times, 1);
}

std::string TableOf(const agents::UnblockedReport& report) {
  TextTable table;
  table.Row({"way", "as often", "of episodes", "true cost", "unmarked", "predicted", "to unsafe"});
  for (std::size_t i = 0; i < report.ways.size(); ++i) {
    const agents::NewWay& way = report.ways[i];
    table.Row({fmt::to_string(i + 1), OftenText(way), PercentText(way.episode_share),
               EstimateText(way.cost, 1), EstimateText(way.cost_outside, 1),
               EstimateText(way.predicted, 1), DistanceText(way.to_unsafe)});
  }
  return table.Text();
}

std::string ClipsOf(const agents::NewWay& way) {
  std::string text;
  for (std::size_t i = 0; i < std::min(kShownClips, way.clips.size()); ++i) {
    const agents::NewClip& clip = way.clips[i];
    text += text.empty() ? "   e.g. " : "; ";
    text += clip.episode.value > 0 ? fmt::format("episode {}", clip.episode.value)
                                   : fmt::format("seed {}", clip.seed);
    text += fmt::format(" steps {}-{}", clip.first, clip.last);
  }
  return text + "\n";
}

ordered_json ClipToJson(const agents::NewClip& clip) {
  ordered_json json{{"seed", clip.seed},
                    {"first_step", clip.first},
                    {"last_step", clip.last},
                    {"novelty", clip.novelty},
                    {"times_as_often", clip.times_as_often},
                    {"to_unsafe", Finite(clip.to_unsafe)},
                    {"to_judged", Finite(clip.to_judged)},
                    {"true_cost", clip.true_cost},
                    {"predicted_cost", Finite(clip.predicted)}};
  if (clip.episode.value > 0) json["episode"] = clip.episode.value;
  return json;
}

ordered_json WayToJson(const agents::NewWay& way) {
  ordered_json json{{"words", agents::WordsOf(way)},
                    {"is_new", way.is_new()},
                    {"new_share", way.new_share},
                    {"times_as_often", EstimateToJson(way.frequency.times)},
                    {"clips_per_episode_before", way.frequency.before},
                    {"clips_per_episode", way.frequency.after},
                    {"episode_share", EstimateToJson(EstimateOf(way.episode_share))},
                    {"step_share", EstimateToJson(EstimateOf(way.step_share))},
                    {"true_cost", EstimateToJson(way.cost)},
                    {"true_cost_unmarked", EstimateToJson(way.cost_outside)},
                    {"predicted_cost", EstimateToJson(way.predicted)},
                    {"true_cost_per_step", way.cost_per_step},
                    {"to_unsafe", Finite(way.to_unsafe)},
                    {"to_judged", Finite(way.to_judged)},
                    {"unmarked_share", way.outside_share},
                    {"was_marked", way.was_marked()},
                    {"blocked_steps", way.blocked},
                    {"near", sim::SceneObjectKindName(way.near)},
                    {"near_m", Finite(way.near_m)}};
  for (std::size_t kind = 0; kind < way.cost_by_kind.size(); ++kind) {
    if (way.cost_by_kind[kind] == 0.0) continue;
    json["true_cost_by_kind"][std::string(CostKindName(static_cast<sim::CostKind>(kind)))] =
        way.cost_by_kind[kind];
  }
  for (const agents::NewClip& clip : way.clips) json["clips"].push_back(ClipToJson(clip));
  return json;
}

std::string FoundText(const agents::UnblockedReport& report) {
  std::string text = fmt::format("Unlike all before: {} of {} clips, {}.\n", report.new_clips,
                                 report.clips, PercentText(report.new_share));
  if (std::isfinite(report.often_threshold)) {
    text +=
        fmt::format("With what it does more than {:.1f} times as often: {}, {}",
                    report.often_threshold, report.found_clips, PercentText(report.found_share));
    return text + " (2 to 3 % expected of an agent\nthat does the same).\n";
  }
  return text +
         "What it does more often is not told: that takes four episodes before and two after.\n";
}

}  // namespace

std::string UnblockedText(const UnblockedAnswer& answer, bool overseen) {
  const agents::UnblockedReport& report = answer.report;
  std::string text = fmt::format(
      "Of {} episode{}, compared with {} of the agent before; per episode a true cost of {}",
      answer.after_episodes, answer.after_episodes == 1 ? "" : "s", answer.before_episodes,
      EstimateText(report.cost, 1));
  if (!std::isnan(report.predicted.value)) {
    text += fmt::format(",\nand a predicted one of {}", EstimateText(report.predicted, 1));
  }
  text += ".\n" + FoundText(report);
  text +=
      fmt::format("Marked unsafe: {} steps, safe: {}", answer.unsafe_labels, answer.safe_labels);
  text += overseen ? fmt::format("; blocked: {} steps.\n", answer.blocked_steps) : ".\n";
  if (report.ways.empty()) {
    return text + (report.found_clips == 0
                       ? "It does nothing that it did not do before, or not as often.\n"
                       : "Too few of these are alike to be a way.\n");
  }
  text += "\n" + TableOf(report) + "\n";
  for (std::size_t i = 0; i < report.ways.size(); ++i) {
    text += fmt::format("{}: {}\n", i + 1, agents::WordsOf(report.ways[i], overseen));
    text += ClipsOf(report.ways[i]);
  }
  if (report.left_out > 0) {
    text += fmt::format("In no way, as too few are alike: {} clip{}.\n", report.left_out,
                        report.left_out == 1 ? "" : "s");
  }
  return text;
}

ordered_json UnblockedToJson(const UnblockedAnswer& answer) {
  const agents::UnblockedReport& report = answer.report;
  ordered_json json{{"before_episodes", answer.before_episodes},
                    {"after_episodes", answer.after_episodes},
                    {"true_cost", EstimateToJson(report.cost)},
                    {"predicted_cost", EstimateToJson(report.predicted)},
                    {"threshold", report.threshold},
                    {"often_threshold", Finite(report.often_threshold)},
                    {"clips", report.clips},
                    {"new_clips", report.new_clips},
                    {"new_share", EstimateToJson(EstimateOf(report.new_share))},
                    {"found_clips", report.found_clips},
                    {"found_share", EstimateToJson(EstimateOf(report.found_share))},
                    {"left_out", report.left_out},
                    {"unsafe_labels", answer.unsafe_labels},
                    {"safe_labels", answer.safe_labels},
                    {"blocked_steps", answer.blocked_steps},
                    {"ways", ordered_json::array()}};
  for (const agents::NewWay& way : report.ways) json["ways"].push_back(WayToJson(way));
  return json;
}

}  // namespace lookout::app
