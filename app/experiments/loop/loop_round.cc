#include "app/experiments/loop/loop_round.h"

#include <nlohmann/json.hpp>
#include <string_view>

#include "agents/feedback/kinds/feedback_kind.h"
#include "agents/rl/settings/settings.h"
#include "app/experiments/figure_json.h"
#include "app/experiments/study_file.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

// Names each figure of a round once, with what it can be, for writing and for reading.
template <typename Round, typename Visit>
void VisitRound(Round& round, Visit&& visit) {
  visit("round", round.round, kAtLeastZero);
  visit("steps", round.steps, kAtLeastZero);
  visit("limit", round.limit, kAtLeastZero.OrUnknown());
  visit("return", round.figures.total_reward, kAnyNumber);
  visit("true_cost", round.figures.true_cost, kAtLeastZero);
  visit("meant_cost", round.figures.meant_cost, kAtLeastZero);
  visit("learned_cost", round.figures.learned_cost, kAtLeastZero.OrUnknown());
  visit("audited_cost", round.audit.audited, kAtLeastZero);
  visit("audit_clips", round.audit.clips, kAtLeastZero);
  visit("audit_answers", round.audit.answers, kAtLeastZero);
  visit("audit_unsafe_clips", round.audit.unsafe_clips, kAtLeastZero);
  visit("refitted_cost", round.refitted_cost, kAtLeastZero.OrUnknown());
  visit("asked", round.asked, kAtLeastZero);
  visit("unsafe_asked", round.unsafe_asked, kAtLeastZero);
  visit("answers", round.answers, kAtLeastZero);
  visit("viewing_minutes", round.viewing_minutes, kAtLeastZero);
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
    FigureReader reader(json);
    reader("episode", episode, kAtLeastZero);
    reader("version", record.version, kAtLeastZero);
    if (!reader.problem().empty() || !text("kind", record.kind) ||
        !text("annotator", record.annotator) || !text("content", record.content)) {
      return false;
    }
    record.episodes = {EpisodeId{episode}};
    if (!agents::CheckContent(record)) return false;
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
  VisitRound(round, [&](const char* name, const auto& value, const FigureRange&) {
    json[name] = FigureJson(value);
  });
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
  reader.Expect(round.audit.unsafe_clips <= round.audit.clips && round.unsafe_asked <= round.asked,
                "more of its clips are unsafe than there are");
  reader.Expect(json->contains("feedback") && ReadFeedback((*json)["feedback"], round.feedback),
                "its 'feedback' is no list of answers");
  if (!reader.problem().empty()) return DamagedStudyFile(file, reader.problem());
  return round;
}

}  // namespace lookout::app
