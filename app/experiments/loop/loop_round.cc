#include "app/experiments/loop/loop_round.h"

#include <nlohmann/json.hpp>
#include <string_view>

#include "agents/rl/settings/settings.h"
#include "app/experiments/figure_json.h"
#include "app/experiments/study_file.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

// Names each figure of a round once, for writing and for reading.
template <typename Round, typename Visit>
void VisitRound(Round& round, Visit&& visit) {
  visit("round", round.round);
  visit("steps", round.steps);
  visit("limit", round.limit);
  visit("return", round.figures.total_reward);
  visit("true_cost", round.figures.true_cost);
  visit("meant_cost", round.figures.meant_cost);
  visit("learned_cost", round.figures.learned_cost);
  visit("audited_cost", round.audit.audited);
  visit("audit_clips", round.audit.clips);
  visit("audit_answers", round.audit.answers);
  visit("audit_unsafe_clips", round.audit.unsafe_clips);
  visit("refitted_cost", round.refitted_cost);
  visit("asked", round.asked);
  visit("unsafe_asked", round.unsafe_asked);
  visit("answers", round.answers);
  visit("viewing_minutes", round.viewing_minutes);
}

ordered_json FeedbackJson(const std::vector<agents::FeedbackRecord>& feedback) {
  ordered_json list = ordered_json::array();
  for (const agents::FeedbackRecord& record : feedback) {
    list.push_back({{"episode", record.episodes.front().value},
                    {"kind", record.kind},
                    {"version", record.version},
                    {"annotator", record.annotator},
                    {"content", record.content}});
  }
  return list;
}

bool ReadFeedback(const nlohmann::json& list, std::vector<agents::FeedbackRecord>& feedback) {
  if (!list.is_array()) return false;
  for (const nlohmann::json& json : list) {
    const auto text = [&](const char* name, std::string& into) {
      if (!json.contains(name) || !json[name].is_string()) return false;
      into = json[name].get<std::string>();
      return true;
    };
    agents::FeedbackRecord record;
    std::int64_t episode = 0;
    if (!json.is_object() || !json.contains("episode") || !ReadFigure(json["episode"], episode) ||
        !json.contains("version") || !ReadFigure(json["version"], record.version) ||
        !text("kind", record.kind) || !text("annotator", record.annotator) ||
        !text("content", record.content)) {
      return false;
    }
    record.episodes = {EpisodeId{episode}};
    feedback.push_back(std::move(record));
  }
  return true;
}

}  // namespace

ordered_json SettingsJson(const LoopSettings& settings) {
  ordered_json json = SubjectJson(settings.environment, {}, settings.annotator);
  json["constrain"] = std::string(ChoiceName(settings.constrain));
  json["training"] = agents::ExperimentKey(settings.training);
  json["steps"] = settings.training.total_steps;
  json["seed"] = settings.training.seed;
  if (settings.slips) {
    json["slips"] = {{"false_alarm", settings.slips->false_alarm}, {"miss", settings.slips->miss}};
  }
  AddFields(settings, json);
  return json;
}

ordered_json FiguresJson(const LoopRound& round) {
  ordered_json json;
  VisitRound(round, [&](const char* name, const auto& value) { json[name] = FigureJson(value); });
  return json;
}

std::string EncodeRound(const LoopRound& round, const LoopSettings& settings) {
  ordered_json json{{"settings", SettingsJson(settings)}};
  json.update(FiguresJson(round));
  json["feedback"] = FeedbackJson(round.feedback);
  return json.dump(1) + "\n";
}

Result<LoopRound> DecodeRound(const std::string& text, const LoopSettings& settings,
                              const std::string& file) {
  constexpr char kWhat[] = "a round of a loop";
  const auto json = OpenStudyFile(text, SettingsJson(settings), file, kWhat);
  if (!json) return json.error();
  LoopRound round;
  FigureReader reader(*json);
  VisitRound(round, reader);
  const bool read = json->contains("feedback") && ReadFeedback((*json)["feedback"], round.feedback);
  if (!read || !reader.ok()) return DamagedStudyFile(file, kWhat);
  return round;
}

}  // namespace lookout::app
