// What the classes of danger are called: by their usual names, or by names of a project's own.
// Values; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "agents/feedback/kinds/target_sink.h"

namespace lookout::agents {

inline constexpr int kDangerClassCount = 10;             // 0 is "any danger"
inline constexpr std::size_t kLongestDangerName = 24;    // characters
inline constexpr std::size_t kLongestDangerBytes = 96U;  // of them in UTF-8

// Several of them: bit c for class c.
using DangerSet = std::uint16_t;

// That class alone; of a class that does not exist, any danger.
constexpr DangerSet SetOf(DangerClass danger) {
  return static_cast<DangerSet>(1U << (danger < kDangerClassCount ? danger : 0));
}
constexpr bool Contains(DangerSet dangers, DangerClass danger) {
  return (dangers & SetOf(danger)) != 0;
}
// Those that have a class of their own.
constexpr DangerSet NamedOf(DangerSet dangers) {
  return static_cast<DangerSet>(dangers & ~SetOf(0));
}

class DangerClasses {
 public:
  DangerClasses();

  // As shown; valid until the next Rename. Any number gives a name.
  const std::string& NameOf(DangerClass danger) const;
  // That it has if nobody gives it another.
  static std::string_view UsualName(DangerClass danger);
  bool IsRenamed(DangerClass danger) const { return NameOf(danger) != UsualName(danger); }

  // True if that changed anything. Spaces at either end are left out, what is longer than
  // kLongestDangerName is cut, control characters become spaces; an empty name is the usual one.
  // Class 0 keeps its name, and so do classes that do not exist.
  bool Rename(DangerClass danger, std::string_view name);

  std::int64_t version() const { return version_; }  // another one after every change

 private:
  std::array<std::string, kDangerClassCount + 1> names_;  // the last: of a class out of range
  std::int64_t version_ = 0;
};

}  // namespace lookout::agents
