// Labels of any format made of any bytes: refused row by row, or feedback that a project takes.
#include <cstdint>
#include <string>
#include <vector>

#include "app/exchange/labels/feedback_merge.h"
#include "app/exchange/labels/rows/label_format.h"
#include "app/project/files/durable_file.h"
#include "app/project/project.h"
#include "sim/base/check.h"
#include "sim/config/config.h"
#include "sim/recording/recording.h"
#include "tests/support/fuzz_seeds.h"

namespace {

using namespace lookout;  // NOLINT: a program of its own

// Episode 1 has 100 steps, of which none is recorded with what it observed.
struct Study {
  Study()
      : folder(app::TemporaryFolder::Create().value()),
        project(app::Project::Open(folder.path() / "fuzz.lookout", app::ProjectAccess::kReadWrite)
                    .value()) {
    sim::EpisodeHeader header{.id = {1}};
    header.config = sim::ConfigForId("Safexp-PointGoal1-v0").value();
    LOOKOUT_CHECK(project->SaveEpisode(header).ok(), "an episode is saved");
    for (StepIndex first = 0; first < 100; first += 50) {
      const sim::RecordingChunk chunk{{1}, first, std::vector<sim::StepRecord>(50)};
      LOOKOUT_CHECK(project->SaveChunk(chunk).ok(), "its steps are saved");
    }
  }
  app::TemporaryFolder folder;
  std::unique_ptr<app::Project> project;
};

void Check(const app::LabelFormat& format, std::string_view text, app::LabelProject& project) {
  app::LabelRows rows(project, "fuzz");
  format.read(text, "episode-1.eaf", rows);
  const agents::FeedbackSet none;
  const app::MergePlan plan = format.carries.history ? app::PlanMerge(none, rows.TakeJournal())
                                                     : app::PlanAdditions(none, rows.marks(), 1);
  agents::FeedbackSet set;
  for (const agents::JournalEntry& entry : plan.entries) {
    LOOKOUT_CHECK(set.Apply(entry).ok(), "what is appended continues the journal");
  }
}

}  // namespace

std::vector<std::string> FuzzSeeds() {
  return {
      R"({"format": "lookout-feedback", "version": 1, "episodes": [{"id": 1, "seed": 0}]}
{"annotator":"A","content":{"danger":0,"first_step":1,"last_step":9,"note":"","reaction_lag_steps":0,"severity":-1,"verdict":"unsafe"},"created_unix_ms":1,"episodes":[1],"kind":"span","op":"add","record":1,"sequence":1,"unix_ms":5,"version":1,"by":"A"}
{"op":"undo","sequence":2,"target":1,"by":"A"}
{"op":"redo","sequence":3,"target":1,"by":"A"}
{"op":"retract","record":1,"sequence":4,"by":"A"}
)",
      "episode,first_step,last_step,verdict,note,blind,start_s,end_s\n"
      "1,0,9,unsafe,\"a \"\"b\"\"\nc\",true,,\n1,,,safe,,,0.1,0.3\n",
      R"([{"data": {"episode": 1}, "annotations": [{"completed_by": 3, "result": [{"type": "timelinelabels",
"meta": {"annotator": "A", "text": ["severity 3, lag 2; a"]}, "value": {"ranges": [{"start": 1, "end": 9}], "timelinelabels": ["unsafe 2"]}}]}]}])",
      R"({"behaviors_conf": {"0": {"type": "Point event", "code": "safe"}}, "observations": {"episode 1": {"events":
[[0.1, "A", "unsafe 2", "", "lag 3; a"], [0.2, "A", "safe", "", ""], [0.3, "A", "unsafe 2", "", ""]]}}})",
      R"(<?xml version="1.0"?><ANNOTATION_DOCUMENT><HEADER TIME_UNITS="milliseconds"><PROPERTY NAME="lookout.episode">1</PROPERTY></HEADER>
<TIME_ORDER><TIME_SLOT TIME_SLOT_ID="t1" TIME_VALUE="20"/><TIME_SLOT TIME_SLOT_ID="t2"/><TIME_SLOT TIME_SLOT_ID="t3" TIME_VALUE="400"/></TIME_ORDER>
<TIER TIER_ID="unsafe 2 | A" ANNOTATOR="A"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a" TIME_SLOT_REF1="t1" TIME_SLOT_REF2="t2">
<ANNOTATION_VALUE>severity 3; a</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>)"};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Study study;
  app::LabelProject project = app::LabelProject::Open(*study.project).value();
  for (const app::LabelFormat* format : app::LabelFormats()) {
    if (format->read == nullptr) continue;
    Check(*format, {reinterpret_cast<const char*>(data), size}, project);
  }
  return 0;
}
