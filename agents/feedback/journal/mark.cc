#include "agents/feedback/journal/mark.h"

namespace lookout::agents {

const char* VerdictName(Verdict verdict) {
  switch (verdict) {
    case Verdict::kUnsafe:
      return "unsafe";
    case Verdict::kSafe:
      return "safe";
    case Verdict::kUnsure:
      return "not sure";
  }
  return "unknown";
}

}  // namespace lookout::agents
