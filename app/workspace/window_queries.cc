// What a window controller does about the queue of queries. Part of window_controller.h.
#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "app/workspace/labelling/coverage.h"
#include "app/workspace/window_controller.h"

namespace lookout::app {
namespace {

// A span is shown with what led to it and what came of it.
constexpr double kLead_s = 1.0;
constexpr double kTail_s = 0.5;
constexpr std::size_t kFewQueries = 6;
// Episodes that are read again from disk for every round of queries.
constexpr std::size_t kMostElsewhere = 200;

StepIndex StepsOf(double seconds, const ui::EpisodeTrack& track) {
  return static_cast<StepIndex>(seconds / track.scene().spec.step_duration_s);
}

}  // namespace

void WindowController::Handle(const ui::QueryCommand& command, const WorkerSnapshots& workers) {
  std::visit(
      [&](const auto& specific) {
        using Specific = std::decay_t<decltype(specific)>;
        if constexpr (std::is_same_v<Specific, ui::AnswerPair> ||
                      std::is_same_v<Specific, ui::GoToError>) {
          Apply(specific, workers);
        } else {
          Apply(specific);
        }
      },
      command);
}

void WindowController::Apply(const ui::GoToQuery& command) {
  WantQueries();
  if (!queries_.Go(command.direction)) return TellNoQueries("No queries", command);
  ShowQuery();
}

void WindowController::Apply(const ui::SkipQuery&) {
  if (!queries_wanted_ || queries_.shown().now() == nullptr) return;
  queries_.SkipCurrent();
  links_.to_project_writer(SaveSetting{kSkippedQueries, queries_.SkippedText()});
  ShowQuery();
}

void WindowController::Apply(const ui::ComparePairs&) {
  WantQueries();
  if (!queries_.GoToPair()) return TellNoQueries("No pairs", ui::ComparePairs{});
  ShowQuery();
}

void WindowController::TellReadOnly(const ui::ProjectSnapshot& project) {
  Notify(ui::NoticeLevel::kWarning, "Marks cannot be kept: the project is read-only (" +
                                        project.read_only_reason +
                                        "). Start with --project FILE to use another one.");
}

// As soon as some are found, what was wished for is done.
void WindowController::TellNoQueries(const std::string& what,
                                     const std::optional<ui::QueryCommand>& wish) {
  const ui::QueriesOnScreen& queries = queries_.shown();
  if (queries.looking || !queries_asked_) {
    when_found_ = wish;  // the panel says that they are being looked for
    return;
  }
  Notify(ui::NoticeLevel::kInfo,
         what + (queries.problem.empty() ? " are open: record and mark a little first."
                                         : ": " + queries.problem + "."));
}

void WindowController::WantQueries() {
  if (std::exchange(queries_wanted_, true)) return;
  FollowFeedback();
}

// Puts the current query on screen.
void WindowController::ShowQuery() {
  const agents::Query* query = queries_.shown().now();
  if (query == nullptr) {
    if (pair_.shown()) Apply(ui::LeavePairs{});
    return TellNoQueries("No more queries", std::nullopt);
  }
  queries_.shown().asked = true;
  if (query->kind == agents::QueryKind::kPair) {
    return EnterPair(query->first, query->second, MarkId{});
  }
  pair_.Leave();
  span_due_ = true;
  LoadIfAbsent(query->first.episode);
}

void WindowController::FollowFeedback() {
  followed_sequence_ = marks().marks().last_sequence();
  followed_episodes_ = episodes_.summaries().size();
  // The figures are about the observation on screen, as the queue is.
  const ObservationShown& shown = fit_material_.shown();
  const std::uint64_t observation = shown.signature.hash();
  std::vector<ui::EpisodeSummary> alike;
  std::set<EpisodeId> ids;
  for (const ui::EpisodeSummary& row : episodes_.summaries()) {
    // Files of old versions do not say what was observed.
    const bool is_alike = row.observation_hash == observation ||
                          (row.observation_hash == 0 && row.environment == shown.environment);
    if (!is_alike) continue;
    alike.push_back(row);
    ids.insert(row.id);
  }
  queries_.Follow(marks().marks(), [&ids](EpisodeId id) { return ids.contains(id); });
  queries_.PutFirst(QueriesAboutAttacks(alike, blind_spots_));
  queries_.shown().coverage = CoverageOf(marks().marks(), alike);
  TellProgress();
}

void WindowController::OnQueries(ProposedQueries proposed) {
  std::string& problem = queries_.shown().problem;
  problem = std::move(proposed.problem);
  if (!problem.empty() && queries_.shown().before > 0) {
    problem =
        "All that is at hand is judged or skipped. Play another episode to its end, or open one of "
        "the list";
  }
  if (proposed.agreement && cost_model_) {
    progress_.NoteAgreement(cost_model_->signature().hash(), *proposed.agreement);
    KeepProgress();
  }
  queries_.Adopt(std::move(proposed.queries));
  if (const auto wish = std::exchange(when_found_, std::nullopt)) Send(*wish);
}

// What labelling still brings, as of now.
void WindowController::TellProgress() {
  queries_.shown().still_brings =
      progress_.InWords(fit_material_.shown().signature.hash(), queries_.audited());
}

void WindowController::KeepProgress() {
  links_.to_project_writer(SaveSetting{kLabellingProgress, progress_.Text()});
  TellProgress();
}

void WindowController::NoteFit(const ui::FitSnapshot& fit) {
  if (fit.model == nullptr || std::exchange(noted_model_, fit.model) == fit.model) return;
  const ObservationKey observation = fit.model->signature().hash();
  if (!progress_.IsNew(observation, fit.model->id())) return;
  std::optional<int> labels;
  if (fit.model->signature() == fit_material_.shown().signature) {
    std::vector<EpisodeId> absent;
    const FitRequest learned = fit_material_.Request(marks().marks(), episodes_, absent);
    labels = static_cast<int>(learned.feedback.size());
  }
  progress_.NoteFit(observation, fit.model->id(), labels, fit.model->report().brier);
  KeepProgress();
}

// A model of a new round is compared with the last round's, which may be of an earlier sitting.
void WindowController::AddStopEvidence(QueryRequest& request) {
  if (!cost_model_) return;
  const auto before = progress_.EndRound(cost_model_->signature().hash(), cost_model_->id());
  if (!before) return;
  if (*before) request.previous_model = links_.find_cost_model(*before);
  KeepProgress();
}

// As soon as few are left, or what they follow from has changed.
void WindowController::AskForQueries(const ui::FitSnapshot& fit) {
  if (queries_.shown().looking || !fit_material_.shows_something() || fit.fitting) return;
  const QueriesAsked asked{cost_model_ ? cost_model_->id() : CostModelId{},
                           marks().marks().last_sequence(), episodes_.summaries().size()};
  const bool few = queries_.shown().open.size() < kFewQueries;
  const bool another_model = !queries_asked_ || queries_asked_->model != asked.model;
  if ((!few && !another_model) || queries_asked_ == asked) return;
  queries_asked_ = asked;
  QueryRequest request{.feedback = {}, .episodes = {}, .model = cost_model_};
  for (const auto& [id, record] : marks().marks().records()) request.feedback.push_back(record);
  const sim::ObservationSignature& signature = fit_material_.shown().signature;
  for (const ui::EpisodeSummary& row : episodes_.summaries()) {
    const ui::EpisodeTrack* track = episodes_.Find(row.id);
    if (track == nullptr || (!track->finished() && !track->header().imported)) continue;
    if (track->scene().spec.signature() != signature) continue;
    request.episodes.push_back({track->scene_ptr(), track->chunks()});
  }
  AddMarkedElsewhere(request);
  AddStopEvidence(request);
  queries_.shown().looking = true;
  links_.propose(std::move(request));
}

// What was judged counts, too, where it is not in memory: the newest of it.
void WindowController::AddMarkedElsewhere(QueryRequest& request) {
  const ui::EpisodeTrack* shown = episodes_.Find(playback_.playhead().episode);
  if (shown == nullptr) return;
  request.spec = shown->scene().spec;
  std::set<EpisodeId> marked;
  for (const agents::FeedbackRecord& record : request.feedback) {
    marked.insert(record.episodes.begin(), record.episodes.end());
  }
  const std::uint64_t observation_hash = request.spec.signature().hash();
  for (const ui::EpisodeSummary& row : episodes_.summaries()) {  // the newest first
    if (request.elsewhere.size() == kMostElsewhere) return;
    if (row.in_memory || row.observation_hash != observation_hash) continue;
    if (marked.contains(row.id)) request.elsewhere.push_back(*HandleOf(episodes_, row.id));
  }
}

// What the answers to audits say of each agent, whenever one more was given or an episode ended.
void WindowController::FollowAudits() {
  const auto finished = static_cast<std::size_t>(
      std::ranges::count_if(episodes_.summaries(), &ui::EpisodeSummary::finished));
  AuditsCounted now{marks().marks().last_sequence(), finished, marks().annotator()};
  if (audits_counted_ == now) return;
  audits_counted_ = std::move(now);
  std::vector<agents::PlayedEpisode> played;
  for (const ui::EpisodeSummary& row : episodes_.summaries()) {
    if (!row.finished && !row.imported) continue;  // broken off: no episode to be charged for
    played.push_back({row.id, row.environment, row.agent, row.steps});
  }
  audits_ = agents::AnsweredAudits(marks().marks().marks(), marks().annotator(), played);
}

// Once a frame.
void WindowController::FollowQueries(const WorkerSnapshots& workers, double elapsed_s) {
  player_plays_ = workers.player.playing;
  pair_.Advance(episodes_, workers.player.target_speed, elapsed_s);
  NoteFit(workers.fit);
  FollowAudits();
  if (!queries_wanted_) return;
  if (followed_sequence_ != marks().marks().last_sequence() ||
      followed_episodes_ != episodes_.summaries().size()) {
    FollowFeedback();
  }
  AskForQueries(workers.fit);
  FollowAskedSpan();
}

// Shows the span as soon as its episode is there, and again and again until it is answered, or the
// person looks elsewhere.
void WindowController::FollowAskedSpan() {
  ui::QueriesOnScreen& queries = queries_.shown();
  const agents::Query* query = queries.now();
  if (query == nullptr || query->kind != agents::QueryKind::kSpan) {
    span_due_ = false;
    return;
  }
  const ui::EpisodeTrack* track = episodes_.Find(query->first.episode);
  if (track == nullptr) return;
  const ui::Playhead& playhead = playback_.playhead();
  const StepIndex end = query->first.last + StepsOf(kTail_s, *track);
  const bool here = !playhead.live && playhead.episode == query->first.episode;
  // A single moment stands still.
  const bool is_moment = query->first.first == query->first.last;
  const bool at_end = !is_moment && here && queries.asked && playhead.replaying &&
                      playhead.step >= end && playhead.step < end + StepsOf(kLead_s, *track) &&
                      marking_.open_marks().empty();
  if (std::exchange(span_due_, false) || at_end) {
    const StepIndex lead = is_moment ? 0 : StepsOf(kLead_s, *track);
    Apply(ui::Seek{query->first.episode, query->first.first - lead});
    playback_.SetReplaying(episodes_, !is_moment);
  } else if (!here) {
    queries.asked = false;
  }
}

}  // namespace lookout::app
