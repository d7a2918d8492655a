#include "ui/panels/state/keys/keyboard_layout.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <string_view>

namespace lookout::ui {
namespace {

constexpr std::string_view kSigns = ",-./=;'[]\\`";
// Beside the left Shift and elsewhere, on keyboards that have more keys than a US one.
constexpr int kFurtherKeys[] = {161, 162};
constexpr int kKeypad0 = 320;
constexpr int kKeypadMinus = 333;
constexpr int kKeypadPlus = 334;

bool IsLetter(int code) { return code >= 'A' && code <= 'Z'; }
bool IsSign(int code) {
  return code > 0 && code < 127 && kSigns.find(static_cast<char>(code)) != std::string_view::npos;
}

// The keymap's letter or sign of that name, or kNone.
Key KeyPrinted(const std::string& name) {
  if (name.size() != 1) return Key::kNone;
  const int code = std::toupper(static_cast<unsigned char>(name[0]));
  return IsLetter(code) || IsSign(code) ? static_cast<Key>(code) : Key::kNone;
}

template <typename Visit>
void ForEachPrinting(Visit visit) {
  for (int code = 'A'; code <= 'Z'; ++code) visit(code);
  for (const char sign : kSigns) visit(static_cast<int>(sign));
  for (const int code : kFurtherKeys) visit(code);
}

}  // namespace

KeyboardLayout::KeyboardLayout() { Assign(); }

bool KeyboardLayout::Read(const Printed& printed) {
  bool changed = false;
  ForEachPrinting([&](int position) {
    const char* name = printed(position);
    const std::string_view now = name == nullptr ? std::string_view() : std::string_view(name);
    std::string& before = printed_[position];
    if (before == now) return;
    before = now;
    changed = true;
  });
  if (changed) Assign();
  return changed;
}

void KeyboardLayout::Assign() {
  for (int i = 0; i < kPositions; ++i) keys_[static_cast<std::size_t>(i)] = static_cast<Key>(i);
  const auto at = [this](int position) -> Key& {
    return keys_[static_cast<std::size_t>(position)];
  };
  for (int digit = 0; digit <= 9; ++digit) at(kKeypad0 + digit) = static_cast<Key>('0' + digit);
  at(kKeypadMinus) = Key::kMinus;
  at(kKeypadPlus) = Key::kEqual;
  labels_.clear();
  std::set<Key> taken;
  ForEachPrinting([&](int position) {
    at(position) = KeyPrinted(printed_[position]);
    if (at(position) != Key::kNone) taken.insert(at(position));
  });
  ForEachPrinting([&](int position) {
    const Key own = static_cast<Key>(position);
    const bool us = IsLetter(position) || IsSign(position);
    if (at(position) != Key::kNone || !us || taken.contains(own)) return;
    at(position) = own;
    taken.insert(own);
    if (!printed_[position].empty()) labels_[own] = printed_[position];
  });
  // On a German keyboard '/' has no key left, as its place prints '-', and the place of '-' no
  // meaning.
  const auto unreachable = [&taken](int code) { return !taken.contains(static_cast<Key>(code)); };
  ForEachPrinting([&](int position) {
    const auto sign = std::ranges::find_if(kSigns, unreachable);
    if (at(position) != Key::kNone || !IsSign(position) || sign == kSigns.end()) return;
    at(position) = static_cast<Key>(*sign);
    taken.insert(at(position));
    labels_[at(position)] = printed_[position];
  });
}

}  // namespace lookout::ui
