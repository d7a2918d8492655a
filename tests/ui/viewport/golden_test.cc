// Pictures that a person has looked at and accepted. LOOKOUT_ACCEPT_GOLDEN=1 writes them anew.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "app/platform/image_codec.h"
#include "tests/support/png_support.h"
#include "tests/ui/viewport/view_support.h"

namespace lookout::ui {
namespace {

void CheckGolden(const std::string& name, const RgbImage& picture) {
  const std::filesystem::path path =
      std::filesystem::path(LOOKOUT_SOURCE_DIR) / "tests" / "golden" / (name + ".png");
  if (std::getenv("LOOKOUT_ACCEPT_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << app::EncodePng(picture);
    MESSAGE("accepted ", path.string());
    return;
  }
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), "no golden picture ", path.string());
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto golden = test::DecodePng(bytes);
  REQUIRE(golden.has_value());
  const double different = FractionDifferent(*golden, picture, 24);
  if (different >= 0.01) {
    const auto actual = std::filesystem::temp_directory_path() / (name + "-actual.png");
    std::ofstream(actual, std::ios::binary) << app::EncodePng(picture);
    MESSAGE("the picture is at ", actual.string());
  }
  CHECK_MESSAGE(different < 0.01, name, " differs from the golden picture in ", 100.0 * different,
                " % of its pixels");
}

// Golden pictures belong to the software renderer; graphics cards differ in every edge.
std::unique_ptr<app::GlContext> SoftwareOrSkip() {
  std::unique_ptr<app::GlContext> gl = OffscreenOrSkip();
  if (gl == nullptr || gl->description().software) return gl;
  MESSAGE("skipped, not a software renderer: ", gl->description().renderer);
  return nullptr;
}

}  // namespace

TEST_CASE("PointGoal1 after forty steps looks as accepted") {
  const auto gl = SoftwareOrSkip();
  if (gl == nullptr) return;
  LiveEpisode episode;
  for (int i = 0; i < 40; ++i) episode.Step(1.0, 0.4);
  SceneView view(RenderQuality::kFast);
  view.Render(episode.Input(), {}, {320, 200});
  CheckGolden("pointgoal1", view.ReadImage());
}

TEST_CASE("each family of environments looks as accepted") {
  const auto gl = SoftwareOrSkip();
  if (gl == nullptr) return;
  for (const auto& [id, name] : {std::pair{"Safexp-PointButton1-v0", "pointbutton1"},
                                 {"Safexp-CarPush2-v0", "carpush2"},
                                 {"Safexp-PointCircle-v0", "pointcircle"},
                                 {"Safexp-CarRun-v0", "carrun"}}) {
    LiveEpisode episode(id);
    for (int i = 0; i < 30; ++i) episode.Step(0.5, 0.2);
    SceneView view(RenderQuality::kFast);
    view.Render(episode.Input(), {}, {320, 200});
    CheckGolden(name, view.ReadImage());
  }
}

TEST_CASE("an agent with the ghost of another looks as accepted") {
  const auto gl = SoftwareOrSkip();
  if (gl == nullptr) return;
  LiveEpisode shown;
  LiveEpisode other;
  for (int i = 0; i < 60; ++i) {
    shown.Step(1.0, 0.6);
    other.Step(-1.0, 0.6);
  }
  ViewInput input = shown.Input();
  input.ghost = &other.track();
  input.ghost_step = 60;
  SceneView view(RenderQuality::kFast);
  view.Render(input, {}, {320, 200});
  CheckGolden("ghost", view.ReadImage());
}

TEST_CASE("the learned cost on the floor looks as accepted") {
  const auto gl = SoftwareOrSkip();
  if (gl == nullptr) return;
  LiveEpisode episode;
  FieldSnapshot field;
  field.episode = episode.scene()->header->id;
  field.model = CostModelId{1};
  field.min_x_m = field.min_y_m = -1.5F;
  field.max_x_m = field.max_y_m = 1.5F;
  field.columns = field.rows = 12;
  for (int row = 0; row < 12; ++row) {
    for (int column = 0; column < 12; ++column) {
      const float x = static_cast<float>(column) / 11.0F;
      const float y = static_cast<float>(row) / 11.0F;
      field.predicted.push_back(x * y);
      field.spread.push_back(0.5F * x * (1.0F - y));
      field.rule_cost.push_back(x > 0.5F ? 1.0F : 0.0F);
    }
  }
  ViewInput input = episode.Input();
  input.field = &field;
  SceneView view(RenderQuality::kFast);
  ViewOptions options;
  options.overlays.field = true;
  for (const auto& [quantity, name] : {std::pair{FieldQuantity::kPredicted, "field-predicted"},
                                       {FieldQuantity::kSpread, "field-spread"},
                                       {FieldQuantity::kErrorAgainstRule, "field-error"}}) {
    options.field_quantity = quantity;
    view.Render(input, options, {240, 150});
    CheckGolden(name, view.ReadImage());
  }
}

}  // namespace lookout::ui
