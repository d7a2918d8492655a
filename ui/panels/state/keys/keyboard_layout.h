// Which key of the keymap each key of the person's keyboard is: the one whose letter is printed on
// it, on any layout. Window thread only.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <string>

#include "ui/panels/state/keys/chord.h"

namespace lookout::ui {

// What is printed on a key where it differs from the key's own name.
using KeyLabels = std::map<Key, std::string>;

class KeyboardLayout {
 public:
  // A key of a US keyboard for every position: GLFW's numbers run to 348.
  static constexpr int kPositions = 349;
  // What the key at a position (GLFW's number of it) prints without modifiers, in UTF-8; nullptr if
  // nothing.
  using Printed = std::function<const char*(int)>;

  KeyboardLayout();

  // Looks at the keyboard; true if it is another one than before. Letters and signs of the keymap
  // belong to the key that prints them. The digits stay in their row, with or without Shift, and
  // keys that print something else keep their US meaning as long as no other key prints that; those
  // that lose it get a sign that no key would have otherwise.
  bool Read(const Printed& printed);

  // kNone: the key has no meaning. Digits, plus and minus of the keypad are the usual ones.
  Key At(int position) const { return keys_[static_cast<std::size_t>(position)]; }
  const KeyLabels& labels() const { return labels_; }

 private:
  void Assign();

  std::array<Key, kPositions> keys_;
  std::map<int, std::string> printed_;  // by position
  KeyLabels labels_;
};

}  // namespace lookout::ui
