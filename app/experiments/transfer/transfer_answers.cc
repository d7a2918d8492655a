#include "app/experiments/transfer/transfer_answers.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/models/cost_inputs.h"
#include "agents/feedback/queries/choose_spans.h"
#include "app/experiments/figure_json.h"
#include "app/experiments/simulated_sitting.h"
#include "app/experiments/study_file.h"
#include "app/experiments/transfer/other_view.h"
#include "app/platform/files.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kMostAnswerBytes = std::size_t{64} << 20U;
constexpr char kAnswersFile[] = "the answers of an experiment on transfer";
// Apart from the source's episodes, which may have the same ids.
constexpr std::int64_t kTargetEpisodes = 1'000'000'000;

Result<SimulatedSitting> SitDown(const TransferWorld& world, const PlaceKey& key,
                                 const KeepGoing& keep_going) {
  const StudyStage& stage = world.stages[key.place];
  const std::uint32_t first_seed = TransferSeedsOf(key.seed).pool;
  const auto pool = stage.Play({.episodes = world.settings.pool_episodes,
                                .first_seed = first_seed,
                                .first_id = EpisodeId{1}},
                               keep_going);
  if (!pool) return pool.error();
  SimulatedSitting sitting(stage.signature, stage.annotator,
                           {.clip_steps = world.settings.clip_steps,
                            .answers = world.settings.answers,
                            .seed = first_seed ^ 0x3C3C3C3CU});
  if (Status added = sitting.Add(*pool); !added) return added.error();
  return sitting;
}

// Batch by batch, with the queue's own model fitted between.
Result<PlaceAnswers> Ask(const TransferSettings& settings, std::uint32_t seed,
                         const KeepGoing& keep_going, SimulatedSitting& sitting) {
  PlaceAnswers answers;
  while (sitting.answers() < settings.answers) {
    const agents::ChoiceSettings choice{
        .batch = std::min(settings.batch, settings.answers - sitting.answers()),
        .seed = (seed + 1U) * 30'011U + static_cast<std::uint32_t>(sitting.answers())};
    const std::vector<agents::Query> batch = ChooseSpans(sitting.Candidates(), choice);
    if (batch.empty()) return TooFewClips(sitting.answers(), "--pool-episodes", "--answers");
    for (const agents::Query& query : batch) {
      answers.unsafe_answers += sitting.Ask(query) ? 1 : 0;
      answers.asked.push_back(query);
    }
    if (sitting.answers() == settings.answers) break;
    if (Status fitted = sitting.Fit(seed + 1U, keep_going); !fitted) return fitted.error();
  }
  return answers;
}

ordered_json ToJson(const agents::Query& query) {
  return {query.first.episode.value, query.first.first, query.first.last,
          std::string(ChoiceName(query.reason)), query.chance};
}

bool Read(const nlohmann::json& json, agents::Query& query) {
  if (!json.is_array() || json.size() != 5 || !json[0].is_number_integer() ||
      !json[1].is_number_integer() || !json[2].is_number_integer() || !json[3].is_string() ||
      !json[4].is_number()) {
    return false;
  }
  const auto reason = ParseChoice<agents::QueryReason>(json[3].get<std::string>(), "reason");
  if (!reason) return false;
  query.reason = *reason;
  query.chance = json[4].get<double>();
  query.first = {EpisodeId{json[0].get<std::int64_t>()}, json[1].get<StepIndex>(),
                 json[2].get<StepIndex>()};
  return IsSpan(query.first);
}

std::string Encode(const PlaceAnswers& answers, const TransferWorld& world, const PlaceKey& key) {
  ordered_json json{{"settings", SettingsJson(world, {key.place})},
                    {"unsafe_answers", answers.unsafe_answers},
                    {"asked", ordered_json::array()}};
  for (const agents::Query& query : answers.asked) json["asked"].push_back(ToJson(query));
  return json.dump() + "\n";
}

Result<PlaceAnswers> Decode(const std::string& text, const TransferWorld& world,
                            const PlaceKey& key, const std::string& file) {
  const auto json = OpenStudyFile(text, SettingsJson(world, {key.place}), file, kAnswersFile);
  if (!json) return json.error();
  PlaceAnswers answers;
  FigureReader reader(*json);
  reader("unsafe_answers", answers.unsafe_answers,
         {.least = 0.0, .most = static_cast<double>(world.settings.answers)});
  reader.Expect(json->contains("asked") && (*json)["asked"].is_array() &&
                    (*json)["asked"].size() == static_cast<std::size_t>(world.settings.answers),
                "it does not have so many answers");
  if (!reader.problem().empty()) return DamagedStudyFile(file, reader.problem());
  for (const nlohmann::json& query : (*json)["asked"]) {
    if (Read(query, answers.asked.emplace_back())) continue;
    return DamagedStudyFile(file, "one of its clips is none");
  }
  return answers;
}

Status KeepModels(const TransferWorld& world, const PlaceKey& key, const SimulatedSitting& sitting,
                  const KeepGoing& keep_going) {
  const auto labels = sitting.Labels();
  if (!labels) return labels.error();
  if (!HasBothVerdicts(*labels)) return {};  // nothing to learn
  for (const TransferInputs inputs : {TransferInputs::kFull, TransferInputs::kWorld}) {
    const auto model = FitTransferModel(world, key, inputs, *labels, keep_going);
    if (!model) return model.error();
    const auto file = world.folder / ModelFileOf(world, {key.place, key.place, key.seed}, inputs);
    if (Status kept = WriteWholeFile(file, (*model)->Encode()); !kept) return kept;
  }
  return {};
}

Result<PlaceAnswers> Gather(const TransferWorld& world, const PlaceKey& key,
                            const KeepGoing& keep_going) {
  auto sitting = SitDown(world, key, keep_going);
  if (!sitting) return sitting.error();
  auto answers = Ask(world.settings, key.seed, keep_going, *sitting);
  if (!answers) return answers;
  if (Status kept = KeepModels(world, key, *sitting, keep_going); !kept) return kept.error();
  return answers;
}

}  // namespace

