#include "ui/panels/state/keymap.h"

#include <imgui.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "ui/commands.h"
#include "ui/panels/state/window_state.h"
#include "ui/widgets/controls.h"

namespace lookout::ui {
namespace {

// A question mark, wherever the keyboard has it.
bool TypedQuestionMark() {
  const auto& typed = ImGui::GetIO().InputQueueCharacters;
  return std::find(typed.begin(), typed.end(), static_cast<ImWchar>('?')) != typed.end();
}

bool WorksAboveAll(ActionId id) {
  return id == ActionId::kEscape || id == ActionId::kKeys || id == ActionId::kHelp ||
         id == ActionId::kMessages || id == ActionId::kQuit || id == ActionId::kLarger ||
         id == ActionId::kSmaller || id == ActionId::kFullScreen || id == ActionId::kScreenshot;
}

bool GoesByPlace(ActionId id) {
  return id >= ActionId::kDriveForward && id <= ActionId::kDriveRight;
}

// The chord by which the action was asked for in this frame.
std::optional<Chord> Trigger(const Keymap& keymap, const Action& action) {
  const Chord& chord = keymap.chord(action.id);
  if (IsPressed(chord, action.repeats)) return chord;
  if (IsPressed(action.also, action.repeats) && !keymap.IsBound(action.also)) return action.also;
  const bool usual = action.id == ActionId::kKeys && chord == action.chord;
  return usual && TypedQuestionMark() ? std::optional(chord) : std::nullopt;
}

}  // namespace

std::uint8_t ModeBit(const Snapshots& snapshots) {
  if (snapshots.pair != nullptr) return kInPairs;
  switch (snapshots.mode) {
    case InputMode::kView:
      return kInView;
    case InputMode::kDrive:
      return kInDrive;
    case InputMode::kMark:
      return kInMark;
    case InputMode::kOversee:
      return kInOversee;
  }
  return 0;
}

const Action& ActionOf(ActionId id) { return Actions()[static_cast<std::size_t>(id)]; }

std::string WhyNot(ActionId id, const ActionContext& context) {
  const auto why_not = ActionOf(id).why_not;
  return why_not != nullptr ? why_not(context) : std::string();
}

void Perform(ActionId id, const ActionContext& context) {
  std::string reason = WhyNot(id, context);
  if (!reason.empty()) return context.sender.Send(Tell{std::move(reason)});
  if (const auto perform = ActionOf(id).perform) perform(context);
}

Keymap::Keymap() { Reset(); }

void Keymap::Reset() {
  chords_.clear();
  texts_.clear();
  for (const Action& action : Actions()) {
    chords_.push_back(DefaultOf(action));
    texts_.push_back(TextOf(chords_.back()));
  }
}

void Keymap::Bind(ActionId id, const Chord& chord) {
  chords_[static_cast<std::size_t>(id)] = chord;
  texts_[static_cast<std::size_t>(id)] = TextOf(chord);
}

Chord Keymap::DefaultOf(const Action& action) const {
  Chord chord = action.chord;
  const auto placed = placed_.find(chord.key);
  if (GoesByPlace(action.id) && placed != placed_.end()) chord.key = placed->second;
  return chord;
}

void Keymap::SetKeyboard(const KeyboardLayout& keyboard) {
  const std::map<std::string, std::string> bound = overrides();
  labels_ = keyboard.labels();
  placed_.clear();
  for (const Action& action : Actions()) {
    const Key there = keyboard.At(static_cast<int>(action.chord.key));
    if (GoesByPlace(action.id) && there != Key::kNone) placed_[action.chord.key] = there;
  }
  Load(bound);
  for (std::size_t i = 0; i < chords_.size(); ++i) texts_[i] = TextOf(chords_[i]);
}

std::string Keymap::TextOf(const Chord& chord) const {
  const auto printed = labels_.find(chord.key);
  if (printed == labels_.end()) return ChordText(chord);
  const std::string own = ChordText({.key = chord.key});
  const std::string text = ChordText(chord);
  return text.substr(0, text.size() - own.size()) + printed->second;
}

bool Keymap::IsBound(const Chord& chord) const {
  return std::find(chords_.begin(), chords_.end(), chord) != chords_.end();
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
    if (chord(action.id) != DefaultOf(action)) changed[action.name] = ChordText(chord(action.id));
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

void DispatchKeys(const Keymap& keymap, const ActionContext& context, bool modal) {
  if (ImGui::GetIO().WantTextInput) return;
  const std::uint8_t mode = ModeBit(context.snapshots);
  std::vector<Chord> used;
  for (const Action& action : Actions()) {
    if ((action.modes & mode) == 0 || action.perform == nullptr || action.held) continue;
    if (modal && !WorksAboveAll(action.id)) continue;
    const std::optional<Chord> chord = Trigger(keymap, action);
    if (chord && chord->key == Key::kTab && FieldHasFocus()) continue;
    if (!chord || std::find(used.begin(), used.end(), *chord) != used.end()) continue;
    used.push_back(*chord);
    Perform(action.id, context);
  }
}

}  // namespace lookout::ui
