// What a person did with keyboard and mouse, in order, each with the time and the picture that was
// on screen then; and how much of it one frame of the window can be shown without losing anything.
// Window thread only.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

namespace lookout::app {

struct InputEvent {
  enum class Kind : std::uint8_t { kKey, kButton, kMove, kLeave, kWheel, kCharacter };
  Kind kind = Kind::kMove;
  int code = 0;         // GLFW's number of a key's position or of a button; a character in Unicode
  bool down = false;    // of a key or button
  float x = 0.0F;       // kMove: in the window, its own units; kWheel: notches to the right
  float y = 0.0F;       // likewise downwards; kWheel: away from the person
  double time_s = 0.0;  // of std::chrono::steady_clock
  std::int64_t picture = 0;  // by GlContext::pictures_shown
};

class InputQueue {
 public:
  // Stamps the event with the present time and picture.
  void Add(InputEvent event);
  // From now on that picture is the one that a person reacts to.
  void SetPicture(std::int64_t picture) { picture_ = picture; }

  // Takes the events of one frame: all up to the first that would hide an earlier one from a window
  // that only sees how things stand. So nothing changes after a press, be it only a modifier that
  // is let go; no key or button changes twice; none is pressed in the frame in which the mouse
  // arrived; the mouse does not leave the place of a press before it was seen; and all keys and
  // buttons react to one picture.
  std::vector<InputEvent> TakeFrame();

  bool empty() const { return events_.empty(); }

 private:
  std::deque<InputEvent> events_;
  std::int64_t picture_ = 0;
};

}  // namespace lookout::app
