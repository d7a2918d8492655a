// Turns Ctrl-C and SIGTERM into a polite request to stop; the second one ends the program at once.
// Main thread makes it; any thread may ask. One at a time.
#pragma once

#include <string>

#include "sim/base/result.h"

namespace lookout::app {

// A program that a signal ended exits with this and the signal's number, as in a shell.
inline constexpr int kSignalExit = 128;

class StopSignal {
 public:
  StopSignal();
  ~StopSignal();  // back to the default handlers
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  bool requested() const { return number() != 0; }
  // The signal that came, 0 if none.
  int number() const;
};

// Of a subcommand that has ended so: that of the signal if one came, whatever else; or else what
// went wrong is said, see Fail. left: what is left of one that a signal ended before it was done,
// which is then said: "Nothing was written."
int ExitCodeOf(const Status& done, const StopSignal& stop, const std::string& left);

// The same of one that keeps its results in a folder as they come.
std::string GoesOnIn(const std::string& folder);

}  // namespace lookout::app
