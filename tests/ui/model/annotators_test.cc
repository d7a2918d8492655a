// The list of annotators: colours, titles, and who is next.
#include "ui/model/annotators.h"

#include <doctest/doctest.h>

#include <set>

#include "ui/model/mark_store.h"

namespace lookout::ui {
namespace {

TEST_CASE("somebody new has a free colour and is blind where others have marked") {
  Annotators annotators;
  std::set<std::int32_t> colours{annotators.present().colour};
  for (const char* name : {"a", "b", "c"}) {
    const AnnotatorProfile profile = annotators.Suggest(name, true);
    CHECK(profile.blind);
    CHECK(colours.insert(profile.colour).second);
    annotators.Put(profile);
  }
  CHECK_FALSE(annotators.Suggest("d", false).blind);
}

TEST_CASE("whoever made a record is known, and does not take a turn at marking") {
  MarkStore store;
  store.annotators().Put(store.annotators().Suggest("anna", false));
  agents::FeedbackSet saved;
  agents::Mark mark{.id = MarkId{1}, .episode = EpisodeId{1}, .annotator = "oracle"};
  REQUIRE(saved.Apply({.sequence = 1, .record = RecordOf(mark), .annotator = "oracle"}).ok());
  store.Load(std::move(saved));
  REQUIRE(store.annotators().Find("oracle") != nullptr);
  CHECK_FALSE(store.annotators().Find("oracle")->marks_here);
  CHECK(store.annotators().next().name == "anna");
  store.annotators().SwitchTo("anna");
  CHECK(store.annotators().next().name == "me");
  store.annotators().SwitchTo("oracle");  // by the person's own choice
  CHECK(store.annotators().present().marks_here);
}

TEST_CASE("a title is shown, the name stays") {
  Annotators annotators;
  AnnotatorProfile me = annotators.present();
  me.title = "Jo";
  CHECK(annotators.Put(me));
  CHECK(annotators.TitleOf("me") == "Jo");
  CHECK(annotators.TitleOf("somebody") == "somebody");
  CHECK_FALSE(annotators.Put(me));
  const std::int64_t version = annotators.version();
  me.title.assign(200, 'x');
  me.title.replace(kLongestAnnotatorName - 1, 2, "\xC3\xA4");  // across the cut
  CHECK(annotators.Put(me));
  CHECK(annotators.TitleOf("me").size() == kLongestAnnotatorName - 1);
  CHECK(annotators.version() != version);
}

}  // namespace
}  // namespace lookout::ui
