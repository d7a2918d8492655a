#include "sim/solver/newton_solver.h"

#include <algorithm>
#include <cmath>

namespace lookout::sim {
namespace {

constexpr int kImitatedVersion = 222;

bool IsMadeForModel(const mjModel& model) {
  return mj_version() == kImitatedVersion && model.opt.solver == mjSOL_NEWTON &&
         model.opt.cone == mjCONE_PYRAMIDAL && model.opt.noslip_iterations == 0 &&
         mj_isSparse(&model) == 0;
}

}  // namespace

NewtonSolver::NewtonSolver(const mjModel& model)
    : made_for_model_(IsMadeForModel(model)), nv_(model.nv), hessian_(model.nv) {
  if (!made_for_model_) return;
  for (auto* vector : {&residual_, &slope_}) vector->resize(model.njmax);
  columns_.resize(model.njmax);
  quadratics_.resize(model.njmax);
  old_states_.resize(model.njmax);
  first_entries_.resize(nv_);
  for (auto* vector : {&momentum_, &momentum_slope_, &gradient_, &direction_, &scratch_}) {
    vector->resize(nv_);
  }
}

bool NewtonSolver::IsMadeFor(const mjModel& model, const mjData& data) const {
  return made_for_model_ && data.nefc > 0 && data.nf == 0 &&
         (model.opt.disableflags & mjDSBL_WARMSTART) == 0;
}

void NewtonSolver::Solve(const mjModel& model, mjData& data) {
  if (!IsMadeFor(model, data)) return mj_fwdConstraint(&model, &data);
  data_ = &data;
  rows_ = data.nefc;
  FindColumns(model);
  ResidualOf(data.qacc_smooth, data.efc_b);
  ChooseStart(model);
  Iterate(model);
  mju_copy(data.qacc_warmstart, data.qacc, nv_);
  data_ = nullptr;
}

// --- Where the Jacobian and the Hessian are zero.

void NewtonSolver::FindColumns(const mjModel& model) {
  for (int i = 0; i < rows_; ++i) {
    const double* row = data_->efc_J + static_cast<std::ptrdiff_t>(i) * model.nv;
    Columns& columns = columns_[i];
    columns = {0, nv_};
    while (columns.first < nv_ && row[columns.first] == 0) ++columns.first;
    while (columns.end > columns.first && row[columns.end - 1] == 0) --columns.end;
  }
}

// The Hessian is M + J' D J: joints of one tree belong together, and what a constraint connects.
void NewtonSolver::FindShape(const mjModel& model) {
  for (int i = 0; i < nv_; ++i) {
    const int parent = model.dof_parentid[i];
    first_entries_[i] = parent < 0 ? i : first_entries_[parent];
  }
  for (int i = 0; i < rows_; ++i) {
    for (int column = columns_[i].first; column < columns_[i].end; ++column) {
      first_entries_[column] = std::min(first_entries_[column], columns_[i].first);
    }
  }
  hessian_.Begin(first_entries_);
}

// --- Costs.

// residual = J acceleration - reference
void NewtonSolver::ResidualOf(const double* acceleration, double* residual) const {
  const double* row = data_->efc_J;
  for (int i = 0; i < rows_; ++i, row += nv_) {
    const auto [first, end] = columns_[i];
    residual[i] = Dot(row, acceleration, first, nv_) - data_->efc_aref[i];
  }
}

double NewtonSolver::CostOf(const double* residual, double sum) const {
  for (int i = 0; i < rows_; ++i) {
    if (i >= data_->ne && residual[i] >= 0) continue;
    sum += 0.5 * data_->efc_D[i] * residual[i] * residual[i];
  }
  return sum;
}

double NewtonSolver::AddGaussTerms(const double* momentum, const double* acceleration,
                                   double sum) const {
  for (int i = 0; i < nv_; ++i) {
    sum += 0.5 * (momentum[i] - data_->qfrc_smooth[i]) * (acceleration[i] - data_->qacc_smooth[i]);
  }
  return sum;
}

// The last solution, unless going without constraints is better.
void NewtonSolver::ChooseStart(const mjModel& model) {
  ResidualOf(data_->qacc_warmstart, residual_.data());
  mj_mulM(&model, data_, momentum_.data(), data_->qacc_warmstart);
  const double warm =
      AddGaussTerms(momentum_.data(), data_->qacc_warmstart, CostOf(residual_.data(), 0));
  const bool is_cold = warm > CostOf(data_->efc_b, 0);
  mju_copy(data_->qacc, is_cold ? data_->qacc_smooth : data_->qacc_warmstart, nv_);
  if (!is_cold) return;
  std::copy_n(data_->efc_b, rows_, residual_.begin());
  mj_mulM(&model, data_, momentum_.data(), data_->qacc);
}

// --- Newton's method.

double NewtonSolver::Scaled(const mjModel& model, double value) const {
  return value / (model.stat.meaninertia * std::max(1, nv_));
}

void NewtonSolver::Iterate(const mjModel& model) {
  UpdateForces();
  FindShape(model);
  FactorHessian(model);
  UpdateGradient();
  int iteration = 0;
  while (iteration < model.opt.iterations) {
    const double alpha = SearchLine(model);
    if (alpha == 0) break;
    AddScaled(data_->qacc, direction_.data(), alpha, 0, nv_);
    AddScaled(momentum_.data(), momentum_slope_.data(), alpha, 0, nv_);
    AddScaled(residual_.data(), slope_.data(), alpha, 0, rows_);
    std::copy_n(data_->efc_state, rows_, old_states_.begin());
    const double old_cost = cost_;
    UpdateForces();
    UpdateHessian(model);
    UpdateGradient();
    ++iteration;
    const double norm = std::sqrt(Dot(gradient_.data(), gradient_.data(), 0, nv_));
    if (Scaled(model, old_cost - cost_) < model.opt.tolerance ||
        Scaled(model, norm) < model.opt.tolerance) {
      break;
    }
  }
  data_->solver_iter = iteration;
}

// Forces and states of the constraints from their residuals, and the cost of all.
void NewtonSolver::UpdateForces() {
  const double* weight = data_->efc_D;
  double* total = data_->qfrc_constraint;
  mju_zero(total, nv_);
  const double* row = data_->efc_J;
  for (int i = 0; i < rows_; ++i, row += nv_) {
    if (i >= data_->ne && residual_[i] >= 0) {
      data_->efc_force[i] = 0;
      data_->efc_state[i] = mjCNSTRSTATE_SATISFIED;
      continue;
    }
    data_->efc_force[i] = -weight[i] * residual_[i];
    data_->efc_state[i] = mjCNSTRSTATE_QUADRATIC;
    AddScaled(total, row, data_->efc_force[i], columns_[i].first, columns_[i].end);
  }
  gauss_ = AddGaussTerms(momentum_.data(), data_->qacc, 0);
  cost_ = CostOf(residual_.data(), 0) + gauss_;
}

// The gradient, and the direction that Newton's method takes from it.
void NewtonSolver::UpdateGradient() {
  for (int i = 0; i < nv_; ++i) {
    gradient_[i] = momentum_[i] - data_->qfrc_smooth[i] - data_->qfrc_constraint[i];
  }
  hessian_.Solve(gradient_.data(), direction_.data());
  for (double& component : direction_) component *= -1;
}

void NewtonSolver::FactorHessian(const mjModel& model) {
  hessian_.Clear();
  const double* row = data_->efc_J;
  for (int i = 0; i < rows_; ++i, row += nv_) {
    const auto [first, end] = columns_[i];
    if (data_->efc_state[i] != mjCNSTRSTATE_QUADRATIC || data_->efc_D[i] == 0) continue;
    for (int column = first; column < end; ++column) {
      if (row[column] == 0) continue;
      AddScaled(hessian_.Row(column), row, row[column] * data_->efc_D[i], first, column + 1);
    }
  }
  for (int i = 0; i < nv_; ++i) {
    const double* entry = data_->qM + model.dof_Madr[i];
    for (int j = i; j >= 0; j = model.dof_parentid[j]) {
      hessian_.Row(i)[j] += *entry++;
      if (model.dof_simplenum[i] != 0) break;
    }
  }
  hessian_.Factor();
}

// Adds and removes the constraints that became active or inactive.
void NewtonSolver::UpdateHessian(const mjModel& model) {
  for (int i = 0; i < rows_; ++i) {
    if (data_->efc_state[i] == old_states_[i]) continue;
    const auto [first, end] = columns_[i];
    const double* row = data_->efc_J + static_cast<std::ptrdiff_t>(i) * nv_;
    const double scale = std::sqrt(data_->efc_D[i]);
    std::ranges::fill(scratch_, 0.0);
    for (int column = first; column < end; ++column) scratch_[column] = row[column] * scale;
    const bool add = data_->efc_state[i] == mjCNSTRSTATE_QUADRATIC;
    if (!hessian_.Update(scratch_.data(), first, add)) return FactorHessian(model);
  }
}

double NewtonSolver::SearchLine(const mjModel& model) {
  constexpr double kToleranceScale = 0.01;
  constexpr double kSmallestLength = 1e-15;  // mjMINVAL
  const double* direction = direction_.data();
  const double length = std::sqrt(Dot(direction, direction, 0, nv_));
  if (length < kSmallestLength) return 0;
  mj_mulM(&model, data_, momentum_slope_.data(), direction);
  const double* row = data_->efc_J;
  for (int i = 0; i < rows_; ++i, row += nv_) {
    const double slope = Dot(row, direction, columns_[i].first, nv_);
    const double weight = data_->efc_D[i];
    const double force = weight * residual_[i];
    slope_[i] = slope;
    quadratics_[i] =
        FourDoubles{residual_[i] * force * 0.5, slope * force, slope * weight * slope * 0.5, 0};
  }
  line_search_.smooth = FourDoubles{
      gauss_, Dot(direction, momentum_.data(), 0, nv_) - Dot(direction, data_->qfrc_smooth, 0, nv_),
      0.5 * Dot(direction, momentum_slope_.data(), 0, nv_), 0};
  line_search_.start = residual_.data();
  line_search_.slope = slope_.data();
  line_search_.quadratics = quadratics_.data();
  line_search_.equalities = data_->ne;
  line_search_.constraints = rows_;
  line_search_.gradient_tolerance =
      model.opt.tolerance * kToleranceScale * length * model.stat.meaninertia * std::max(1, nv_);
  return line_search_.Run();
}

}  // namespace lookout::sim
