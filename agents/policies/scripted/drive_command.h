// What a driver wants of a robot, whatever its legs or wheels. Value type.
#pragma once

namespace lookout::agents {

struct DriveCommand {
  double forward = 0.0;  // 1: full ahead, -1: full astern
  double turn = 0.0;     // 1: hard to the left, -1: hard to the right
};

}  // namespace lookout::agents
