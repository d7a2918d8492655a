// The compiled models beside figures of the original's: a reset only patches ours, so this is also
// the proof that patching is as good as compiling.
#include <doctest/doctest.h>
#include <mujoco/mujoco.h>

#include <filesystem>

#include "sim/conformance/recorded_case.h"
#include "sim/engine/safety_gym.h"
#include "tests/conformance/reference_support.h"

using namespace lookout::sim;
using nlohmann::json;

namespace {

constexpr double kTolerance = 1e-12;  // relative to the size of the figure

// The configuration of the first recording of an environment.
EnvironmentConfig ConfigOf(const std::string& environment) {
  const auto files = test::Recordings(
      [&](const std::string& name) { return name.starts_with(environment + ".s"); });
  const auto recorded = ReadRecordedCase(files.front());
  REQUIRE(recorded.ok());
  return recorded->config;
}

void CheckFigures(const mjtNum* ours, const json& figures) {
  if (figures.is_array()) {
    for (std::size_t i = 0; i < figures.size(); ++i) CheckFigures(ours + i, figures[i]);
    return;
  }
  const auto theirs = figures.get<double>();
  CHECK(std::abs(*ours - theirs) <= kTolerance * std::max(1.0, std::abs(theirs)));
}

int IdOf(const mjModel& model, mjtObj type, const json& object) {
  const std::string name = object["name"].is_string() ? object["name"] : "";
  CAPTURE(name);
  const int id = name.empty() ? -1 : mj_name2id(&model, type, name.c_str());
  CHECK_MESSAGE((id >= 0 || name.empty()), "missing: " << name);
  return id;
}

void CheckBodies(const mjModel& model, const json& bodies) {
  CHECK(model.nbody == static_cast<int>(bodies.size()));
  for (int i = 0; i < model.nbody; ++i) {
    const json& body = bodies[i];
    CAPTURE(body["name"]);
    CHECK(model.body_parentid[i] == body["parentid"]);
    CHECK(model.body_mocapid[i] == body["mocapid"]);
    CheckFigures(model.body_pos + 3 * i, body["pos"]);
    CheckFigures(model.body_quat + 4 * i, body["quat"]);
    CheckFigures(model.body_ipos + 3 * i, body["ipos"]);
    CheckFigures(model.body_iquat + 4 * i, body["iquat"]);
    CheckFigures(model.body_mass + i, body["mass"]);
    CheckFigures(model.body_inertia + 3 * i, body["inertia"]);
    CheckFigures(model.body_invweight0 + 2 * i, body["invweight0"]);
  }
}

// By name: what is only there to be looked at may be added.
void CheckGeoms(const mjModel& model, const json& geoms) {
  for (const json& geom : geoms) {
    const int i = IdOf(model, mjOBJ_GEOM, geom);
    if (i < 0) continue;
    CAPTURE(geom["name"]);
    CHECK(model.geom_bodyid[i] == geom["bodyid"]);
    CHECK(model.geom_type[i] == geom["type"]);
    CHECK(model.geom_condim[i] == geom["condim"]);
    CHECK(model.geom_contype[i] == geom["contype"]);
    CHECK(model.geom_conaffinity[i] == geom["conaffinity"]);
    CHECK(model.geom_group[i] == geom["group"]);
    CheckFigures(model.geom_size + 3 * i, geom["size"]);
    CheckFigures(model.geom_pos + 3 * i, geom["pos"]);
    CheckFigures(model.geom_quat + 4 * i, geom["quat"]);
    CheckFigures(model.geom_friction + 3 * i, geom["friction"]);
    CheckFigures(model.geom_solref + mjNREF * i, geom["solref"]);
    CheckFigures(model.geom_solimp + mjNIMP * i, geom["solimp"]);
    CheckFigures(model.geom_margin + i, geom["margin"]);
  }
}

void CheckJointsAndActuators(const mjModel& model, const json& figures) {
  CHECK(model.njnt == static_cast<int>(figures["joints"].size()));
  for (int i = 0; i < model.njnt; ++i) {
    const json& joint = figures["joints"][i];
    CAPTURE(joint["name"]);
    CHECK(model.jnt_type[i] == joint["type"]);
    CHECK(model.jnt_limited[i] == joint["limited"]);
    CheckFigures(model.jnt_axis + 3 * i, joint["axis"]);
    CheckFigures(model.jnt_range + 2 * i, joint["range"]);
    CheckFigures(model.jnt_stiffness + i, joint["stiffness"]);
  }
  CheckFigures(model.dof_damping, figures["dofs"]["damping"]);
  CheckFigures(model.dof_invweight0, figures["dofs"]["invweight0"]);
  CHECK(model.nu == static_cast<int>(figures["actuators"].size()));
  for (int i = 0; i < model.nu; ++i) {
    const json& actuator = figures["actuators"][i];
    CheckFigures(model.actuator_gear + 6 * i, actuator["gear"]);
    CheckFigures(model.actuator_gainprm + mjNGAIN * i, actuator["gainprm"]);
    CheckFigures(model.actuator_biasprm + mjNBIAS * i, actuator["biasprm"]);
    CheckFigures(model.actuator_ctrlrange + 2 * i, actuator["ctrlrange"]);
    CheckFigures(model.actuator_forcerange + 2 * i, actuator["forcerange"]);
  }
}

void CheckModel(const json& figures) {
  const std::string environment = figures["env"];
  CAPTURE(environment);
  auto gym = SafetyGym::Create(ConfigOf(environment));
  REQUIRE(gym.ok());
  REQUIRE((*gym)->Reset(figures["seed"].get<std::uint32_t>()).ok());
  const ModelPtr model = (*gym)->CopyModel();
  CHECK(model->nq == figures["nq"]);
  CHECK(model->nv == figures["nv"]);
  CheckFigures(&model->opt.timestep, figures["opt"]["timestep"]);
  CheckFigures(model->opt.magnetic, figures["opt"]["magnetic"]);
  CheckFigures(&model->opt.tolerance, figures["opt"]["tolerance"]);
  CHECK(model->opt.solver == figures["opt"]["solver"]);
  CHECK(model->opt.cone == figures["opt"]["cone"]);
  CHECK(model->opt.disableflags == figures["opt"]["disableflags"]);
  CheckFigures(&model->stat.meaninertia, figures["stat"]["meaninertia"]);
  CheckFigures(model->qpos0, figures["qpos0"]);
  CheckFigures(model->qpos_spring, figures["qpos_spring"]);
  CheckBodies(*model, figures["bodies"]);
  CheckGeoms(*model, figures["geoms"]);
  CheckJointsAndActuators(*model, figures);
  for (std::size_t i = 0; i < figures["equalities"].size(); ++i) {
    CheckFigures(model->eq_data + mjNEQDATA * i, figures["equalities"][i]["data"]);
  }
}

}  // namespace

TEST_CASE("Every model that a reset patches has the figures of the compiled original") {
  const std::string folder = test::ReferenceFolder();
  if (folder.empty()) return;
  int models = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder + "/models")) {
    CheckModel(test::ReadJson(entry.path().string()));
    ++models;
  }
  CHECK(models > 0);
}
