// The content of any kind of feedback made of any bytes: refused, or the same after a round trip.
#include <cstdint>
#include <string>
#include <vector>

#include "agents/feedback/kinds/mark.h"
#include "agents/feedback/kinds/note.h"
#include "agents/feedback/kinds/preference.h"
#include "agents/feedback/targets/step_opinions.h"
#include "sim/base/check.h"
#include "tests/support/fuzz_seeds.h"

namespace {

using namespace lookout::agents;  // NOLINT: a program of its own

void Check(FeedbackRecord record) {
  if (!CheckContent(record)) return;
  const std::vector<std::pair<lookout::EpisodeId, lookout::StepIndex>> lengths{{{1}, 1000}};
  StepOpinions opinions(lengths);
  KindOf(record)->tell_targets(record, opinions);
  if (KindOf(record) == &kMarkKind) {
    const Mark mark = MarkOf(record).value();
    LOOKOUT_CHECK(MarkOf(RecordOf(mark)).value() == mark, "a mark survives its record");
  } else if (KindOf(record) == &kNoteKind) {
    const Note note = NoteOf(record).value();
    SetContent(note, record);
    LOOKOUT_CHECK(NoteOf(record).value() == note, "so does a note");
  } else {
    const Preference preference = PreferenceOf(record).value();
    SetContent(preference, record);
    LOOKOUT_CHECK(PreferenceOf(record).value() == preference, "a preference does, too");
  }
}

}  // namespace

std::vector<std::string> FuzzSeeds() {
  FeedbackRecord pair;
  SetContent(Preference{.first = {{1}, 2, 3}, .second = {{1}, 5, 9}, .note = "a"}, pair);
  FeedbackRecord note;
  SetContent(Note{{1}, 4, "odd"}, note);
  const Mark mark{.episode = {1}, .last_step = 9, .note = "\xc3\xa4 \"b\"", .severity = 3};
  return {RecordOf(mark).content, pair.content, note.content};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FeedbackRecord record{.id = {1}, .episodes = {{1}}};
  record.content.assign(reinterpret_cast<const char*>(data), size);
  for (const FeedbackKind* kind : FeedbackKinds()) {
    record.kind = kind->name;
    record.version = kind->version;
    Check(record);
  }
  return 0;
}
