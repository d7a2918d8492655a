// What a window controller does about pairs of clips. Part of window_controller.h.
#include <optional>
#include <utility>

#include "agents/feedback/kinds/preference.h"
#include "agents/feedback/queries/answer.h"
#include "app/workspace/window_controller.h"

namespace lookout::app {
namespace {

// How much more a pair weighs of which somebody is quite sure.
constexpr double kClearly = 2.0;

double ShareSaid(ui::SaferClip safer) {
  if (safer == ui::SaferClip::kCannotTell) return 0.5;
  return safer == ui::SaferClip::kFirst ? 1.0 : 0.0;
}

}  // namespace

void WindowController::Apply(const ui::ShowPair& command) {
  const auto& pairs = marks().marks().pairs();
  const auto found = pairs.find(command.answer);
  if (found == pairs.end()) return;
  EnterPair(found->second.first, found->second.second, command.answer);
}

void WindowController::Apply(const ui::LeavePairs&) {
  if (!pair_.shown()) return;
  pair_.Leave();
  queries_.shown().asked = false;
  if (std::exchange(plays_after_pairs_, false)) links_.to_player(ui::SetPlaying{true});
}

void WindowController::EnterPair(const agents::Segment& first, const agents::Segment& second,
                                 MarkId answered) {
  marking_.Handle(ui::EndMark{}, {});
  if (!pair_.shown() && playback_.playhead().live) {
    plays_after_pairs_ = player_plays_;
    links_.to_player(ui::SetPlaying{false});
  }
  playback_.SetReplaying(episodes_, false);
  pair_.Show(first, second, answered);
  LoadIfAbsent(first.episode);
  LoadIfAbsent(second.episode);
  // So that it is there when it is needed.
  if (const agents::Query* next = queries_.PairAfterCurrent()) {
    LoadIfAbsent(next->first.episode);
    LoadIfAbsent(next->second.episode);
  }
}

void WindowController::Apply(const ui::AnswerPair& answer, const WorkerSnapshots& workers) {
  const std::optional<ui::PairOnScreen> pair = pair_.shown();
  if (!pair || !pair->loaded) return;
  if (workers.project.read_only) return TellReadOnly(workers.project);
  agents::FeedbackRecord record{.id = pair->answered,
                                .episodes = {},
                                .kind = {},
                                .content = {},
                                .annotator = marks().annotator(),
                                .time_spent_ms = pair_.time_spent_ms(),
                                .on_screen = {.mode = agents::kQueueMode, .blind = answer.blind}};
  if (pair->playing)
    record.on_screen.playback_speed = PairPlayer::SpeedOf(workers.player.target_speed);
  if (!answer.blind && cost_model_) record.on_screen.model = cost_model_->id();
  record.on_screen.policy =
      episodes_.Find(pair->first.episode)->step(pair->first.first).policy_version;
  const agents::Query* query = queries_.Find(pair->first, pair->second);
  if (query != nullptr) record.on_screen = AnswerTo(*query, std::move(record.on_screen));
  SetContent(agents::Preference{.first = pair->first,
                                .second = pair->second,
                                .first_is_safer = ShareSaid(answer.safer),
                                .strength = answer.clearly ? kClearly : 1.0,
                                .note = {}},
             record);
  if (pair->answered) {
    const auto before = marks().marks().records().find(pair->answered);
    if (before != marks().marks().records().end()) {
      record.created_unix_ms = before->second.created_unix_ms;
      record.on_screen.asked_why = before->second.on_screen.asked_why;
      marking_.ReviseRecord(std::move(record));
    }
  } else {
    marking_.AddRecord(std::move(record));
  }
  FollowFeedback();
  SendLabels();
  if (pair->answered || !queries_.GoToPair()) return Apply(ui::LeavePairs{});
  ShowQuery();
}

// What an undo took back is there to be answered otherwise.
void WindowController::ShowUndonePair(bool undone) {
  const auto edit = marking_.NewestUnseenEdit(EpisodeId{}, undone);
  if (edit) Notify(ui::NoticeLevel::kInfo, edit->words);
  FollowFeedback();
  const agents::FeedbackRecord record = marks().NewestEdit().record;
  const Result<agents::Preference> pair = PreferenceOf(record);
  if (!pair) return;
  queries_.GoTo(pair->first, pair->second);
  const bool stays = marks().marks().records().contains(record.id);
  EnterPair(pair->first, pair->second, stays ? record.id : MarkId{});
}

// Whether two clips that are compared take that command; what changes the episode ends them.
bool WindowController::HandledByPair(const ui::PlayerCommand& command) {
  if (const auto* play = std::get_if<ui::SetPlaying>(&command)) {
    pair_.SetPlaying(play->playing);
    return true;
  }
  if (const auto* forward = std::get_if<ui::StepForward>(&command)) {
    pair_.StepBy(forward->steps);
    return true;
  }
  const bool goes_on = std::holds_alternative<ui::SetSpeed>(command) ||
                       std::holds_alternative<ui::DriveInput>(command) ||
                       std::holds_alternative<ui::CancelPairedRollout>(command);
  if (!goes_on) Apply(ui::LeavePairs{});
  return false;
}

}  // namespace lookout::app
