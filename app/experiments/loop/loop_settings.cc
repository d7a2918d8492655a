#include "app/experiments/loop/loop_settings.h"

namespace lookout::app {
namespace {

constexpr Choice<LoopConstraint> kConstraints[] = {{LoopConstraint::kLearned, "learned"},
                                                   {LoopConstraint::kAuditUpper, "audit-upper"}};

}  // namespace

std::span<const Choice<LoopConstraint>> Choices(LoopConstraint) { return kConstraints; }

}  // namespace lookout::app
