// Text from numbers, for tables, messages and drawings. Any thread.
#pragma once

#include <array>
#include <cstdio>
#include <string>

namespace lookout::app {

// What printf would print, up to 511 bytes.
template <typename... Values>
std::string FormatText(const char* format, Values... values) {
  std::array<char, 512> text{};
  std::snprintf(text.data(), text.size(), format, values...);
  return text.data();
}

}  // namespace lookout::app
