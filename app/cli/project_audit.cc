#include "app/cli/project_audit.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>
#include <utility>
#include <vector>

#include "agents/feedback/queries/answered_audit.h"
#include "app/cli/support/open_project.h"
#include "app/cli/support/text/estimate_text.h"
#include "app/cli/support/text/text_table.h"
#include "sim/recording/acting.h"

namespace lookout::app {
namespace {

struct AuditRow {
  std::string annotator;
  agents::AnsweredAudit audit;
  double learned_cost = 0.0;  // means over the agent's episodes
  double true_cost = 0.0;
};

struct Played {
  std::vector<agents::PlayedEpisode> episodes;
  std::vector<StoredEpisode> stored;  // the same ones
};

Result<Played> EpisodesOf(Project& project) {
  auto stored = project.Episodes();
  if (!stored) return stored.error();
  Played played;
  for (StoredEpisode& episode : *stored) {
    const sim::EpisodeHeader& header = episode.header;
    if ((!episode.finished && !header.imported) || episode.steps < 2) continue;
    played.episodes.push_back(
        {header.id, header.config.id, sim::AgentsInWords(header), episode.steps - 1});
    played.stored.push_back(std::move(episode));
  }
  return played;
}

AuditRow RowOf(const std::string& annotator, const agents::AnsweredAudit& audit,
               const Played& played) {
  AuditRow row{.annotator = annotator, .audit = audit};
  for (std::size_t i = 0; i < played.stored.size(); ++i) {
    const agents::PlayedEpisode& episode = played.episodes[i];
    if (episode.agent != audit.agent || episode.environment != audit.environment) continue;
    row.learned_cost += played.stored[i].predicted_cost / audit.episodes;
    row.true_cost += played.stored[i].cost / audit.episodes;
  }
  return row;
}

std::string Text(const std::vector<AuditRow>& rows) {
  TextTable table;
  table.Row(
      {"annotator", "agent", "environment", "clips", "with danger", "audited", "learned", "true"});
  for (const AuditRow& row : rows) {
    table.Row({row.annotator, row.audit.agent, row.audit.environment,
               fmt::format("{}", row.audit.clips), fmt::format("{}", row.audit.unsafe_clips),
               EstimateText(row.audit.cost, 1), fmt::format("{:.1f}", row.learned_cost),
               fmt::format("{:.1f}", row.true_cost)});
  }
  return table.Text() +
         "cost per episode; audited: what the annotator would charge, from clips drawn by chance, "
         "in brackets\nthe 95 % interval; learned: as predicted when it was recorded; true: by the "
         "environment's rule\n";
}

nlohmann::ordered_json ToJson(const std::vector<AuditRow>& rows) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const AuditRow& row : rows) {
    list.push_back({{"annotator", row.annotator},
                    {"agent", row.audit.agent},
                    {"environment", row.audit.environment},
                    {"episodes", row.audit.episodes},
                    {"clips", row.audit.clips},
                    {"unsafe_clips", row.audit.unsafe_clips},
                    {"audited_cost", EstimateToJson(row.audit.cost)},
                    {"learned_cost", row.learned_cost},
                    {"true_cost", row.true_cost}});
  }
  return {{"audits", list}};
}

}  // namespace

Result<std::string> ProjectAudit(const std::string& project, bool as_json) {
  const auto opened = OpenExistingProject(project, ProjectAccess::kReadOnly);
  if (!opened) return opened.error();
  const auto feedback = (*opened)->LoadFeedback();
  if (!feedback) return feedback.error();
  const auto played = EpisodesOf(**opened);
  if (!played) return played.error();
  std::set<std::string> annotators;
  for (const auto& [id, mark] : feedback->marks()) annotators.insert(mark.annotator);
  std::vector<AuditRow> rows;
  for (const std::string& annotator : annotators) {
    for (const auto& audit :
         agents::AnsweredAudits(feedback->marks(), annotator, played->episodes)) {
      rows.push_back(RowOf(annotator, audit, *played));
    }
  }
  if (rows.empty()) {
    return BadInput("Nobody has answered an audit in " + (*opened)->path().string() +
                    "; the window's queue asks some (key N).");
  }
  return as_json ? ToJson(rows).dump(2) + "\n" : Text(rows);
}

}  // namespace lookout::app
