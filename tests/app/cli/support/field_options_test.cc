// A value type that describes its fields once, found everywhere that is made from such
// descriptions.
#include "app/cli/support/field_options.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <string>

#include "agents/learning/fields_archive.h"
#include "sim/base/fields.h"
#include "sim/config/fields_json.h"
#include "tests/support/count_fields.h"

namespace lookout::toy {

enum class Shape { kRound, kSquare };
std::span<const Choice<Shape>> Choices(Shape /*kind*/) {
  static constexpr std::array<Choice<Shape>, 2> kShapes{
      {{Shape::kRound, "round"}, {Shape::kSquare, "square"}}};
  return kShapes;
}

struct Cake {
  Shape shape = Shape::kRound;
  int layers = 2;
  double sugar_kg = 0.5;
  double corner_radius_m = 0.01;
  bool iced = false;
  int ovens = 1;
  std::string name;
  int candles = 0;
};

bool HasCorners(const Cake& cake) { return cake.shape == Shape::kSquare; }

template <FieldsOf<Cake> Self, typename Visit>
void VisitFields(Self& cake, Visit&& visit) {
  using F = Field<Cake>;
  visit(F("shape", "shape"), cake.shape);
  visit(F("layers", "on top of each other").Within(1, 9).Short("n").Common(), cake.layers);
  visit(F("sugar", "of all layers").Within(0, 3).In("kg"), cake.sugar_kg);
  visit(F("corner-radius", "of a square cake").Within(0, 1).In("m").For(HasCorners),
        cake.corner_radius_m);
  visit(F("iced", "with sugar on it").Within(0, 1).StoredAs("has-icing"), cake.iced);
  visit(F("ovens", "side by side").Within(1, 4).NoIdentity(), cake.ovens);
  visit(F("name"), cake.name);
  visit(F("candles", "on top").Within(0, 120).Since(2), cake.candles);
}

Cake Wedding() {
  return {.shape = Shape::kSquare,
          .layers = 5,
          .sugar_kg = 0.1 + 0.2,  // needs 17 digits
          .corner_radius_m = 0.125,
          .iced = true,
          .ovens = 3,
          .name = "for two",
          .candles = 30};
}

TEST_CASE("the toy's list names every member") {
  std::size_t fields = 0;
  const Cake cake = Wedding();
  VisitFields(cake, [&](const auto&, const auto&) { ++fields; });
  CHECK(fields == test::CountFields<Cake>());
}

TEST_CASE("fields go to JSON and back under their stored keys") {
  const nlohmann::json json = sim::FieldsToJson(Wedding());
  CHECK(json.size() == 8);
  CHECK(json["shape"] == "square");
  CHECK(json["corner_radius"] == 0.125);
  CHECK(json["has_icing"] == true);
  Cake read;
  CHECK(sim::FieldsFromJson(nlohmann::json::parse(json.dump()), read).empty());
  CHECK(sim::FieldsToJson(read) == json);

  Cake changed = Wedding();
  CHECK(sim::FieldsFromJson({{"layers", 4}, {"of_the_future", true}}, changed).empty());
  CHECK(changed.layers == 4);
  CHECK(changed.sugar_kg == Wedding().sugar_kg);
  CHECK(sim::FieldsFromJson({{"layers", "many"}}, changed) == "layers");
  CHECK(sim::FieldsFromJson({{"shape", "flat"}}, changed) == "shape");
  CHECK(sim::FieldsFromJson({{"has_icing", 1}}, changed) == "has_icing");
}

// An archive of that version with the fields of its time; `left_out` is not written.
std::string CakeArchive(std::uint32_t version, std::string_view left_out) {
  agents::ArchiveWriter writer("cake", version);
  const Cake cake = Wedding();
  writer.Text("cake.shape", "square");
  VisitNumbers(cake, [&](const Field<Cake>& field, auto number) {
    if (field.name == left_out) return;
    writer.Real(std::string("cake.").append(field.name), static_cast<double>(number));
  });
  return writer.Finish();
}

TEST_CASE("a field that came later keeps its default in older files, and is missed in newer ones") {
  const std::string older = CakeArchive(1, "candles");
  auto reader = agents::ArchiveReader::Open(older, "cake", 2, "the cake");
  REQUIRE(reader.ok());
  CHECK(agents::DecodeFields<Cake>("cake", *reader).candles == 0);
  CHECK(reader->Finish().ok());

  for (const auto& [version, missing] : {std::pair{2U, "candles"}, std::pair{1U, "layers"}}) {
    const std::string damaged = CakeArchive(version, missing);
    auto refusing = agents::ArchiveReader::Open(damaged, "cake", 2, "the cake");
    REQUIRE(refusing.ok());
    (void)agents::DecodeFields<Cake>("cake", *refusing);
    REQUIRE_FALSE(refusing->ok());
    CHECK(refusing->status().error().message ==
          fmt::format("the cake: it lacks 'cake.{}', which files of version {} have.", missing,
                      version));
  }

  nlohmann::json json = sim::FieldsToJson(Wedding());
  CHECK(sim::MissingField(json, Cake{}, 2).empty());
  json.erase("candles");
  CHECK(sim::MissingField(json, Cake{}, 1).empty());
  CHECK(sim::MissingField(json, Cake{}, 2) == "candles");
  json.erase("name");
  CHECK(sim::MissingField(json, Cake{}, 1) == "name");
}

TEST_CASE("numbers and choices go to an archive and back") {
  agents::ArchiveWriter writer("cake", 1);
  agents::EncodeFields(Wedding(), "cake", writer);
  const std::string bytes = writer.Finish();
  auto reader = agents::ArchiveReader::Open(bytes, "cake", 1, "the cake");
  REQUIRE(reader.ok());
  Cake read = agents::DecodeFields<Cake>("cake", *reader);
  CHECK(reader->Finish().ok());
  read.name = Wedding().name;
  CHECK(sim::FieldsToJson(read) == sim::FieldsToJson(Wedding()));
}

TEST_CASE("an archive's number that is out of range is refused by name") {
  Cake too_high = Wedding();
  too_high.layers = 10;
  agents::ArchiveWriter writer("cake", 1);
  agents::EncodeFields(too_high, "cake", writer);
  const std::string bytes = writer.Finish();
  auto reader = agents::ArchiveReader::Open(bytes, "cake", 1, "the cake");
  REQUIRE(reader.ok());
  (void)agents::DecodeFields<Cake>("cake", *reader);
  REQUIRE_FALSE(reader->ok());
  CHECK(reader->status().error().message.find(
            "'cake.layers' is 10, expected a whole number from 1 to 9") != std::string::npos);
}

TEST_CASE("numbers have an option each, with a second name where they want one") {
  CLI::App command;
  app::FieldOverrides given;
  app::AddFieldOptions(
      command, Cake{}, [](const auto&) { return "Cake"; }, given);
  command.parse("--n 3 --sugar 1.5", false);
  Cake cake;
  CHECK(app::ApplyFieldOptions(given, cake).ok());
  CHECK(cake.layers == 3);
  CHECK(cake.sugar_kg == 1.5);
  CHECK(command.get_option("--corner-radius")->get_description() == "of a square cake");
  CHECK(command.get_option("--layers")->get_group() == "Options");
  CHECK(command.get_option("--ovens")->get_group() == "Cake");

  const Status refused = app::ApplyFieldOptions({{"layers", 2.5}}, cake);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message == "--layers is 2.5; it has to be a whole number from 1 to 9.");
  CHECK_FALSE(app::ApplyFieldOptions({{"sugar", std::nan("")}}, cake).ok());
}

TEST_CASE("a value is told from another by the fields that change what comes out") {
  Cake other = Wedding();
  other.ovens = 1;
  CHECK(IdentityOf(other) == IdentityOf(Wedding()));
  other.name = "for three";
  CHECK(IdentityOf(other) != IdentityOf(Wedding()));
  other = Wedding();
  other.sugar_kg = 0.3;
  CHECK(IdentityOf(other) != IdentityOf(Wedding()));
}

TEST_CASE("a field says where it applies, and ranges are checked") {
  CHECK(AppliesTo(Wedding(), "corner-radius"));
  CHECK_FALSE(AppliesTo(Cake{}, "corner-radius"));
  CHECK(AppliesTo(Cake{}, "sugar"));
  CHECK_FALSE(AppliesTo(Cake{}, "no-such-field"));
  CHECK(CheckRanges(Wedding()).ok());
  CHECK(CheckRanges(Cake{.layers = 0}).error().message ==
        "--layers is 0; it has to be from 1 to 9.");
  CHECK_FALSE(CheckRanges(Cake{.sugar_kg = std::nan("")}).ok());
}

}  // namespace lookout::toy
