// Owners of MuJoCo's C objects, and what MuJoCo does when something goes wrong.
// InstallMujocoHandlers: any thread, before the first call into MuJoCo.
#pragma once

#include <mujoco/mujoco.h>

#include <memory>
#include <stdexcept>

namespace lookout::sim {

struct ModelDeleter {
  void operator()(mjModel* model) const { mj_deleteModel(model); }
};
struct DataDeleter {
  void operator()(mjData* data) const { mj_deleteData(data); }
};
using ModelHandle = std::unique_ptr<mjModel, ModelDeleter>;
using DataHandle = std::unique_ptr<mjData, DataDeleter>;

// What MuJoCo calls an error: out of memory, an impossible model, a graphics driver that cannot.
class MujocoError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Errors become MujocoError instead of ending the program. Warnings go to the debug log instead of
// a file in the current folder; whoever steps reads mjData::warning.
void InstallMujocoHandlers();

}  // namespace lookout::sim
