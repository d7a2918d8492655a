// What a format of labels is: its name, what it carries, how it is written and read. A new format
// is one new file with such a value, and a line in label_formats.cc. Constants; any thread.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "agents/feedback/journal/feedback_journal.h"
#include "app/exchange/labels/rows/label_project.h"
#include "app/exchange/labels/rows/label_rows.h"

namespace lookout::app {

// What is to be written: the feedback of a project, or one annotator's, or about one environment.
struct LabelExport {
  LabelProject& project;
  const agents::FeedbackSet& feedback;
  std::string environment = {};  // whose episodes alone; empty: all

  bool Wants(const StoredEpisode& episode) const;
};

// What of feedback a format has a place for, beside spans with their verdict.
struct LabelCarries {
  bool history = false;      // edits, and what was taken back
  bool other_kinds = false;  // pairs, notes and what newer versions made
  bool origin = false;       // when and while seeing what a mark was made
  bool spans = true;         // each by itself, with its annotator; else the steps' labels alone
};

struct LabelFormat {
  std::string_view name;       // on the command line; stays what it is for ever
  std::string_view extension;  // of its files: ".csv"
  std::string_view what;       // for a person, in a few words
  LabelCarries carries;
  bool one_file_per_episode = false;  // in a folder, which is what is written and read then
  // Writes the file or folder, which is not there yet. Rejects (kBadInput) what the format cannot
  // hold.
  Status (*write)(const LabelExport& labels, const std::filesystem::path& out);
  // Puts every row of the text into `rows`, rejected or not. file: its name. Null: the format is
  // only written.
  void (*read)(std::string_view text, std::string_view file, LabelRows& rows);
};

extern const LabelFormat kJsonlLabels;
extern const LabelFormat kCsvLabels;
extern const LabelFormat kLabelStudioLabels;
extern const LabelFormat kBorisLabels;
extern const LabelFormat kElanLabels;
extern const LabelFormat kMinariLabels;
extern const LabelFormat kDsrlLabels;

// All that there are, the lossless one first.
std::span<const LabelFormat* const> LabelFormats();

// Rejects (kUsage) a name that no format has; with `to_read`, also of those that are only written.
Result<const LabelFormat*> FindLabelFormat(std::string_view name, bool to_read);

}  // namespace lookout::app
