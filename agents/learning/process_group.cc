#include "agents/learning/process_group.h"

namespace lookout::agents {

ProcessGroup& SingleProcess() {
  static SoleProcess alone;
  return alone;
}

}  // namespace lookout::agents
