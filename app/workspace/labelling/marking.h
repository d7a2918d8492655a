// Marking: the marks that are being made, and every edit on its way to the project file. A mark
// names the steps that were on screen. Window thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/queries/query.h"
#include "ui/commands.h"
#include "ui/model/mark_store.h"
#include "ui/snapshots.h"

namespace lookout::app {

// What is on screen when a key goes down or up.
struct OnScreen {
  ui::Playhead playhead;
  bool playing = false;  // marks made on a standing picture have no reaction lag
  double speed = 1.0;    // simulated seconds per wall second
  double step_duration_s = 0.02;
  CostModelId model;                     // whose prediction is visible, unless costs are hidden
  std::int64_t policy = 0;               // version of the agent on screen; 0: not a learned one
  bool blind = false;                    // costs and others' marks are hidden
  const agents::Query* asked = nullptr;  // the span that the queue asks about; null: none
};

// A reaction lag in steps of what is on screen: a person who watches at double speed is late by
// twice the simulated time; 0 on a standing picture.
std::int32_t LagSteps(double reaction_lag_s, const OnScreen& on_screen);
// Of what answers no query.
agents::Provenance ProvenanceOf(const OnScreen& on_screen);

class Marking {
 public:
  // `save` gets every journal entry, in order; it must not block.
  explicit Marking(std::function<void(agents::JournalEntry)> save) : save_(std::move(save)) {}

  ui::MarkStore& store() { return store_; }
  const ui::MarkStore& store() const { return store_; }
  // That of the main track first.
  std::span<const ui::OpenMark> open_marks() const { return open_; }
  MarkId selected() const { return selected_; }

  // What an undo (a redo) has just taken back (brought back), unless that was done in this sitting
  // and before one's eyes, in the episode shown: what nobody expects has to be told and shown.
  struct UnseenEdit {
    std::string words;  // "Undid: unsafe, steps 40-52 of episode 7, made yesterday 17:03."
    EpisodeId episode;  // 0: about none
    StepIndex step = 0;
  };
  std::optional<UnseenEdit> NewestUnseenEdit(EpisodeId shown, bool undone) const;

  // True if the set of marks changed.
  bool Handle(const ui::MarkCommand& command, const OnScreen& on_screen);

  // Feedback of another kind than marks: new, or in place of the record of its id.
  void AddRecord(agents::FeedbackRecord record) { Save(store_.AddRecord(std::move(record))); }
  void ReviseRecord(agents::FeedbackRecord record) { Save(store_.ReviseRecord(std::move(record))); }

  // New feedback that one undo takes back; their ids.
  std::vector<MarkId> AddTogether(std::vector<agents::FeedbackRecord> records);

  // Once a frame: open marks follow the playhead, and end when another episode comes on screen.
  // True if that finished a mark.
  bool Follow(const OnScreen& on_screen);

 private:
  // What is known of an open mark besides.
  struct Making {
    std::int32_t lag_steps = 0;          // of pressing
    std::int32_t release_lag_steps = 0;  // and of letting go
    agents::Provenance on_screen;
    std::optional<agents::Query> asked;
    std::int64_t since_ms = 0;
  };

  bool Begin(const ui::BeginMark& command, const OnScreen& on_screen);
  bool End(const ui::EndMark& command);
  bool Cancel(const ui::CancelMark& command);
  void SetDanger(agents::DangerClass danger);
  void SetSeverity(std::int32_t severity);
  // Both of those on that track; no track: of all.
  bool Finish(std::optional<int> track);
  void Forget(std::optional<int> track);
  bool MayStandBeside(int track) const;
  bool Apply(const ui::AddMark& command, const OnScreen& on_screen);
  bool Apply(const ui::ReviseMark& command, const OnScreen& on_screen);
  bool Apply(const ui::DeleteMark& command, const OnScreen& on_screen);
  bool Apply(const ui::WriteNote& command, const OnScreen& on_screen);
  bool Apply(const ui::DrawRegion& command, const OnScreen& on_screen);
  bool Apply(const ui::ReviseRegion& command, const OnScreen& on_screen);
  bool Apply(const ui::ReviseTakeOver& command, const OnScreen& on_screen);
  bool ReviseContent(const agents::FeedbackRecord& before, agents::FeedbackRecord revised,
                     const OnScreen& on_screen);
  bool Save(agents::JournalEntry entry) {
    save_(std::move(entry));
    return true;
  }
  bool SaveAll(std::vector<agents::JournalEntry> entries);

  std::function<void(agents::JournalEntry)> save_;
  ui::MarkStore store_;
  std::vector<ui::OpenMark> open_;
  std::vector<Making> making_;  // of each of them
  agents::DangerClass danger_ = 0;
  MarkId selected_;
};

}  // namespace lookout::app
