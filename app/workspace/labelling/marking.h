// Marking: the mark that is being made, and every edit on its way to the project file. A mark names
// the steps that were on screen. Window thread only.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

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
  CostModelId model;        // whose prediction is visible, unless costs are hidden
  std::int64_t policy = 0;  // version of the agent on screen; 0: not a learned one
  bool blind = false;       // costs and others' marks are hidden
  bool asked = false;       // a query of the queue is about it
};

// A reaction lag in steps of what is on screen: a person who watches at double speed is late by
// twice the simulated time; 0 on a standing picture.
std::int32_t LagSteps(double reaction_lag_s, const OnScreen& on_screen);
agents::Provenance ProvenanceOf(const OnScreen& on_screen);

class Marking {
 public:
  // `save` gets every journal entry, in order; it must not block.
  explicit Marking(std::function<void(agents::JournalEntry)> save) : save_(std::move(save)) {}

  ui::MarkStore& store() { return store_; }
  const ui::MarkStore& store() const { return store_; }
  const std::optional<ui::OpenMark>& open_mark() const { return open_; }
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

  // Once a frame: an open mark follows the playhead, and ends when another episode comes on screen.
  // True if that finished a mark.
  bool Follow(const OnScreen& on_screen);

 private:
  void Begin(const ui::BeginMark& command, const OnScreen& on_screen);
  bool End(const ui::EndMark& command);
  bool Finish();
  bool Apply(const ui::AddMark& command, const OnScreen& on_screen);
  bool Apply(const ui::ReviseMark& command, const OnScreen& on_screen);
  bool Apply(const ui::DeleteMark& command, const OnScreen& on_screen);
  bool Apply(const ui::WriteNote& command, const OnScreen& on_screen);
  bool Apply(const ui::DrawRegion& command, const OnScreen& on_screen);
  bool Apply(const ui::ReviseRegion& command, const OnScreen& on_screen);
  bool Apply(const ui::ReviseTakeOver& command, const OnScreen& on_screen);
  bool ReviseContent(const agents::FeedbackRecord& before, agents::FeedbackRecord revised,
                     const OnScreen& on_screen);
  bool Save(std::optional<agents::JournalEntry> entry);

  std::function<void(agents::JournalEntry)> save_;
  ui::MarkStore store_;
  std::optional<ui::OpenMark> open_;
  std::int32_t open_lag_steps_ = 0;
  agents::Provenance open_provenance_;
  std::int64_t open_since_ms_ = 0;
  agents::DangerClass danger_ = 0;
  MarkId selected_;
};

}  // namespace lookout::app
