#include "app/workers/fitter/fit_settings_text.h"

#include <doctest/doctest.h>

#include "sim/base/fields.h"

namespace lookout::app {
namespace {

TEST_CASE("settings of a fit are written, read back, and said where they are not the usual ones") {
  const agents::CostModelSettings usual;
  CHECK(FitSettingsInWords(usual) == "usual settings");
  const agents::CostModelSettings chosen{
      .slips = false, .unmarked_weight = 0.3, .inputs = agents::InputChoice::kWorld, .history = 2};
  CHECK(FitSettingsInWords(chosen) == "no slips, inputs world, history 2, unmarked 0.3");
  const auto read = FitSettingsFromText(FitSettingsText(chosen));
  REQUIRE(read.has_value());
  CHECK(IdentityOf(*read) == IdentityOf(chosen));
  for (const char* text : {"", "[]", "{", R"({"unmarked":"much"})", R"({"unmarked":7})"}) {
    CHECK_FALSE(FitSettingsFromText(text).has_value());
  }
  CHECK(IdentityOf(*FitSettingsFromText("{}")) == IdentityOf(usual));
}

}  // namespace
}  // namespace lookout::app
