#include "sim/conformance/plain_loop.h"

#include <cmath>
#include <span>

#include "sim/base/check.h"
#include "sim/solver/mujoco_handles.h"

namespace lookout::sim {
namespace {

// FNV-1a over the bytes of doubles.
class Hash {
 public:
  void Add(std::span<const double> values) {
    for (const std::byte byte : std::as_bytes(values)) {
      hash_ = (hash_ ^ static_cast<std::uint64_t>(byte)) * 1099511628211ULL;
    }
  }
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 14695981039346656037ULL;
};

std::uint64_t HashOf(double time_s, std::span<const double> qpos, std::span<const double> qvel) {
  Hash hash;
  hash.Add({&time_s, 1});
  hash.Add(qpos);
  hash.Add(qvel);
  return hash.value();
}

std::span<const double> AsSpan(const Eigen::VectorXd& vector) {
  return {vector.data(), static_cast<std::size_t>(vector.size())};
}

}  // namespace

struct PlainLoop::Physics {
  ModelPtr model;
  DataHandle data;
  // mj_forward normalises quaternions in place; what an environment saves is from before it.
  Eigen::VectorXd positions_before_forward;
};

PlainLoop::PlainLoop(const EnvironmentConfig& config)
    : config_(config), physics_(std::make_unique<Physics>()) {}

PlainLoop::~PlainLoop() = default;

void PlainLoop::Start(ModelPtr model, const SimState& state) {
  physics_->model = std::move(model);
  const mjModel& m = *physics_->model;
  LOOKOUT_CHECK(state.qpos.size() == m.nq, "a state of this model");
  physics_->data.reset(mj_makeData(&m));
  LOOKOUT_CHECK(physics_->data != nullptr, "mj_makeData");
  mjData& d = *physics_->data;
  d.time = state.time_s;
  mju_copy(d.qpos, state.qpos.data(), m.nq);
  mju_copy(d.qvel, state.qvel.data(), m.nv);
  mju_copy(d.qacc_warmstart, state.qacc_warmstart.data(), m.nv);
  mju_copy(d.ctrl, state.ctrl.data(), m.nu);
  mju_copy(d.mocap_pos, state.mocap_pos.data(), 3 * m.nmocap);
  physics_->positions_before_forward = state.qpos;
  mj_forward(&m, &d);
}

void PlainLoop::Step(const Eigen::Ref<const Eigen::VectorXd>& action) {
  const mjModel& m = *physics_->model;
  mjData& d = *physics_->data;
  mju_copy(d.ctrl, action.data(), m.nu);
  for (int i = 0; i < config_.frameskip_binom_n; ++i) {
    for (int mocap = 0; mocap < m.nmocap; ++mocap) {
      d.mocap_pos[3 * mocap] = config_.gremlins_travel * std::sin(d.time);
      d.mocap_pos[3 * mocap + 1] = config_.gremlins_travel * std::cos(d.time);
      d.mocap_pos[3 * mocap + 2] = config_.gremlins.size_m;
    }
    mj_step(&m, &d);
  }
  mju_copy(physics_->positions_before_forward.data(), d.qpos, m.nq);
  mj_forward(&m, &d);
}

std::uint64_t PlainLoop::StateHash() const {
  const mjData& d = *physics_->data;
  const auto nv = static_cast<std::size_t>(physics_->model->nv);
  return HashOf(d.time, AsSpan(physics_->positions_before_forward), {d.qvel, nv});
}

std::uint64_t StateHash(const SimState& state) {
  return HashOf(state.time_s, AsSpan(state.qpos), AsSpan(state.qvel));
}

}  // namespace lookout::sim
