#include "ui/panels/marks/pair_screen.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>
#include <string_view>

#include "ui/panels/marks/list/pair_words.h"
#include "ui/panels/state/action_button.h"
#include "ui/panels/state/inputs/environment_catalogue.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/halves.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr ImGuiWindowFlags kFixed =
    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;

// Whether this pair has been judged blind so far.
void FollowJudging(const PairOnScreen& pair, WindowState& window) {
  PairJudging& judging = window.judging;
  if (judging.first != pair.first || judging.second != pair.second) {
    judging = {.first = pair.first, .second = pair.second};
  }
  if (!window.settings.blind_pairs) judging.seen = true;
}

void DrawHeading(const ActionContext& context) {
  const PairOnScreen& pair = *context.snapshots.pair;
  const auto& records = context.snapshots.marks.marks().pairs();
  const auto said = records.find(pair.answered);
  const float right = ImGui::GetContentRegionAvail().x;
  const float top = ImGui::GetCursorPosY();
  const float buttons = ButtonWidth({.icon = kIconClose, .text = "Leave"}) + Px(8) +
                        ButtonWidth({.icon = kIconView, .text = "Blind"});
  ImGui::SetCursorPosY(top + Px(5));
  const Short answer("Answered: %s",
                     said != records.end() ? PairInWords(said->second).c_str() : "");
  const QueriesOnScreen* queries = context.snapshots.queries;
  const Short done("%lld answered, %lld skipped",
                   static_cast<long long>(queries != nullptr ? queries->answered : 0),
                   static_cast<long long>(queries != nullptr ? queries->skipped : 0));
  const std::array<TextPart, 3> parts{
      {{"Which clip is safer?", 0}, {said != records.end() ? answer.view() : "", 1}, {done, 2}}};
  TextParts(parts, right - buttons - Px(12));
  ImGui::SameLine(ImGui::GetCursorStartPos().x + right - buttons);
  ImGui::SetCursorPosY(top);
  bool& blind = context.window.settings.blind_pairs;
  if (Button({.id = "blind_pairs",
              .icon = kIconView,
              .text = "Blind",
              .look = ButtonLook::kGhost,
              .selected = blind,
              .tooltip = blind ? "Costs and names are hidden, so that they do not sway you: click "
                                 "to see them"
                               : "Hides costs and names, so that they do not sway you"})) {
    blind = !blind;
  }
  ImGui::SameLine(0.0F, Px(8));
  ActionButton(ActionId::kEscape, context,
               {.icon = kIconClose, .text = "Leave", .tooltip = "Back to the view"});
}

// The cost over the clip, by its running sum; nothing if that is not known.
std::optional<double> SumOver(const std::vector<float>& so_far, const agents::Segment& clip) {
  if (clip.last >= static_cast<StepIndex>(so_far.size())) return std::nullopt;
  const float before = clip.first > 0 ? so_far[static_cast<std::size_t>(clip.first - 1)] : 0.0F;
  return so_far[static_cast<std::size_t>(clip.last)] - before;
}

bool IsPredicted(const EpisodeTrack& track, const agents::Segment& clip) {
  return clip.last < static_cast<StepIndex>(track.predicted_cost.size()) &&
         std::isfinite(track.predicted_cost[static_cast<std::size_t>(clip.last)]);
}

