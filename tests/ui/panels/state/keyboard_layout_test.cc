#include "ui/panels/state/keys/keyboard_layout.h"

#include <doctest/doctest.h>

#include <map>
#include <string>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

// What a keyboard prints where it differs from a US one.
using Differences = std::map<int, std::string>;
const Differences kGerman{{'Y', "z"},        {'Z', "y"}, {'-', "\xC3\x9F"}, {'=', "\xC2\xB4"},
                          {'[', "\xC3\xBC"}, {']', "+"}, {'/', "-"},        {';', "\xC3\xB6"},
                          {'\\', "#"},       {161, "<"}, {'\'', "\xC3\xA4"}};
const Differences kFrench{{'Q', "a"}, {'A', "q"}, {'W', "z"}, {'Z', "w"}, {';', "m"},
                          {'M', ","}, {',', ";"}, {'1', "&"}, {'6', "-"}, {'-', ")"}};

KeyboardLayout LayoutOf(const Differences& differences) {
  KeyboardLayout layout;
  layout.Read([&, name = std::string()](int position) mutable -> const char* {
    const auto found = differences.find(position);
    if (found != differences.end()) return found->second.c_str();
    if (position > 126) return nullptr;
    name = static_cast<char>(std::tolower(position));
    return name.c_str();
  });
  return layout;
}

constexpr Key KeyOf(char character) { return static_cast<Key>(character); }

TEST_CASE("a letter belongs to the key that prints it, on every layout") {
  const KeyboardLayout german = LayoutOf(kGerman);
  CHECK(german.At('Y') == Key::kZ);
  CHECK(german.At('Z') == Key::kY);
  CHECK(german.At('/') == Key::kMinus);
  const KeyboardLayout french = LayoutOf(kFrench);
  CHECK(french.At('Q') == Key::kA);
  CHECK(french.At('A') == Key::kQ);
  CHECK(french.At('W') == Key::kZ);
  CHECK(french.At(';') == KeyOf('M'));
  CHECK(french.At('M') == Key::kComma);
  const KeyboardLayout american = LayoutOf({});
  for (int code = 'A'; code <= 'Z'; ++code) CHECK(american.At(code) == static_cast<Key>(code));
  CHECK(american.labels().empty());
}

TEST_CASE("no two keys mean the same letter or sign, and the digits stay in their row") {
  for (const Differences& differences : {Differences(), kGerman, kFrench}) {
    const KeyboardLayout layout = LayoutOf(differences);
    std::map<Key, int> uses;
    for (int position = 32; position < 256; ++position) {
      if (layout.At(position) != Key::kNone) CHECK(++uses[layout.At(position)] == 1);
    }
    for (int digit = '0'; digit <= '9'; ++digit) {
      CHECK(layout.At(digit) == static_cast<Key>(digit));
    }
  }
}

TEST_CASE("a key that prints no sign of the keymap keeps its place, and its print is shown") {
  const KeyboardLayout german = LayoutOf(kGerman);
  CHECK(german.At('[') == Key::kLeftBracket);
  CHECK(german.labels().at(Key::kLeftBracket) == "\xC3\xBC");
  CHECK(german.labels().at(Key::kRightBracket) == "+");
  Keymap keymap;
  keymap.SetKeyboard(german);
  CHECK(keymap.text(ActionId::kPreviousCamera) == "\xC3\xBC");
  CHECK(keymap.text(ActionId::kLarger) == "Ctrl+\xC2\xB4");
  CHECK(keymap.text(ActionId::kUndo) == "Ctrl+Z");
  keymap.Bind(ActionId::kLoop, {.key = Key::kLeftBracket, .shift = true});
  CHECK(keymap.text(ActionId::kLoop) == "Shift+\xC3\xBC");
  CHECK(keymap.overrides().at("loop") == "Shift+[");  // settings are the same on every keyboard
}

