// What somebody may ask about a moment. A value.
#pragma once

#include <cstdint>

namespace lookout::ui {

enum class WhySubject : std::uint8_t {
  kCostModel,     // why the cost model judges it as it does
  kActions,       // why the policy that plays does there what it does
  kExpectations,  // why its critics expect what they expect
};

}  // namespace lookout::ui