// What is known of a clip, below its picture; blind, only how far it has been played.
void DrawCaption(const ActionContext& context, const agents::Segment& clip, const Rect& rect) {
  const PairOnScreen& pair = *context.snapshots.pair;
  const EpisodeTrack* track = context.snapshots.episodes.Find(clip.episode);
  ImGui::SetCursorScreenPos({rect.min.x + Px(8), rect.min.y + Px(3)});
  const float width = rect.width() - Px(16);
  if (track == nullptr) return TextMuted("Loading\xE2\x80\xA6");
  const double step_s = track->scene().spec.step_duration_s;
  const Short time("%.1f of %.1f s", (pair.StepOf(clip) - clip.first + 1) * step_s,
                   PairOnScreen::Length(clip) * step_s);
  if (context.window.settings.blind_pairs) {
    const std::array<TextPart, 1> parts{{{time, 0}}};
    return TextParts(parts, width, CurrentTheme().text_muted);
  }
  const std::string_view environment = ShortEnvironmentName(track->header().config.id);
  const ActorSpan* actor = track->ActorAt(std::max(1, clip.first));
  const Short episode("episode %lld, %.1f s", static_cast<long long>(clip.episode.value),
                      clip.first * step_s);
  Short rule, predicted;
  if (const auto cost = SumOver(track->cost_so_far, clip)) rule = Short("cost %.0f", *cost);
  if (const auto cost = SumOver(track->predicted_so_far, clip); cost && IsPredicted(*track, clip)) {
    predicted = Short("predicted %.1f", *cost);
  }
  const std::array<TextPart, 6> parts{
      {{environment, 3},
       {actor != nullptr ? std::string_view(actor->name) : std::string_view(track->header().agent),
        1},
       {episode, 2},
       {time, 0},
       {rule, 4},
       {predicted, 5}}};
  TextParts(parts, width, CurrentTheme().text_muted);
}

// The words beside the keys: all, those that name the clips, or none.
enum class Wording { kWhole, kShort, kKeys };

struct AnswerButton {
  ActionId id;
  const char* words;
  const char* in_short = "";
  bool key_last = false;
};

constexpr std::array<AnswerButton, 6> kAnswers{
    {{ActionId::kFirstSafer, "Left is safer", "Left"},
     {ActionId::kFirstClearlySafer, "clearly"},
     {ActionId::kCannotTell, "Cannot tell"},
     {ActionId::kSkipQuery, "Skip"},
     {ActionId::kSecondClearlySafer, "clearly", "", true},
     {ActionId::kSecondSafer, "Right is safer", "Right", true}}};

Short TextOf(const AnswerButton& answer, const Keymap& keymap, Wording wording) {
  const std::string& key = keymap.text(answer.id);
  if (key.empty()) return Short("%s", answer.words);
  const std::string_view words = wording == Wording::kWhole   ? answer.words
                                 : wording == Wording::kShort ? answer.in_short
                                                              : "";
  if (words.empty()) return Short("%s", key.c_str());
  return answer.key_last ? Short("%s  %s", words.data(), key.c_str())
                         : Short("%s  %s", key.c_str(), words.data());
}

using AnswerWidths = std::array<float, kAnswers.size()>;

AnswerWidths WidthsOf(const Keymap& keymap, Wording wording) {
  AnswerWidths widths{};
  for (std::size_t i = 0; i < kAnswers.size(); ++i) {
    widths[i] = ButtonWidth(
        {.icon = ActionOf(kAnswers[i].id).icon, .text = TextOf(kAnswers[i], keymap, wording)});
  }
  return widths;
}

// The most words that there is room for.
Wording WordingFor(const Keymap& keymap, float gap, float room) {
  for (const Wording wording : {Wording::kWhole, Wording::kShort}) {
    const AnswerWidths widths = WidthsOf(keymap, wording);
    const float gaps = gap * static_cast<float>(widths.size() - 1);
    if (std::accumulate(widths.begin(), widths.end(), gaps) <= room) return wording;
  }
  return Wording::kKeys;
}

