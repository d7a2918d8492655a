// One episode along its steps: reward, cost per kind, predicted against true cost, the marks of
// each annotator, and the playhead. Drag to scrub, wheel to zoom, Shift+wheel or middle drag to
// pan, drag a mark's edge to repair it, Ctrl+drag on a lane to add one. Window thread only.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "agents/feedback/kinds/mark.h"
#include "sim/environment/environment.h"
#include "ui/theme/theme.h"
#include "ui/widgets/decimated_series.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/timeline_axis.h"

namespace lookout::ui {

// A mark as the timeline draws it.
struct TimelineMark {
  std::int64_t id = 0;  // 0: being made right now
  int lane = 0;
  StepIndex first = 0;
  StepIndex last = 0;
  agents::Verdict verdict = agents::Verdict::kUnsafe;
  std::int32_t lag_steps = 0;  // what fitting will shift it back by, drawn as a thin line
  bool saved = true;
  bool editable = true;
  std::string_view label;  // its class
};

// Steps from `first` on, of which the same one decided.
struct TimelineActor {
  StepIndex first = 0;
  std::string_view name;
  ImU32 colour = 0;
};

using CostsByKind = std::array<float, sim::kCostKindCount>;

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
  std::span<const CostsByKind> cost_by_kind_so_far;
  std::span<const sim::CostKind> cost_kinds;  // a row each
  std::span<const TimelineActor> actors;      // a row, where there are several
  std::span<const std::string_view> lanes;    // annotators, at least one
  std::span<const TimelineMark> marks;
  std::optional<TimelineMark> open;
  agents::Verdict verdict_to_add = agents::Verdict::kUnsafe;  // by a Ctrl+drag
  // The second of two compared episodes, from its step 0; empty if there is none.
  std::span<const float> ghost_cost;
  std::span<const float> ghost_predicted;
  StepIndex playhead = 0;
  bool live = true;
  std::int64_t selected = 0;
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
  std::pair<std::int64_t, bool> predictions;  // whose
  StepIndex last_playhead = 0;
  TimelineDrag drag;
  std::vector<TimelineActor> actors;  // for whoever fills TimelineData, kept from frame to frame
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
float TimelineHeight(std::size_t cost_kinds, std::size_t lanes, std::size_t actors);

}  // namespace lookout::ui
