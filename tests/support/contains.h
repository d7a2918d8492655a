// What many tests ask of a text.
#pragma once

#include <string>

namespace lookout {

inline bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace lookout