// The answers below the clips that they name, with their keys; in a narrow window less of words.
void DrawAnswers(const ActionContext& context, const Rect& rect) {
  const Keymap& keymap = context.window.keymap;
  const float gap = Px(6);
  const Wording wording = WordingFor(keymap, gap, rect.width() - Px(16));
  const AnswerWidths widths = WidthsOf(keymap, wording);
  const float y = rect.min.y + Px(4);
  const float middle = (rect.min.x + rect.max.x - widths[2] - widths[3] - gap) * 0.5F;
  const std::array<float, kAnswers.size()> lefts{rect.min.x + Px(8),
                                                 rect.min.x + Px(8) + widths[0] + gap,
                                                 middle,
                                                 middle + widths[2] + gap,
                                                 rect.max.x - Px(8) - widths[5] - gap - widths[4],
                                                 rect.max.x - Px(8) - widths[5]};
  for (std::size_t i = 0; i < kAnswers.size(); ++i) {
    const bool chosen = i == 0 || i == 5;
    ImGui::SetCursorScreenPos({lefts[i], y});
    ActionButton(kAnswers[i].id, context,
                 {.text = TextOf(kAnswers[i], keymap, wording),
                  .look = chosen ? ButtonLook::kPrimary : ButtonLook::kNormal,
                  .width = widths[i]});
  }
}

// How far the clips have come, as a thin line under the pictures.
void DrawProgress(const PairOnScreen& pair, const Rect& rect) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float share = std::min(
      1.0F, static_cast<float>(pair.moment + 1) / static_cast<float>(std::max(1, pair.length())));
  list.AddRectFilled(rect.min, rect.max, CurrentTheme().raised_active);
  list.AddRectFilled(rect.min, {rect.min.x + share * rect.width(), rect.max.y},
                     CurrentTheme().playhead);
}

void DrawPictures(const Rect& rect, const ActionContext& context,
                  const ViewportCallback& draw_view) {
  if (rect.width() < 2.0F || rect.height() < 2.0F) return;
  const ScopedRegion region("view##region", rect, CurrentTheme().background, {0, 0}, kFixed);
  draw_view(rect);
  const PairOnScreen& pair = *context.snapshots.pair;
  const auto halves = HalvesOf(rect, Px(2));
  for (std::size_t i = 0; i < halves.size(); ++i) {
    const agents::Segment& clip = i == 0 ? pair.first : pair.second;
    const EpisodeTrack* track = context.snapshots.episodes.Find(clip.episode);
    const bool bare = pair.loaded && track != nullptr && track->scene().model == nullptr;
    if (pair.loaded && !bare) continue;
    DrawText(*ImGui::GetWindowDrawList(), {halves[i].min.x + Px(12), halves[i].min.y + Px(12)},
             halves[i].width() - Px(24), CurrentTheme().text_muted,
             bare ? "Recorded without the simulator's state: there is no picture"
                  : "Loading\xE2\x80\xA6");
  }
}

}  // namespace

void DrawPairScreen(const Rect& rect, const ActionContext& context,
                    const ViewportCallback& draw_view) {
  const PairOnScreen& pair = *context.snapshots.pair;
  FollowJudging(pair, context.window);
  const float top = std::min(Px(42), rect.height() * 0.2F);
  const float low = std::min(Px(72), rect.height() * 0.4F);
  const Rect head{rect.min, {rect.max.x, rect.min.y + top}};
  const Rect foot{{rect.min.x, rect.max.y - low}, rect.max};
  {
    const ScopedRegion region("pair_head##region", head, CurrentTheme().panel, {Px(14), Px(6)},
                              kFixed);
    DrawHeading(context);
  }
  DrawPictures({{rect.min.x, head.max.y}, {rect.max.x, foot.min.y}}, context, draw_view);
  const ScopedRegion region("pair_foot##region", foot, CurrentTheme().panel, {0, 0}, kFixed);
  const float line = foot.min.y + Px(3);
  DrawProgress(pair, {foot.min, {foot.max.x, line}});
  const auto captions = HalvesOf({{foot.min.x, line}, {foot.max.x, line + Px(26)}}, Px(2));
  DrawCaption(context, pair.first, captions[0]);
  DrawCaption(context, pair.second, captions[1]);
  DrawAnswers(context, {{foot.min.x, line + Px(28)}, foot.max});
}

}  // namespace lookout::ui
