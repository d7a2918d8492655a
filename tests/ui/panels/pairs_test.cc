#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/ui_window.h"
#include "ui/panels/marks/list/pair_words.h"

namespace lookout::ui {
namespace {

const agents::Segment kLeft{EpisodeId{2}, 100, 174};
const agents::Segment kRight{EpisodeId{4}, 300, 374};

UiWorld Comparing() {
  UiWorld world = UiWorld::Busy();
  world.pair = PairOnScreen{.first = kLeft, .second = kRight, .moment = 20, .loaded = true};
  world.queries = QueriesOnScreen{};
  return world;
}

struct PairsTest : TestWindow {
  explicit PairsTest(UiWorld the_world = Comparing(), ImVec2 display = {1600, 900})
      : TestWindow(std::move(the_world), display) {}

  // The answer that a key gives.
  const AnswerPair& By(const Chord& chord) {
    log.commands.clear();
    driver.Tap(chord);
    REQUIRE(log.Count<AnswerPair>() == 1);
    return *log.Last<AnswerPair>();
  }
};

TEST_CASE("while two clips are compared the marks tab tells their keys, not those of spans") {
  UiWorld world = UiWorld::Busy();
  TestWindow test(std::move(world));
  test.driver.Click("tab/marks");
  test.driver.Frames(2);
  CHECK(test.driver.Find("span_keys") != nullptr);
  test.world.queries = QueriesOnScreen{};
  test.world.pair = PairOnScreen{
      .first = {EpisodeId{1}, 10, 60}, .second = {EpisodeId{2}, 10, 60}, .answered = {}};
  test.driver.Frames(2);
  CHECK(test.driver.Find("span_keys") == nullptr);
  CHECK(test.driver.Find("pair_keys") != nullptr);
}

TEST_CASE("arrows choose the safer clip, with Shift clearly, and down cannot tell") {
  PairsTest test;
  CHECK(test.By({Key::kLeft}).safer == SaferClip::kFirst);
  CHECK_FALSE(test.By({Key::kLeft}).clearly);
  CHECK(test.By({.key = Key::kLeft, .shift = true}).clearly);
  CHECK(test.By({Key::kRight}).safer == SaferClip::kSecond);
  CHECK(test.By({.key = Key::kRight, .shift = true}).clearly);
  CHECK(test.By({Key::kDown}).safer == SaferClip::kCannotTell);
  // The same keys do not move the episode that they hide.
  CHECK(test.log.Count<SeekBy>() == 0);
  CHECK(test.log.Count<StepForward>() == 0);
  test.driver.Tap(Key::kEscape);
  CHECK(test.log.Count<LeavePairs>() == 1);
}

TEST_CASE("a key of spans says how a pair is answered") {
  PairsTest test;
  test.driver.Tap(static_cast<Key>('G'));
  REQUIRE(test.log.Last<Tell>() != nullptr);
  CHECK(test.log.Last<Tell>()->text.starts_with("This query is a pair"));
  CHECK(test.log.Count<BeginMark>() == 0);
}

TEST_CASE("a button does what its key does") {
  PairsTest test;
  test.driver.Click("second_clearly_safer");
  REQUIRE(test.log.Last<AnswerPair>() != nullptr);
  CHECK(test.log.Last<AnswerPair>()->safer == SaferClip::kSecond);
  CHECK(test.log.Last<AnswerPair>()->clearly);
  test.driver.Click("cannot_tell");
  CHECK(test.log.Last<AnswerPair>()->safer == SaferClip::kCannotTell);
  test.world.queries->open = {{.kind = agents::QueryKind::kPair, .why = {}}};
  test.driver.Frames(2);
  test.driver.Click("skip_query");
  CHECK(test.log.Count<SkipQuery>() == 1);
  test.driver.Click("escape");
  CHECK(test.log.Count<LeavePairs>() == 1);
}

TEST_CASE("every answer can be rebound, and a chord that two answers share is a conflict") {
  PairsTest test;
  Keymap& keymap = test.window.state().keymap;
  CHECK(keymap.ConflictsOf(ActionId::kFirstSafer).empty());  // the step key is of other modes
  keymap.Bind(ActionId::kCannotTell, {Key::kRight});
  const std::vector<ActionId> conflicts = keymap.ConflictsOf(ActionId::kCannotTell);
  CHECK(std::ranges::count(conflicts, ActionId::kSecondSafer) == 1);
  keymap.Bind(ActionId::kCannotTell, {Key::kUp});
  CHECK(test.By({Key::kUp}).safer == SaferClip::kCannotTell);
}

TEST_CASE("marks of what two clips hide are neither begun nor removed") {
  PairsTest test;
  test.driver.Tap(Key::kX);
  test.driver.Tap(Key::kDelete);
  test.driver.Tap(Key::kHome);
  CHECK(test.log.Count<BeginMark>() == 0);
  CHECK(test.log.Count<DeleteMark>() == 0);
}

TEST_CASE("who judges blind sees no costs, and the answer says whether that held all the while") {
  PairsTest test;
  CHECK(test.driver.Find("timeline") == nullptr);
  CHECK(test.driver.Find("episodes_list") == nullptr);
  CHECK(test.By({Key::kLeft}).blind);
  test.driver.Click("blind_pairs");  // looks
  CHECK_FALSE(test.By({Key::kLeft}).blind);
  test.driver.Click("blind_pairs");  // has looked
  CHECK_FALSE(test.By({Key::kLeft}).blind);
  test.world.pair->first.first = 110;  // the next pair
  test.driver.Frames(2);
  CHECK(test.By({Key::kLeft}).blind);
}

TEST_CASE("clips that are still being loaded cannot be judged") {
  PairsTest test;
  test.world.pair->loaded = false;
  test.driver.Frames(2);
  test.driver.Tap(Key::kLeft);
  CHECK(test.log.Count<AnswerPair>() == 0);
  CHECK(test.log.Count<Tell>() == 1);
}

TEST_CASE("the clips have the middle of a window of any size") {
  for (const ImVec2 size : {ImVec2{1920, 1080}, ImVec2{1280, 720}, ImVec2{800, 500}}) {
    PairsTest test(Comparing(), size);
    CHECK(test.view.width() > size.x * 0.6F);
    CHECK(test.view.height() > size.y * 0.55F);
    const RecordedItem* left = test.driver.Find("first_safer");
    const RecordedItem* right = test.driver.Find("second_safer");
    REQUIRE(left != nullptr);
    REQUIRE(right != nullptr);
    CHECK(left->max.x < test.driver.Find("cannot_tell")->min.x);
    CHECK(right->max.x <= size.x);
    CHECK(right->max.y <= size.y);
  }
}

TEST_CASE("in a narrow window the answers keep the words that name the clips") {
  // One window at a time: the library has one context.
  const auto widths_at = [](ImVec2 display) {
    PairsTest test(Comparing(), display);
    std::vector<float> widths;
    for (const char* answer : {"first_safer", "second_safer", "first_clearly_safer"}) {
      const RecordedItem* item = test.driver.Find(answer);
      REQUIRE(item != nullptr);
      widths.push_back(item->max.x - item->min.x);
    }
    return widths;
  };
  const std::vector<float> wide = widths_at({1600, 900});
  const std::vector<float> narrow = widths_at({800, 600});
  // "Left" beside the arrow, where there is no room for "Left is safer"; the others by their keys.
  for (std::size_t i = 0; i < wide.size(); ++i) CHECK(narrow[i] < wide[i]);
  CHECK(narrow[0] > 55.0F);
  CHECK(narrow[1] > 55.0F);
}

TEST_CASE("two clips cost the panels little") {
  PairsTest test;
  CHECK(test.driver.FrameSeconds(200) < 0.002);
}

TEST_CASE(
    "a judged pair lies on the timeline of both episodes and in the list, and can be removed") {
  UiWorld world = UiWorld::Busy();
  const MarkId id =
      world.AddPair({.first = kLeft, .second = kRight, .first_is_safer = 1.0, .note = {}});
  TestWindow test(std::move(world));
  const std::string mark = fmt::format("mark/{}", id.value);
  CHECK(test.driver.Find(mark) == nullptr);  // episode 5 is on screen
  for (const std::int64_t episode : {2, 4}) {
    test.world.playhead = {.episode = EpisodeId{episode}, .step = 0, .live = false};
    test.driver.Frames(2);
    CHECK(test.driver.Find(mark) != nullptr);
  }
  // Its edges are no span's, and the verdict on it is by comparison.
  const auto marks = test.window.state().marks.index.timeline();
  const auto clip = std::ranges::find(marks, id.value, &TimelineMark::id);
  REQUIRE(clip != marks.end());
  CHECK(clip->shape == TimelineShape::kClip);
  CHECK_FALSE(clip->editable);
  CHECK(clip->verdict == agents::Verdict::kUnsafe);  // of episode 4: the less safe one
  CHECK(clip->label.find("less safe than ep. 2") == 0);

  const std::string row = fmt::format("pair_row/{}", id.value);
  test.driver.Click(row);
  REQUIRE(test.log.Last<ShowPair>() != nullptr);
  CHECK(test.log.Last<ShowPair>()->answer == id);
  test.driver.Tap(Key::kDelete);
  REQUIRE(test.log.Last<DeleteMark>() != nullptr);
  CHECK(test.log.Last<DeleteMark>()->id == id);
  test.driver.Click("delete_pair");
  CHECK(test.log.Count<DeleteMark>() == 2);
}

TEST_CASE("the panel of queries fills the queue when it is looked at, and says why it asks") {
  TestWindow test;
  test.driver.Click("tab/queries");
  CHECK(test.log.Count<FillQueries>() >= 1);
  test.world.queries =
      QueriesOnScreen{.open = {{.kind = agents::QueryKind::kSpan,
                                .first = {EpisodeId{5}, 200, 240},
                                .why = "The members differ by 0.31 here."}},
                      .asked = true,
                      .answered = 12,
                      .skipped = 8,
                      .coverage = 0.14,
                      .still_brings = "Twenty more labels lower the error by 0.01."};
  test.driver.Frames(2);
  CHECK(test.driver.Find("timeline/asked") != nullptr);
  test.log.commands.clear();
  test.driver.Click("next_query");
  REQUIRE(test.log.Last<GoToQuery>() != nullptr);
  CHECK(test.log.Last<GoToQuery>()->direction == 1);
  test.driver.Tap({.key = static_cast<Key>('N'), .shift = true});
  CHECK(test.log.Last<GoToQuery>()->direction == -1);
  test.driver.Tap(static_cast<Key>('K'));
  CHECK(test.log.Count<SkipQuery>() == 1);
  test.driver.Tap(static_cast<Key>('P'));
  CHECK(test.log.Count<ComparePairs>() == 1);
}

TEST_CASE("the key for the next query opens their panel, unless somebody is being asked already") {
  TestWindow test;
  const int marks = test.window.state().settings.side_tab;
  test.driver.Tap(static_cast<Key>('N'));
  test.driver.Frames(2);
  const int queries = test.window.state().settings.side_tab;
  CHECK(queries != marks);
  CHECK(test.log.Count<FillQueries>() >= 1);  // by their panel
  test.world.queries =
      QueriesOnScreen{.open = {{.first = {EpisodeId{5}, 200, 240}, .why = {}}}, .asked = true};
  test.driver.Click("tab/marks");
  test.driver.Tap(static_cast<Key>('N'));
  test.driver.Frames(2);
  CHECK(test.window.state().settings.side_tab == marks);
}

TEST_CASE("who marks blind is not told why a span is asked, nor where the cost model errs") {
  const agents::Query query{.kind = agents::QueryKind::kSpan,
                            .reason = agents::QueryReason::kPredictedMiss,
                            .first = {EpisodeId{5}, 200, 240},
                            .why = "The cost model says safe, 0.04 at most."};
  CHECK(WhyIsAsked(query, false).reason == "Perhaps overlooked");
  CHECK(WhyIsAsked(query, false).why == query.why);
  // Every reason gives the same words.
  CHECK(WhyIsAsked(query, true).reason.empty());
  CHECK(WhyIsAsked(query, true).why.find("0.04") == std::string_view::npos);
  CHECK(WhyIsAsked(query, true).why == WhyIsAsked({.why = {}}, true).why);

  TestWindow test;
  test.world.queries = QueriesOnScreen{.open = {query}, .asked = true};
  test.driver.Click("tab/queries");
  CHECK(test.driver.Find("next_miss")->enabled);
  AnnotatorProfile blind = test.world.marks.annotators().present();
  blind.blind = true;
  test.world.marks.annotators().Put(blind);
  test.driver.Frames(2);
  CHECK_FALSE(test.driver.Find("next_miss")->enabled);
  CHECK_FALSE(test.driver.Find("next_false_alarm")->enabled);
  test.driver.Tap(static_cast<Key>('E'));
  CHECK(test.log.Count<GoToError>() == 0);
}

TEST_CASE("errors of the cost model are gone to against the rule or against others") {
  TestWindow test;
  test.world.queries = QueriesOnScreen{};
  test.driver.Click("tab/queries");
  test.driver.Tap(static_cast<Key>('E'));
  REQUIRE(test.log.Last<GoToError>() != nullptr);
  CHECK(test.log.Last<GoToError>()->reason == agents::QueryReason::kFalseAlarm);
  CHECK_FALSE(test.log.Last<GoToError>()->against_others);
  test.driver.Click("errors/others");
  test.driver.Click("next_miss");
  CHECK(test.log.Last<GoToError>()->reason == agents::QueryReason::kMiss);
  CHECK(test.log.Last<GoToError>()->against_others);
}

}  // namespace
}  // namespace lookout::ui
