// Labels for Label Studio: a task for each episode, whose regions lie on the frames of its video.
// Frames count from 1, and a range holds both of its ends: step t is frame t + 1.
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "app/exchange/labels/rows/label_format.h"
#include "app/exchange/labels/rows/mark_words.h"
#include "app/platform/files.h"
#include "sim/config/fields_json.h"
#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

using nlohmann::json;

constexpr const char* kTimelineLabels = "timelinelabels";

json RegionOf(const agents::Mark& mark) {
  json region{{"id", fmt::format("mark{}", mark.id.value)},
              {"from_name", "label"},
              {"to_name", "video"},
              {"type", kTimelineLabels}};
  region["value"] = {
      {"ranges",
       {{{"start", std::int64_t{mark.first_step} + 1}, {"end", std::int64_t{mark.last_step} + 1}}}},
      {kTimelineLabels, {LabelName(mark)}}};
  region["meta"] = {{"annotator", mark.annotator}};
  const std::string details = DetailsOf(mark);
  if (!details.empty()) region["meta"]["text"] = {details};
  return region;
}

json TaskOf(EpisodeId episode, LabelProject& project) {
  json data{{"video", fmt::format("episode-{}.mp4", episode.value)},
            {"episode", episode.value},
            {"fps", 1.0 / project.StepDuration(episode)}};
  if (const StoredEpisode* stored = project.Find(episode)) {
    data["environment"] = stored->header.config.id;
    data["seed"] = stored->header.seed;
  }
  return {{"data", std::move(data)}, {"annotations", json::array()}};
}

// The marks of every annotator are an annotation of their own.
Status WriteLabelStudio(const LabelExport& labels, const std::filesystem::path& out) {
  std::map<EpisodeId, std::map<std::string, json>> regions;
  for (const auto& [id, mark] : labels.feedback.marks()) {
    regions[mark.episode][mark.annotator].push_back(RegionOf(mark));
  }
  json tasks = json::array();
  for (auto& [episode, of_annotators] : regions) {
    json task = TaskOf(episode, labels.project);
    for (auto& [annotator, result] : of_annotators) {
      task["annotations"].push_back({{"result", std::move(result)}});
    }
    tasks.push_back(std::move(task));
  }
  return WriteWholeFile(out, tasks.dump(1, ' ', false, json::error_handler_t::replace) + "\n");
}

json Member(const json& object, const char* key) {
  return object.is_object() ? object.value(key, json()) : json();
}

// Who made an annotation, as the program writes it: a user's number, or all about the user.
std::string AnnotatorOf(const json& annotation) {
  const json by = Member(annotation, "completed_by");
  const json email = Member(by, "email");
  if (email.is_string()) return email;
  return by.is_number_integer() ? "user " + by.dump() : std::string();
}

std::int64_t TaskEpisode(const json& task) {
  const json data = Member(task, "data");
  EpisodeId id;
  if (sim::FieldFromJson(Member(data, "episode"), id)) return id.value;
  const json video = Member(data, "video");
  const auto named = video.is_string() ? EpisodeInName(video.get<std::string>()) : std::nullopt;
  return named ? named->value : 0;
}

// What is wrong with a range, or nothing.
std::string ReadRange(const json& range, agents::Mark& mark) {
  constexpr std::int64_t kMost = std::numeric_limits<StepIndex>::max();
  std::int64_t start = 0;
  std::int64_t end = 0;
  const bool whole = sim::FieldFromJson(Member(range, "start"), start) &&
                     sim::FieldFromJson(Member(range, "end"), end);
  if (!whole) return "needs whole numbers as \"start\" and \"end\" of its ranges";
  if (start < 1 || end < start || end > kMost) {
    return fmt::format("lies on frames {} to {}; they count from 1", start, end);
  }
  mark.first_step = static_cast<StepIndex>(start - 1);
  mark.last_step = static_cast<StepIndex>(end - 1);
  return {};
}

// The marks of a region: one for each of its ranges and labels.
std::string ReadRegion(const json& region, const agents::Mark& blank,
                       std::vector<agents::Mark>& marks) {
  const json value = Member(region, "value");
  const json ranges = Member(value, "ranges");
  const json names = Member(value, kTimelineLabels);
  if (!ranges.is_array() || !names.is_array()) {
    return "needs lists as \"ranges\" and \"timelinelabels\"";
  }
  agents::Mark mark = blank;
  const json meta = Member(region, "meta");
  const json annotator = Member(meta, "annotator");
  if (annotator.is_string()) mark.annotator = annotator;
  const json text = Member(meta, "text");
  const json details = text.is_array() && !text.empty() ? text.front() : text;
  if (details.is_string()) ReadDetails(details.get_ref<const std::string&>(), mark);
  for (const json& range : ranges) {
    if (std::string problem = ReadRange(range, mark); !problem.empty()) return problem;
    for (const json& name : names) {
      if (!name.is_string() || !ReadLabelName(name.get_ref<const std::string&>(), mark)) {
        return "has the label " + Quoted(name.dump()) + "; labels are unsafe, safe or unsure, " +
               "with a danger class behind";
      }
      marks.push_back(mark);
    }
  }
  return {};
}

void ReadTask(const json& task, LabelRows& rows) {
  const json annotations = Member(task, "annotations");
  std::int64_t number = 0;
  for (const json& annotation : annotations.is_array() ? annotations : json::array()) {
    const agents::Mark blank{.episode = {TaskEpisode(task)},
                             .annotator = AnnotatorOf(annotation),
                             .on_screen = {.mode = "imported"}};
    const json result = Member(annotation, "result");
    for (const json& region : result.is_array() ? result : json::array()) {
      const RowPlace place{"region", ++number};
      if (Member(region, "type") != kTimelineLabels) {
        rows.Skip();
        continue;
      }
      std::vector<agents::Mark> marks;
      if (std::string problem = ReadRegion(region, blank, marks); !problem.empty()) {
        rows.Reject(place, problem);
        continue;
      }
      for (agents::Mark& mark : marks) rows.Add(place, std::move(mark));
    }
  }
}

void ReadLabelStudio(std::string_view text, std::string_view /*file*/, LabelRows& rows) {
  const sim::JsonText parsed = sim::ParseJsonText(text);
  if (!parsed.problem.empty() || !parsed.value.is_array()) {
    return rows.Reject({"line", 1}, parsed.problem.empty() ? "is no list of tasks; export as JSON"
                                                           : parsed.problem);
  }
  std::int64_t number = 0;
  for (const json& task : parsed.value) {
    rows.SetFile(fmt::format("task {}, ", ++number));
    ReadTask(task, rows);
  }
}

}  // namespace

constexpr LabelFormat kLabelStudioLabels{.name = "label-studio",
                                         .extension = ".json",
                                         .what = "tasks of Label Studio with timeline labels",
                                         .carries = {},
                                         .write = WriteLabelStudio,
                                         .read = ReadLabelStudio};

}  // namespace lookout::app