Result<PlaceAnswers> AnswersOf(const TransferWorld& world, const PlaceKey& key,
                               const KeepGoing& keep_going) {
  const std::filesystem::path file = world.folder / FileNameOf(world, key);
  if (std::filesystem::exists(file)) {
    const auto text = ReadWholeFile(file, kMostAnswerBytes);
    if (!text) return text.error();
    return Decode(*text, world, key, file.string());
  }
  auto answers = Gather(world, key, keep_going);
  if (!answers) return answers;
  if (Status kept = WriteWholeFile(file, Encode(*answers, world, key)); !kept) {
    return kept.error();
  }
  return answers;
}

Result<agents::LabelSet> LabelsOf(const TransferWorld& world, const PlaceKey& key,
                                  const PlaceAnswers& answers, int count,
                                  const KeepGoing& keep_going) {
  auto sitting = SitDown(world, key, keep_going);
  if (!sitting) return sitting.error();
  for (int i = 0; i < count; ++i) {
    const agents::Query& query = answers.asked[static_cast<std::size_t>(i)];
    const auto episode =
        std::ranges::find(sitting->episodes(), query.first.episode, &StudyEpisode::id);
    if (episode == sitting->episodes().end() || query.first.last >= episode->steps()) {
      return DamagedStudyFile((world.folder / FileNameOf(world, key)).string(),
                              "one of its clips is none of the pool's");
    }
    sitting->Ask(query);
  }
  return sitting->Labels();
}

Result<agents::CostModelPtr> FitTransferModel(const TransferWorld& world, const PlaceKey& key,
                                              TransferInputs inputs, const agents::LabelSet& labels,
                                              const KeepGoing& keep_going) {
  agents::CostModelSettings fit;
  fit.signature = world.stages[key.place].signature;
  fit.seed = key.seed + 1U;
  fit.workers = 1;  // jobs are spread over the workers
  fit.inputs =
      inputs == TransferInputs::kFull ? agents::InputChoice::kFull : agents::InputChoice::kWorld;
  return agents::FitCostModel(labels, fit, CostModelId{1}, [&](double) { return keep_going(); });
}

Result<agents::LabelSet> JoinLabels(const sim::ObservationSignature& source,
                                    const agents::LabelSet& of_source,
                                    const sim::ObservationSignature& target,
                                    const agents::LabelSet& of_target) {
  const auto unneeded = agents::LeftOut(agents::InputChoice::kWorld, target);
  if (!unneeded) return unneeded.error();
  const auto view = OtherView::Create(source, target, *unneeded);
  if (!view) return BadInput("What was observed there " + view.error().message + ".");
  agents::LabelSet joint;
  joint.observations.resize(target.observation_dim(), of_source.rows() + of_target.rows());
  auto from_source = joint.observations.leftCols(of_source.rows());
  view->Write(of_source.observations, from_source);
  joint.observations.rightCols(of_target.rows()) = of_target.observations;
  joint.points = of_source.points;
  for (agents::TargetPoint point : of_target.points) {
    point.episode.value += kTargetEpisodes;
    joint.points.push_back(point);
  }
  joint.annotators = of_source.annotators;  // the same one in both
  joint.viewed_steps = of_source.viewed_steps + of_target.viewed_steps;
  return joint;
}

}  // namespace lookout::app
