// Projects with episodes and feedback of all kinds, and labels sent through files. Any thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/exchange/labels/label_exchange.h"
#include "app/exchange/labels/label_import.h"
#include "tests/support/project_samples.h"

namespace lookout::test {

inline constexpr int kLabelledSteps = 200;  // of each of the two episodes

// A project with episodes 1 and 2 and no feedback.
std::unique_ptr<app::Project> BlankProject(const std::filesystem::path& path);

// Puts entries of a journal behind those that are there.
class JournalWriter {
 public:
  explicit JournalWriter(app::Project& project);
  MarkId Add(agents::FeedbackRecord record);
  MarkId Add(const agents::Mark& mark) { return Add(RecordOf(mark)); }
  void Revise(agents::FeedbackRecord record);
  void Retract(MarkId id, const std::string& annotator);
  void Undo(const std::string& annotator);
  void Redo(const std::string& annotator);

 private:
  void Append(agents::JournalEntry entry);

  app::Project& project_;
  agents::FeedbackSet set_;
};

// A mark with every field set.
agents::Mark FullMark(EpisodeId episode, StepIndex first, StepIndex last,
                      agents::Verdict verdict = agents::Verdict::kUnsafe,
                      const std::string& annotator = "Ann");

// Whether nothing tells them apart.
bool IsSame(const agents::JournalEntry& a, const agents::JournalEntry& b);

// Feedback of two annotators: spans that touch and overlap, with and without what is optional, a
// pair, a note, edits, what was taken back, and a record that a newer version made.
void WriteFeedback(app::Project& project);

// Marks without their numbers, in order.
std::vector<agents::Mark> MarksOf(app::Project& project);

app::ExportReport ExportTo(const std::filesystem::path& out, app::Project& project,
                           const std::string& format, const std::string& annotator = "");
// now: 99; annotator: "imported".
app::ImportReport ImportFrom(const std::filesystem::path& file, app::Project& project,
                             const std::string& format);
// The causes of all rejected rows with their places, of a text that has to be rejected. Checks that
// the project stays without feedback.
std::string Rejections(const std::string& text, const std::string& format);

}  // namespace lookout::test
