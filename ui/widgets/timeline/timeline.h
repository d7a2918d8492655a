// One episode along its steps: reward, cost per kind, predicted against true cost, the marks of
// each annotator, and the playhead. Drag to scrub, wheel to zoom, Shift+wheel or middle drag to
// pan, drag a mark's edge to repair it, Ctrl+drag on a lane to add one. Window thread only.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "agents/feedback/kinds/mark.h"
#include "sim/environment/environment.h"
#include "ui/theme/theme.h"
#include "ui/widgets/plots/decimated_series.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/timeline/timeline_axis.h"

namespace lookout::ui {

// What a mark is: a span that somebody called something, a clip of a pair, whose verdict is by
// comparison with the other one, or steps that a person took over from an agent.
enum class TimelineShape : std::uint8_t { kSpan, kClip, kTakeOver };

// A mark as the timeline draws it.
struct TimelineMark {
  std::int64_t id = 0;  // 0: being made right now
  int lane = 0;         // of TimelineData::lanes
  StepIndex first = 0;
  StepIndex last = 0;
  agents::Verdict verdict = agents::Verdict::kUnsafe;
  agents::DangerClass danger = 0;
  // Of a span: its label once it is shifted back by the lags, drawn as a thin line; none if it lies
  // where the mark does.
  StepIndex judged_first = 0;
  StepIndex judged_last = -1;
  // Its lag of letting go where that is longer than all of it, so that one step is left; else 0.
  std::int32_t outlasting_lag = 0;
  bool saved = true;
  bool editable = true;
  std::int32_t severity = agents::kNoSeverity;  // how bad, 0 to 10; kNoSeverity: not said
  TimelineShape shape = TimelineShape::kSpan;
  std::string_view label;  // its class, what it was compared with, or the record in words
  // Of a take-over: the steps before it that count as unsafe; none if last < first.
  StepIndex led_first = 0;
  StepIndex led_last = -1;

  bool has_lag() const { return judged_last >= judged_first; }
  bool has_lead() const { return led_last >= led_first; }
  StepIndex begin() const { return has_lead() ? led_first : first; }  // of all that is drawn
};

// A row of marks: of an annotator, or a further one of whoever is named above it.
struct TimelineLane {
  std::string_view name;
  ImU32 colour = 0;      // the annotator's
  bool further = false;  // named by what lies on it
  // Of what a Ctrl+drag adds here; nothing: verdict_to_add.
  std::optional<agents::Verdict> adds = {};
};

// A note on a step, as a flag on the ruler.
struct TimelineNote {
  std::int64_t id = 0;
  StepIndex step = 0;
  std::string_view author;
  std::string_view text;
  ImU32 colour = 0;  // of its author
  bool saved = true;
};

// Steps from `first` on, of which the same one decided.
struct TimelineActor {
  StepIndex first = 0;
  std::string_view name;
  ImU32 colour = 0;
  bool overseen = false;  // decided by who stepped in: hatched
};

// One kind of cost: how its row looks, and its running sum over the steps.
struct TimelineCost {
  std::string_view name;
  const char* icon = "";
  ImU32 colour = 0;
  const float* first = nullptr;  // the sum at step 0
  std::size_t stride = 1;        // floats from one step to the next
  std::size_t steps = 0;

  float SoFar(std::size_t step) const { return first[step * stride]; }
};

// How much the step on screen goes by an earlier one, relative to the most.
struct TimelineAttended {
  StepIndex step = 0;
  float share = 0.0F;  // 0 to 1
};

// What to draw; spans live as long as the call.
struct TimelineData {
  std::int64_t episode = 0;  // another number: everything cached is forgotten
  StepIndex steps = 0;       // recorded
  StepIndex extent = 0;      // of the axis: at least the episode's greatest length
  double step_duration_s = 0.02;
  std::span<const float> reward;
  std::span<const float> cost;
  std::span<const float> predicted;
  std::span<const float> spread;
  std::int64_t predicted_by = 0;        // the cost model; another number: these series begin anew
  bool predicted_in_recording = false;  // and not by the present model
  agents::DangerClass predicted_danger = 0;  // of that class alone; another: these begin anew, too
  std::string_view danger_name;              // of that class; empty: in total
  std::span<const TimelineCost> costs;       // a row each
  std::span<const TimelineActor> actors;     // a row, where there are several
  bool costs_hidden = false;  // from who marks: there is no row for predicted and true cost
  std::span<const TimelineLane> lanes;  // rows of annotators, at least one
  std::span<const TimelineNote> notes;
  std::span<const TimelineMark> marks;
  std::span<const TimelineMark> open;                         // being made
  std::optional<std::pair<StepIndex, StepIndex>> asked;       // first and last step of a query
  bool keys_mark = true;                                      // X held marks what is unsafe
  agents::Verdict verdict_to_add = agents::Verdict::kUnsafe;  // by a Ctrl+drag
  // The second of two compared episodes, from its step 0; empty if there is none.
  std::span<const float> ghost_cost;
  std::span<const float> ghost_predicted;
  std::span<const TimelineAttended> attended;  // as bars on the ruler
  StepIndex playhead = 0;
  bool live = true;
  std::int64_t selected = 0;
  // Says more of a step, inside its tooltip; may be empty.
  std::function<void(StepIndex)> read_out_more;
};

struct TimelineDrag {
  enum class Kind : std::uint8_t { kNone, kScrub, kPan, kFirstEdge, kLastEdge, kAdd };
  Kind kind = Kind::kNone;
  std::int64_t mark = 0;
  int lane = 0;
  StepIndex anchor = 0;   // fixed end of the span
  StepIndex current = 0;  // the end under the mouse
  bool moved = false;
};

struct TimelineState {
  TimelineAxis axis;
  DecimatedSeries reward, cost, predicted, spread;
  std::int64_t episode = 0;
  std::tuple<std::int64_t, bool, agents::DangerClass> predictions;  // whose, and of what
  StepIndex last_playhead = 0;
  TimelineDrag drag;
  // For whoever fills TimelineData, kept from frame to frame.
  std::vector<TimelineActor> actors;
  std::vector<TimelineAttended> attended;
  bool shows_attention = false;  // as the view does
  std::vector<TimelineCost> costs;
  std::vector<TimelineLane> lanes;
  std::vector<TimelineNote> notes;
};

// What a person asked for in this frame.
struct TimelineSpan {
  std::int64_t mark = 0;
  int lane = 0;
  StepIndex first = 0;
  StepIndex last = 0;
};
struct TimelineWish {
  std::optional<StepIndex> seek;
  std::optional<std::int64_t> select;  // a mark was clicked
  std::optional<TimelineSpan> revise;  // on release of an edge
  std::optional<TimelineSpan> add;     // on release of a Ctrl+drag
};

// Costs O(pixels x log steps + marks).
TimelineWish Timeline(const char* id, const TimelineData& data, TimelineState& state, ImVec2 size);

// The height at which nothing is squeezed.
float TimelineHeight(std::size_t costs, std::size_t lanes, std::size_t actors, bool costs_hidden);

}  // namespace lookout::ui
