// Labels as a project of BORIS: an observation for each episode, a behaviour for each label, a
// subject for each annotator, and two rows for every span, one where it starts and one where it
// stops.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "app/exchange/labels/rows/label_format.h"
#include "app/exchange/labels/rows/mark_words.h"
#include "app/platform/files.h"
#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

using nlohmann::json;

constexpr std::size_t kCode = 2;  // places in an event
constexpr std::size_t kModifiers = 3;
constexpr std::size_t kComment = 4;

// Subject, code and modifiers: rows with the same ones start and stop in turn.
using BorisLane = std::tuple<std::string, std::string, std::string>;

std::string BorisDate(std::int64_t unix_ms) {
  const std::time_t time = unix_ms / 1000;
  std::tm parts{};
  gmtime_r(&time, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

// The rows of one annotator's marks of one label. Marks that overlap are told apart by modifiers.
void AddEvents(std::vector<agents::Mark>& marks, double duration_s, std::vector<json>& events) {
  std::ranges::sort(marks, {}, [](const agents::Mark& mark) {
    return std::tuple(mark.first_step, mark.last_step, mark.id);
  });
  const std::vector<int> lanes = RowsWithoutOverlap(marks);
  const auto seconds = [](double time_s) { return std::round(time_s * 1e6) / 1e6; };
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const agents::Mark& mark = marks[i];
    const std::string modifiers = lanes[i] == 0 ? "" : fmt::format("{}", lanes[i] + 1);
    const auto event = [&](double time_s, const std::string& comment) {
      events.push_back({seconds(time_s), mark.annotator, LabelName(mark), modifiers, comment});
    };
    event(StartOfStep(mark.first_step, duration_s), DetailsOf(mark));
    event(EndOfStep(mark.last_step, duration_s), "");
  }
}

json ObservationOf(std::map<std::pair<std::string, std::string>, std::vector<agents::Mark>>& lanes,
                   EpisodeId episode, LabelProject& project) {
  std::vector<json> events;
  for (auto& [lane, marks] : lanes) AddEvents(marks, project.StepDuration(episode), events);
  // A span that ends where the next begins has to stop before that starts.
  std::ranges::stable_sort(events, {}, [](const json& event) { return event[0].get<double>(); });
  const StoredEpisode* stored = project.Find(episode);
  return {{"type", "LIVE"},
          {"date", BorisDate(stored == nullptr ? 0 : stored->header.started_unix_ms)},
          {"description", stored == nullptr ? std::string() : DescribeEpisode(*stored)},
          {"time offset", 0.0},
          {"time interval", 0},
          {"file", json::object()},
          {"media_info", json::object()},
          {"independent_variables", json::object()},
          {"events", events}};
}

json BehaviourOf(const std::string& code, int lanes) {
  json behaviour{
      {"type", "State event"}, {"key", ""},      {"code", code},     {"description", ""},
      {"category", ""},        {"excluded", ""}, {"coding map", ""}, {"modifiers", json::object()}};
  if (lanes < 2) return behaviour;
  json values = json::array();
  for (int lane = 2; lane <= lanes; ++lane) values.push_back(fmt::format("{}", lane));
  behaviour["modifiers"]["0"] = {{"name", "overlap"}, {"type", 0}, {"values", values}};
  return behaviour;
}

Status WriteBoris(const LabelExport& labels, const std::filesystem::path& out) {
  std::map<EpisodeId, std::map<std::pair<std::string, std::string>, std::vector<agents::Mark>>> all;
  for (const auto& [id, mark] : labels.feedback.marks()) {
    all[mark.episode][{mark.annotator, LabelName(mark)}].push_back(mark);
  }
  json project{{"time_format", "s"},
               {"project_date", BorisDate(0)},
               {"project_name", labels.project.project().path().stem().string()},
               {"project_description", "Labels from Lookout."},
               {"project_format_version", "7.0"},
               {"subjects_conf", json::object()},
               {"behaviors_conf", json::object()},
               {"observations", json::object()},
               {"behavioral_categories", json::array()},
               {"independent_variables", json::object()},
               {"coding_map", json::object()},
               {"behaviors_coding_map", json::array()},
               {"converters", json::object()}};
  std::set<std::string> subjects;
  std::map<std::string, int> codes;  // and in how many lanes at most
  for (auto& [episode, lanes] : all) {
    const std::string name = fmt::format("episode {}", episode.value);
    project["observations"][name] = ObservationOf(lanes, episode, labels.project);
    for (auto& [lane, marks] : lanes) {
      subjects.insert(lane.first);
      const int most = std::ranges::max(RowsWithoutOverlap(marks)) + 1;
      codes[lane.second] = std::max(codes[lane.second], most);
    }
  }
  for (const std::string& subject : subjects) {
    const std::string key = fmt::format("{}", project["subjects_conf"].size());
    project["subjects_conf"][key] = {{"key", ""}, {"name", subject}, {"description", ""}};
  }
  for (const auto& [code, lanes] : codes) {
    const std::string key = fmt::format("{}", project["behaviors_conf"].size());
    project["behaviors_conf"][key] = BehaviourOf(code, lanes);
  }
  return WriteWholeFile(out, project.dump(1, ' ', false, json::error_handler_t::replace) + "\n");
}

struct BorisEvent {
  double time_s = 0.0;
  std::string comment;
  std::int64_t number = 0;  // in its observation, from 1
};

std::string TextAt(const json& event, std::size_t place) {
  const bool there = place < event.size() && event[place].is_string();
  return there ? event[place].get<std::string>() : std::string();
}

// Codes of behaviours that happen at a moment instead of lasting.
std::set<std::string> PointCodes(const json& project) {
  std::set<std::string> codes;
  const json behaviours = project.value("behaviors_conf", json::object());
  if (!behaviours.is_object()) return codes;
  for (const auto& [key, behaviour] : behaviours.items()) {
    if (!behaviour.is_object()) continue;
    const json type = behaviour.value("type", json());
    const json code = behaviour.value("code", json());
    if (type.is_string() && code.is_string() &&
        type.get_ref<const std::string&>().starts_with("Point")) {
      codes.insert(code.get<std::string>());
    }
  }
  return codes;
}

void AddSpan(const BorisLane& lane, EpisodeId episode, const BorisEvent& start,
             const BorisEvent& stop, LabelRows& rows) {
  const RowPlace place{"event", start.number};
  agents::Mark mark{
      .episode = episode, .annotator = std::get<0>(lane), .on_screen = {.mode = "imported"}};
  if (!ReadLabelName(std::get<1>(lane), mark)) {
    return rows.Reject(place, "has the behaviour \"" + Quoted(std::get<1>(lane)) +
                                  "\"; labels are unsafe, safe or unsure, with a danger class "
                                  "behind");
  }
  const double duration_s = rows.project().StepDuration(episode);
  const auto first = StepStartingAt(start.time_s, duration_s);
  const auto last = first ? StepEndingAt(stop.time_s, duration_s, *first) : std::nullopt;
  if (!last) {
    return rows.Reject(
        place, fmt::format("lies from {} to {} s, where no step is", start.time_s, stop.time_s));
  }
  mark.first_step = *first;
  mark.last_step = *last;
  ReadDetails(start.comment.empty() ? stop.comment : start.comment, mark);
  rows.Add(place, std::move(mark));
}

std::map<BorisLane, std::vector<BorisEvent>> LanesOf(const json& observation, LabelRows& rows) {
  std::map<BorisLane, std::vector<BorisEvent>> lanes;
  const json events = observation.is_object() ? observation.value("events", json()) : json();
  if (!events.is_array()) rows.Reject({"event", 0}, "is not there; \"events\" has to be a list");
  std::int64_t number = 0;
  for (const json& event : events.is_array() ? events : json::array()) {
    ++number;
    if (!event.is_array() || event.size() <= kCode || !event[0].is_number()) {
      rows.Reject({"event", number}, "needs a time, a subject and a behaviour");
      continue;
    }
    lanes[{TextAt(event, 1), TextAt(event, kCode), TextAt(event, kModifiers)}].push_back(
        {event[0].get<double>(), TextAt(event, kComment), number});
  }
  return lanes;
}

void ReadObservation(const json& observation, EpisodeId episode,
                     const std::set<std::string>& points, LabelRows& rows) {
  for (auto& [lane, events] : LanesOf(observation, rows)) {
    std::ranges::stable_sort(events, {}, &BorisEvent::time_s);
    const bool is_point = points.contains(std::get<1>(lane));
    for (std::size_t i = 0; i < events.size(); i += is_point ? 1 : 2) {
      if (is_point) {
        AddSpan(lane, episode, events[i], events[i], rows);
      } else if (i + 1 < events.size()) {
        AddSpan(lane, episode, events[i], events[i + 1], rows);
      } else {
        rows.Reject({"event", events[i].number}, "starts and never stops");
      }
    }
  }
}

void ReadBoris(std::string_view text, std::string_view /*file*/, LabelRows& rows) {
  const sim::JsonText parsed = sim::ParseJsonText(text);
  const bool is_ours = parsed.problem.empty() && parsed.value.is_object() &&
                       parsed.value.value("observations", json()).is_object();
  if (!is_ours) {
    return rows.Reject({"line", 1},
                       parsed.problem.empty() ? "is no project of BORIS" : parsed.problem);
  }
  const std::set<std::string> points = PointCodes(parsed.value);
  for (const auto& [name, observation] : parsed.value["observations"].items()) {
    rows.SetFile("observation \"" + Quoted(name) + "\", ");
    const auto episode = EpisodeInName(name);
    if (episode) {
      ReadObservation(observation, *episode, points, rows);
    } else {
      rows.Reject({"event", 1}, "is about no episode; name the observation \"episode 3\" or so");
    }
  }
}

}  // namespace

constexpr LabelFormat kBorisLabels{
    .name = "boris",
    .extension = ".boris",
    .what = "a project of BORIS with an observation for each episode",
    .carries = {},
    .write = WriteBoris,
    .read = ReadBoris};

}  // namespace lookout::app
