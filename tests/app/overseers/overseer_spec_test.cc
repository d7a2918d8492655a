#include "app/overseers/overseer_spec.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "sim/config/config_file.h"

namespace lookout::app {
namespace {

Result<agents::ActionFilterMaker> Make(const std::string& text) {
  const auto config = sim::ConfigForId("Safexp-PointGoal1-v0");
  REQUIRE(config.ok());
  return MakeOverseers(text, *config);
}

std::string Refusal(const std::string& text) {
  const auto made = Make(text);
  REQUIRE_FALSE(made.ok());
  CHECK(made.error().code == ErrorCode::kBadInput);
  return made.error().message;
}

bool Says(const std::string& message, const std::string& part) {
  CAPTURE(message);
  return message.find(part) != std::string::npos;
}

TEST_CASE("an overseer is named by its kind, several in the order in which they are asked") {
  const auto none = Make("");
  REQUIRE(none.ok());
  CHECK_FALSE(*none);
  const auto one = Make("person:lag=0.2,misses=0");
  REQUIRE(one.ok());
  CHECK((*one)(0)->name() == "Simulated person");
  const auto two = Make("person+person:does=drive");
  REQUIRE(two.ok());
  CHECK((*two)(3)->name() == "Simulated person, then Simulated person");
}

TEST_CASE("what cannot be read is refused with what was wrong and what there is") {
  CHECK(Says(Refusal("persno"), "there is no overseer 'persno'. Did you mean person?"));
  CHECK(Says(Refusal("persno"), "There are "));
  CHECK(Says(Refusal("person+"), "name is missing"));
  CHECK(Says(Refusal("person:lga=1"), "there is no setting 'lga'. Did you mean lag?"));
  CHECK(Says(Refusal("person:lga=1"), "misses"));
  CHECK(Says(Refusal("person:lag=soon"), "'lag' needs a number from 0 to 10, not 'soon'"));
  CHECK(Says(Refusal("person:misses=1.5"), "'misses' needs a number from 0 to 1"));
  CHECK(Says(Refusal("person:does=sing"), "'does' needs block or drive, not 'sing'"));
  CHECK(Says(Refusal("person:lag"), "'lag' needs a number"));
}

TEST_CASE("who waits for an overseer that simulates every step is told why") {
  const auto point = sim::ConfigForId("Safexp-PointGoal2-v0");
  const auto doggo = sim::ConfigForId("Safexp-DoggoGoal1-v0");
  const auto push = sim::ConfigForId("Safexp-PointPush1-v0");
  REQUIRE((point.ok() && doggo.ok() && push.ok()));
  const auto pushed = sim::ChangeConfig({{"vases_num", 2}, {"constrain_vases", true}}, *push);
  REQUIRE(pushed.ok());
  CHECK(SlowOverseers("lookahead", *point).empty());
  CHECK(SlowOverseers("person", *doggo).empty());
  CHECK(Says(SlowOverseers("person+lookahead", *doggo),
             "lookahead simulates every step here, because how Doggo comes to rest is not known"));
  CHECK(SlowOverseers("lookahead", *push).empty());
  CHECK(Says(SlowOverseers("lookahead", *pushed), "other things may hit vases by themselves"));
}

TEST_CASE("a look-ahead of the learned cost takes the file of a cost model") {
  const std::string model =
      std::string(LOOKOUT_SOURCE_DIR) + "/assets/cost_models/pointgoal1.costmodel";
  const auto learned = Make("lookahead:cost=both,model=" + model);
  REQUIRE_MESSAGE(learned.ok(), learned.error().message);
  CHECK((*learned)(0)->name() == "Look-ahead");
  CHECK(Says(Refusal("lookahead:cost=learned"), "cost=learned lacks model=FILE"));
  CHECK(Says(Refusal("lookahead:model=" + model), "is for cost=learned or cost=both"));
  CHECK(Says(Refusal("lookahead:cost=learned,model=/no/where"), "/no/where cannot be read"));
  CHECK(Says(Refusal("lookahead:cost=learned,model=" + std::string(LOOKOUT_SOURCE_DIR) +
                     "/tests/fixtures/blocker-1/blocker.lookout"),
             "blocker-1"));
  const auto elsewhere = sim::ConfigForId("Safexp-PointPush1-v0");
  REQUIRE(elsewhere.ok());
  const auto misfit = MakeOverseers("lookahead:cost=learned,model=" + model, *elsewhere);
  REQUIRE_FALSE(misfit.ok());
  CHECK(Says(misfit.error().message, "\"" + model + "\": The cost model does not fit"));
}

TEST_CASE("where no option was given, a refusal is a sentence of its own") {
  const auto config = sim::ConfigForId("Safexp-PointGoal1-v0");
  REQUIRE(config.ok());
  const auto made = MakeOverseers("persno", *config, sim::CameraFactory(), {.asked_by = {}});
  REQUIRE_FALSE(made.ok());
  CHECK(made.error().message.starts_with("There is no overseer 'persno'."));
}

TEST_CASE("whether a person has to be there is known from the text") {
  CHECK(NeedPerson("person"));
  CHECK_FALSE(NeedPerson(""));
  CHECK_FALSE(NeedPerson("nobody"));
}

TEST_CASE("the help names every kind and every setting with its default") {
  const std::string help = OverseerHelp();
  for (const char* part : {"person:", "lag=0.3", "misses=0.05", "does=block"}) {
    CHECK(Says(help, part));
  }
}

}  // namespace
}  // namespace lookout::app
