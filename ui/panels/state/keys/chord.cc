#include "ui/panels/state/keys/chord.h"

#include <fmt/format.h>
#include <imgui.h>

#include <array>
#include <cctype>

namespace lookout::ui {
namespace {

struct NamedKey {
  Key key;
  const char* text;      // as shown
  const char* spelling;  // as written in settings, where it differs
};

constexpr std::array<NamedKey, 15 + kPadButtonCount> kNamedKeys{{
    {Key::kSpace, "Space", "Space"},
    {Key::kEscape, "Esc", "Escape"},
    {Key::kEnter, "Enter", "Return"},
    {Key::kTab, "Tab", "Tab"},
    {Key::kBackspace, "Backspace", "Backspace"},
    {Key::kInsert, "Insert", "Insert"},
    {Key::kDelete, "Delete", "Del"},
    {Key::kRight, "\xE2\x86\x92", "Right"},
    {Key::kLeft, "\xE2\x86\x90", "Left"},
    {Key::kDown, "\xE2\x86\x93", "Down"},
    {Key::kUp, "\xE2\x86\x91", "Up"},
    {Key::kPageUp, "PageUp", "PgUp"},
    {Key::kPageDown, "PageDown", "PgDn"},
    {Key::kHome, "Home", "Home"},
    {Key::kEnd, "End", "End"},
    {Key::kPadA, "Pad A", "Pad A"},
    {Key::kPadB, "Pad B", "Pad B"},
    {Key::kPadX, "Pad X", "Pad X"},
    {Key::kPadY, "Pad Y", "Pad Y"},
    {Key::kPadLeftBumper, "Pad L1", "Pad L1"},
    {Key::kPadRightBumper, "Pad R1", "Pad R1"},
    {Key::kPadBack, "Pad Back", "Pad Back"},
    {Key::kPadStart, "Pad Start", "Pad Start"},
    {Key::kPadGuide, "Pad Guide", "Pad Guide"},
    {Key::kPadLeftThumb, "Pad L3", "Pad L3"},
    {Key::kPadRightThumb, "Pad R3", "Pad R3"},
    {Key::kPadUp, "Pad \xE2\x86\x91", "Pad Up"},
    {Key::kPadRight, "Pad \xE2\x86\x92", "Pad Right"},
    {Key::kPadDown, "Pad \xE2\x86\x93", "Pad Down"},
    {Key::kPadLeft, "Pad \xE2\x86\x90", "Pad Left"},
}};

constexpr std::string_view kPrintable = ",-./=;'[]\\`";

bool IsPrintable(char character) {
  return std::isalnum(static_cast<unsigned char>(character)) != 0 ||
         kPrintable.find(character) != std::string_view::npos;
}

std::string KeyText(Key key) {
  for (const NamedKey& named : kNamedKeys) {
    if (named.key == key) return named.text;
  }
  const int code = static_cast<int>(key);
  if (key >= Key::kF1 && key <= Key::kF12) return fmt::format("F{}", code - 289);
  return code > 32 && code < 127 ? std::string(1, static_cast<char>(code)) : std::string();
}

Key ParseKey(std::string_view text) {
  for (const NamedKey& named : kNamedKeys) {
    if (text == named.text || text == named.spelling) return named.key;
  }
  if (text.size() == 1 && IsPrintable(text[0])) {
    return static_cast<Key>(std::toupper(static_cast<unsigned char>(text[0])));
  }
  if (text.size() >= 2 && text.size() <= 3 && text[0] == 'F') {
    int number = 0;
    for (const char digit : text.substr(1)) {
      if (digit < '0' || digit > '9') return Key::kNone;
      number = number * 10 + (digit - '0');
    }
    if (number >= 1 && number <= 12) return static_cast<Key>(289 + number);
  }
  return Key::kNone;
}

bool StripPrefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

#if IMGUI_VERSION_NUM >= 18700
// A gamepad's, by GLFW's number.
ImGuiKey PadButtonOf(int button) {
  constexpr std::array<ImGuiKey, kPadButtonCount> kPad{
      ImGuiKey_GamepadFaceDown,  ImGuiKey_GamepadFaceRight, ImGuiKey_GamepadFaceLeft,
      ImGuiKey_GamepadFaceUp,    ImGuiKey_GamepadL1,        ImGuiKey_GamepadR1,
      ImGuiKey_GamepadBack,      ImGuiKey_GamepadStart,     ImGuiKey_None,
      ImGuiKey_GamepadL3,        ImGuiKey_GamepadR3,        ImGuiKey_GamepadDpadUp,
      ImGuiKey_GamepadDpadRight, ImGuiKey_GamepadDpadDown,  ImGuiKey_GamepadDpadLeft};
  return kPad[static_cast<std::size_t>(button)];
}

// Named keys of newer ImGui versions, from GLFW's numbers.
ImGuiKey ImGuiKeyOf(Key key) {
  const int code = static_cast<int>(key);
  if (code >= 'A' && code <= 'Z') return static_cast<ImGuiKey>(ImGuiKey_A + (code - 'A'));
  if (code >= '0' && code <= '9') return static_cast<ImGuiKey>(ImGuiKey_0 + (code - '0'));
  if (key >= Key::kF1 && key <= Key::kF12) return static_cast<ImGuiKey>(ImGuiKey_F1 + code - 290);
  switch (code) {
    case ' ':
      return ImGuiKey_Space;
    case ',':
      return ImGuiKey_Comma;
    case '-':
      return ImGuiKey_Minus;
    case '.':
      return ImGuiKey_Period;
    case '/':
      return ImGuiKey_Slash;
    case '=':
      return ImGuiKey_Equal;
    case ';':
      return ImGuiKey_Semicolon;
    case '\'':
      return ImGuiKey_Apostrophe;
    case '[':
      return ImGuiKey_LeftBracket;
    case ']':
      return ImGuiKey_RightBracket;
    case '\\':
      return ImGuiKey_Backslash;
    case '`':
      return ImGuiKey_GraveAccent;
  }
  constexpr std::array<ImGuiKey, 14> kFromEscape{
      ImGuiKey_Escape,    ImGuiKey_Enter,   ImGuiKey_Tab,        ImGuiKey_Backspace,
      ImGuiKey_Insert,    ImGuiKey_Delete,  ImGuiKey_RightArrow, ImGuiKey_LeftArrow,
      ImGuiKey_DownArrow, ImGuiKey_UpArrow, ImGuiKey_PageUp,     ImGuiKey_PageDown,
      ImGuiKey_Home,      ImGuiKey_End};
  if (key >= Key::kPadA && key <= Key::kPadLeft) return PadButtonOf(code - 400);
  const int offset = code - 256;
  return offset >= 0 && offset < 14 ? kFromEscape[static_cast<std::size_t>(offset)] : ImGuiKey_None;
}
bool WentDown(Key key, bool repeat) { return ImGui::IsKeyPressed(ImGuiKeyOf(key), repeat); }
bool HeldDown(Key key) { return ImGui::IsKeyDown(ImGuiKeyOf(key)); }
#else
bool WentDown(Key key, bool repeat) { return ImGui::IsKeyPressed(static_cast<int>(key), repeat); }
bool HeldDown(Key key) { return ImGui::IsKeyDown(static_cast<int>(key)); }
#endif

}  // namespace

std::string ChordText(const Chord& chord) {
  const std::string key = KeyText(chord.key);
  if (key.empty()) return {};
  std::string text;
  if (chord.ctrl) text += "Ctrl+";
  if (chord.alt) text += "Alt+";
  if (chord.shift) text += "Shift+";
  return text + key;
}

std::optional<Chord> ParseChord(std::string_view text) {
  Chord chord;
  chord.ctrl = StripPrefix(text, "Ctrl+");
  chord.alt = StripPrefix(text, "Alt+");
  chord.shift = StripPrefix(text, "Shift+");
  chord.key = ParseKey(text);
  if (chord.key == Key::kNone) return std::nullopt;
  return chord;
}

bool IsPressed(const Chord& chord, bool repeat) {
  if (chord.key == Key::kNone) return false;
  const ImGuiIO& io = ImGui::GetIO();
  return chord.ctrl == io.KeyCtrl && chord.shift == io.KeyShift && chord.alt == io.KeyAlt &&
         WentDown(chord.key, repeat);
}

bool IsDown(Key key) { return key != Key::kNone && HeldDown(key); }

std::optional<Chord> PressedChord() {
  const ImGuiIO& io = ImGui::GetIO();
  const auto pressed = [&io](Key key) -> std::optional<Chord> {
    if (!WentDown(key, false)) return std::nullopt;
    return Chord{key, io.KeyCtrl, io.KeyShift, io.KeyAlt};
  };
  for (int code = 32; code < 127; ++code) {
    if (code != 32 && !IsPrintable(static_cast<char>(code))) continue;
    if (code >= 'a' && code <= 'z') continue;
    if (auto chord = pressed(static_cast<Key>(code))) return chord;
  }
  for (const NamedKey& named : kNamedKeys) {
    if (auto chord = pressed(named.key)) return chord;
  }
  for (int code = 290; code <= 301; ++code) {
    if (auto chord = pressed(static_cast<Key>(code))) return chord;
  }
  return std::nullopt;
}

}  // namespace lookout::ui
