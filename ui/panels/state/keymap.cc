#include "ui/panels/state/keymap.h"

#include <imgui.h>

#include <algorithm>

#include "ui/panels/state/window_state.h"

namespace lookout::ui {
namespace {

// A question mark, wherever the keyboard has it.
bool TypedQuestionMark() {
  const auto& typed = ImGui::GetIO().InputQueueCharacters;
  return std::find(typed.begin(), typed.end(), static_cast<ImWchar>('?')) != typed.end();
}

bool IsTriggered(const Action& action, const Chord& chord) {
  if (IsPressed(chord, action.repeats)) return true;
  return action.id == ActionId::kKeys && chord == action.chord && TypedQuestionMark();
}

}  // namespace

std::uint8_t ModeBit(InputMode mode) {
  switch (mode) {
    case InputMode::kView:
      return kInView;
    case InputMode::kDrive:
      return kInDrive;
    case InputMode::kMark:
      return kInMark;
  }
  return 0;
}

const Action& ActionOf(ActionId id) { return Actions()[static_cast<std::size_t>(id)]; }

Keymap::Keymap() { Reset(); }

void Keymap::Reset() {
  chords_.clear();
  texts_.clear();
  for (const Action& action : Actions()) {
    chords_.push_back(action.chord);
    texts_.push_back(ChordText(action.chord));
  }
}

void Keymap::Bind(ActionId id, const Chord& chord) {
  chords_[static_cast<std::size_t>(id)] = chord;
  texts_[static_cast<std::size_t>(id)] = ChordText(chord);
}

std::vector<ActionId> Keymap::ConflictsOf(ActionId id) const {
  std::vector<ActionId> conflicts;
  for (const Action& other : Actions()) {
    const bool same_mode = (other.modes & ActionOf(id).modes) != 0;
    if (other.id != id && same_mode && chord(other.id) == chord(id)) conflicts.push_back(other.id);
  }
  return conflicts;
}

std::map<std::string, std::string> Keymap::overrides() const {
  std::map<std::string, std::string> changed;
  for (const Action& action : Actions()) {
    if (chord(action.id) != action.chord) changed[action.name] = text(action.id);
  }
  return changed;
}

void Keymap::Load(const std::map<std::string, std::string>& overrides) {
  Reset();
  for (const Action& action : Actions()) {
    const auto found = overrides.find(action.name);
    if (found == overrides.end()) continue;
    if (const auto chord = ParseChord(found->second)) Bind(action.id, *chord);
  }
}

void DispatchKeys(const Keymap& keymap, const ActionContext& context) {
  if (ImGui::GetIO().WantTextInput) return;
  const std::uint8_t mode = ModeBit(context.snapshots.mode);
  std::vector<Chord> used;
  for (const Action& action : Actions()) {
    if ((action.modes & mode) == 0 || action.perform == nullptr) continue;
    const Chord& chord = keymap.chord(action.id);
    if (!IsTriggered(action, chord)) continue;
    if (std::find(used.begin(), used.end(), chord) != used.end()) continue;
    used.push_back(chord);
    action.perform(context);
  }
}

}  // namespace lookout::ui
