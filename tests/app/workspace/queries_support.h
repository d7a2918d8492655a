// A session whose queue of queries has something to ask.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/kinds/preference.h"
#include "agents/feedback/queries/query.h"
#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {

using agents::Query;
using agents::QueryKind;
using agents::Segment;

inline Query Span(std::int64_t episode, StepIndex first, StepIndex last) {
  return {.kind = QueryKind::kSpan, .first = {EpisodeId{episode}, first, last}, .why = {}};
}

inline Query Pair(Segment first, Segment second) {
  return {.kind = QueryKind::kPair, .first = first, .second = second, .why = {}};
}

inline const Segment kLeft{EpisodeId{2}, 10, 39};
inline const Segment kRight{EpisodeId{3}, 50, 99};
inline const Segment kThird{EpisodeId{2}, 60, 89};

// A session with two more episodes in memory, whose queue has two pairs.
struct Asked : Watching {
  Asked() {
    for (const std::int64_t id : {2, 3}) {
      session.OnEpisodeBegan(SceneOf(id));
      session.OnChunk(Steps(id, 0, 120));
    }
    Do(ui::QueryCommand{ui::FillQueries{}});
    session.OnQueries({.queries = {Pair(kLeft, kRight), Pair(kThird, kRight)}, .problem = {}});
    Frame();
  }
  void Answer(ui::AnswerPair answer) { Do(ui::QueryCommand{answer}); }
  agents::Preference Last() { return PreferenceOf(workers.journal().back().record).value(); }
};

// A span of episode 2 is on screen to be judged, drawn by chance.
struct AskedSpan : Asked {
  AskedSpan() {
    Query audit = Span(2, 70, 80);
    audit.reason = agents::QueryReason::kAudit;
    audit.chance = 0.125;
    audit.highest = 0.25F;
    session.OnQueries({.queries = {audit}, .problem = {}});
    Do(ui::QueryCommand{ui::GoToQuery{+1}});
  }
  agents::Provenance Mark(StepIndex first, StepIndex last) {
    Do(ui::MarkCommand{ui::BeginMark{agents::Verdict::kSafe, ui::Moment{EpisodeId{2}, first}}});
    Do(ui::MarkCommand{ui::EndMark{ui::Moment{EpisodeId{2}, last}}});
    return workers.journal().back().record.on_screen;
  }
};

}  // namespace lookout::app
