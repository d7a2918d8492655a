// Keys and clicks of a person who is faster than the window.
#include "app/platform/input_queue.h"

#include <doctest/doctest.h>

#include <vector>

using lookout::app::InputEvent;
using lookout::app::InputQueue;
using Kind = InputEvent::Kind;

namespace {

InputEvent Key(int code, bool down) { return {.kind = Kind::kKey, .code = code, .down = down}; }
InputEvent Button(bool down) { return {.kind = Kind::kButton, .code = 0, .down = down}; }
InputEvent Move(float x) { return {.kind = Kind::kMove, .x = x}; }

}  // namespace

TEST_CASE("A tap between two frames is down in one frame and up in the next") {
  InputQueue queue;
  queue.Add(Key('X', true));
  queue.Add(Key('X', false));
  const std::vector<InputEvent> first = queue.TakeFrame();
  REQUIRE(first.size() == 1);
  CHECK(first[0].down);
  const std::vector<InputEvent> second = queue.TakeFrame();
  REQUIRE(second.size() == 1);
  CHECK_FALSE(second[0].down);
  CHECK(queue.TakeFrame().empty());
}

TEST_CASE("A quick click followed by a move is pressed and let go where it was") {
  InputQueue queue;
  for (const InputEvent& event : {Move(100), Button(true), Button(false), Move(300), Move(400)}) {
    queue.Add(event);
  }
  std::vector<std::vector<InputEvent>> frames;
  while (!queue.empty()) frames.push_back(queue.TakeFrame());
  REQUIRE(frames.size() == 4);
  CHECK(frames[0].back().x == 100);
  CHECK(frames[1].back().down);
  CHECK_FALSE(frames[2].back().down);
  REQUIRE(frames[3].size() == 2);  // moves are one
  CHECK(frames[3].back().x == 400);
}

TEST_CASE("A modifier is still down in the frame that sees its key go down") {
  constexpr int kAlt = 342;
  InputQueue queue;
  queue.Add(Key(kAlt, true));
  queue.SetPicture(1);  // a picture was shown in between
  for (const InputEvent& event : {Key('1', true), Key(kAlt, false), Key('1', false)}) {
    queue.Add(event);
  }
  bool alt = false;
  bool alt_at_press = false;
  while (!queue.empty()) {
    bool pressed = false;
    for (const InputEvent& event : queue.TakeFrame()) {
      if (event.code == kAlt) alt = event.down;
      pressed = pressed || (event.code == '1' && event.down);
    }
    if (pressed) alt_at_press = alt;
  }
  CHECK(alt_at_press);
  CHECK_FALSE(alt);
}

TEST_CASE("Fast typing keeps every key and every character") {
  InputQueue queue;
  for (const char letter : {'A', 'B', 'A', 'C'}) {
    queue.Add(Key(letter, true));
    queue.Add({.kind = Kind::kCharacter, .code = letter});
    queue.Add(Key(letter, false));
  }
  std::vector<int> typed;
  int presses = 0;
  while (!queue.empty()) {
    for (const InputEvent& event : queue.TakeFrame()) {
      if (event.kind == Kind::kCharacter) typed.push_back(event.code);
      presses += event.kind == Kind::kKey && event.down ? 1 : 0;
    }
  }
  CHECK(typed == std::vector<int>{'A', 'B', 'A', 'C'});
  CHECK(presses == 4);
}

TEST_CASE("One frame reacts to one picture, and times never go back") {
  InputQueue queue;
  queue.SetPicture(7);
  queue.Add(Key('X', true));
  queue.SetPicture(8);
  queue.Add(Key('G', true));
  const std::vector<InputEvent> first = queue.TakeFrame();
  const std::vector<InputEvent> second = queue.TakeFrame();
  REQUIRE(first.size() == 1);
  REQUIRE(second.size() == 1);
  CHECK(first[0].picture == 7);
  CHECK(second[0].picture == 8);
  CHECK(second[0].time_s >= first[0].time_s);
}