TEST_CASE("a sign whose key prints another one gets a key that would mean nothing") {
  const KeyboardLayout german = LayoutOf(kGerman);
  CHECK(german.At('-') == Key::kSlash);  // with Shift it prints the question mark
  Keymap keymap;
  keymap.SetKeyboard(german);
  CHECK(keymap.text(ActionId::kKeys) == "Shift+\xC3\x9F");
}

TEST_CASE("driving goes by the place of its keys, and shows what is printed on them") {
  Keymap keymap;
  keymap.SetKeyboard(LayoutOf(kFrench));
  CHECK(keymap.chord(ActionId::kDriveForward).key == Key::kZ);
  CHECK(keymap.text(ActionId::kDriveForward) == "Z");
  CHECK(keymap.text(ActionId::kDriveLeft) == "Q");
  CHECK(keymap.text(ActionId::kDriveBackward) == "S");
  CHECK(keymap.overrides().empty());  // nobody has bound anything
  for (const Action& action : Actions()) CHECK(keymap.ConflictsOf(action.id).empty());
  keymap.Bind(ActionId::kDriveForward, {.key = KeyOf('I')});
  keymap.SetKeyboard(LayoutOf({}));
  CHECK(keymap.text(ActionId::kDriveForward) == "I");  // as the person wished, on any keyboard
  CHECK(keymap.text(ActionId::kDriveLeft) == "A");
  keymap.Load({});
  CHECK(keymap.text(ActionId::kDriveForward) == "W");
}

TEST_CASE("a keyboard that has not changed is not read twice, and without names it is a US one") {
  KeyboardLayout layout;
  CHECK_FALSE(layout.Read([](int) { return nullptr; }));
  CHECK(layout.At('Q') == Key::kQ);
  CHECK(layout.Read([](int) { return "a"; }));
  CHECK_FALSE(layout.Read([](int) { return "a"; }));
}

TEST_CASE("the keypad has digits, plus and minus") {
  const KeyboardLayout layout;
  CHECK(layout.At(320) == Key::k0);
  CHECK(layout.At(329) == Key::k9);
  CHECK(layout.At(333) == Key::kMinus);
  CHECK(layout.At(334) == Key::kEqual);
  CHECK(layout.At(262) == Key::kRight);
}

TEST_CASE("redo is Ctrl+Y and Ctrl+Shift+Z, unless a person gave that to another action") {
  TestWindow test;
  REQUIRE(test.world.marks.Undo());  // so that there is something to redo
  const Chord also{.key = Key::kZ, .ctrl = true, .shift = true};
  test.driver.Tap(Chord{.key = Key::kY, .ctrl = true});
  CHECK(test.log.Count<Redo>() == 1);
  test.driver.Tap(also);
  CHECK(test.log.Count<Redo>() == 2);
  test.window.state().keymap.Bind(ActionId::kScreenshot, also);
  test.driver.Tap(also);
  CHECK(test.log.Count<Redo>() == 2);
  CHECK(test.log.Count<TakeScreenshot>() == 1);
}

TEST_CASE("quitting asks while something would be lost") {
  TestWindow test;
  const Chord quit{.key = Key::kQ, .ctrl = true};
  test.world.training.state = TrainingState::kRunning;
  test.driver.Tap(quit);
  CHECK(test.log.Count<Quit>() == 0);
  test.driver.Frames(2);
  test.driver.Click("quit_not");
  CHECK(test.driver.Find("quit_anyway") == nullptr);
  test.driver.Tap(quit);
  test.driver.Frames(2);
  test.driver.Click("quit_anyway");
  CHECK(test.log.Count<Quit>() == 1);
  test.driver.Tap(Key::kEscape);

  test.world.training.state = TrainingState::kDone;
  test.log.commands.clear();
  test.world.project.failure = "The disk is full.";
  test.driver.Tap(quit);
  CHECK(test.log.Count<Quit>() == 0);
  test.world.project.failure.clear();  // written after all
  test.driver.Frames(2);
  CHECK(test.log.Count<Quit>() == 1);
}

}  // namespace
}  // namespace lookout::ui
