// Keys and chords, and whether they are pressed. Keys carry GLFW's numbers, which is what ImGui
// 1.86's backend and any test put into ImGuiIO::KeysDown; later ImGui versions are mapped.
// Window thread only, but for the text functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lookout::ui {

// Printable keys are their (upper case) ASCII characters.
enum class Key : std::int16_t {
  kNone = 0,
  kSpace = 32,
  kComma = ',',
  kMinus = '-',
  kPeriod = '.',
  kSlash = '/',
  k0 = '0',
  k1 = '1',
  k9 = '9',
  kEqual = '=',
  kA = 'A',
  kD = 'D',
  kG = 'G',
  kI = 'I',
  kL = 'L',
  kN = 'N',
  kO = 'O',
  kP = 'P',
  kQ = 'Q',
  kS = 'S',
  kU = 'U',
  kW = 'W',
  kX = 'X',
  kY = 'Y',
  kZ = 'Z',
  kLeftBracket = '[',
  kRightBracket = ']',
  kEscape = 256,
  kEnter = 257,
  kTab = 258,
  kBackspace = 259,
  kInsert = 260,
  kDelete = 261,
  kRight = 262,
  kLeft = 263,
  kDown = 264,
  kUp = 265,
  kPageUp = 266,
  kPageDown = 267,
  kHome = 268,
  kEnd = 269,
  kF1 = 290,
  kF2 = 291,
  kF3 = 292,
  kF4 = 293,
  kF5 = 294,
  kF6 = 295,
  kF7 = 296,
  kF8 = 297,
  kF9 = 298,
  kF10 = 299,
  kF12 = 301,
  kPadA = 400,  // the buttons of a gamepad, in GLFW's order, behind all its keys
  kPadB,
  kPadX,
  kPadY,
  kPadLeftBumper,
  kPadRightBumper,
  kPadBack,
  kPadStart,
  kPadGuide,
  kPadLeftThumb,
  kPadRightThumb,
  kPadUp,
  kPadRight,
  kPadDown,
  kPadLeft,
};
inline constexpr int kPadButtonCount = 15;

struct Chord {
  Key key = Key::kNone;
  bool ctrl = false;
  bool shift = false;
  bool alt = false;
  bool operator==(const Chord&) const = default;
};

// "Ctrl+Shift+Z", "Space", "←"; empty for no key.
std::string ChordText(const Chord& chord);
// The inverse, also for "Left"; nothing if it names no key.
std::optional<Chord> ParseChord(std::string_view text);

// Went down in this frame with exactly these modifiers (again and again while held, if `repeat`).
bool IsPressed(const Chord& chord, bool repeat = false);
// Is down, whatever the modifiers.
bool IsDown(Key key);
// Any key that went down in this frame, with its modifiers; for rebinding.
std::optional<Chord> PressedChord();

}  // namespace lookout::ui
