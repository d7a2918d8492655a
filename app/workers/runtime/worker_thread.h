// What every worker thread does alike: its name, its place behind the window, and catching what
// its work throws so that the window can show it.
#pragma once

#include <exception>
#include <optional>
#include <string>
#include <utility>

namespace lookout::app {

// Names the calling thread for debuggers and `top -H`; at most 15 characters are kept.
void NameThisThread(const char* name);

// Lets the window and the player run first: adds `nice` (0 to 19) to the calling thread's niceness
// alone. Threads that it starts afterwards inherit it.
void YieldToWindow(int nice);

// Threads that a worker may spread its work over: one of the window's cores is left to it. At least
// 1.
int ThreadsBesideWindow();

// Runs the work; what it throws comes back as text.
template <typename Work>
std::optional<std::string> FailureOf(Work&& work) {
  try {
    std::forward<Work>(work)();
    return std::nullopt;
  } catch (const std::exception& error) {
    return std::string(error.what());
  } catch (...) {
    return std::string("unknown exception");
  }
}

}  // namespace lookout::app
