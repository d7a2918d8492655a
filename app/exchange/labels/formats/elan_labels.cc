// Labels as annotation documents of ELAN, one for each episode: a tier for each label and
// annotator, and more of them where spans overlap, as those of a tier must not.
#include <fmt/format.h>
#include <tinyxml2.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

#include "app/exchange/labels/formats/elan_reader.h"
#include "app/exchange/labels/rows/label_format.h"
#include "app/exchange/labels/rows/mark_words.h"
#include "app/platform/files.h"

namespace lookout::app {
namespace {

using tinyxml2::XMLDocument;
using tinyxml2::XMLElement;

constexpr double kFinestStep_s = 0.001;  // documents count milliseconds

// XML has no place for most control characters.
std::string XmlText(std::string text) {
  for (char& c : text) {
    const bool fits = static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t';
    if (!fits) c = ' ';
  }
  return text;
}

// Writes the document of one episode.
class ElanWriter {
 public:
  ElanWriter(EpisodeId episode, double duration_s) : duration_s_(duration_s) {
    document_.InsertEndChild(document_.NewDeclaration());
    root_ = document_.NewElement("ANNOTATION_DOCUMENT");
    document_.InsertEndChild(root_);
    root_->SetAttribute("AUTHOR", "Lookout");
    root_->SetAttribute("DATE", "1970-01-01T00:00:00+00:00");
    root_->SetAttribute("FORMAT", "3.0");
    root_->SetAttribute("VERSION", "3.0");
    XMLElement* header = root_->InsertNewChildElement("HEADER");
    header->SetAttribute("MEDIA_FILE", "");
    header->SetAttribute("TIME_UNITS", "milliseconds");
    XMLElement* property = header->InsertNewChildElement("PROPERTY");
    property->SetAttribute("NAME", kElanEpisode);
    property->SetText(episode.value);
    times_ = root_->InsertNewChildElement("TIME_ORDER");
  }

  // marks: of one label and annotator.
  void AddTiers(std::vector<agents::Mark> marks) {
    std::ranges::sort(marks, {}, [](const agents::Mark& mark) {
      return std::tuple(mark.first_step, mark.last_step, mark.id);
    });
    const std::vector<int> rows = RowsWithoutOverlap(marks);
    std::vector<XMLElement*> tiers;
    for (std::size_t i = 0; i < marks.size(); ++i) {
      const auto row = static_cast<std::size_t>(rows[i]);
      if (row >= tiers.size()) tiers.push_back(NewTier(marks[i], row));
      AddAnnotation(*tiers[row], marks[i]);
    }
  }

  std::string Finish() {
    XMLElement* type = root_->InsertNewChildElement("LINGUISTIC_TYPE");
    type->SetAttribute("GRAPHIC_REFERENCES", "false");
    type->SetAttribute("LINGUISTIC_TYPE_ID", "label");
    type->SetAttribute("TIME_ALIGNABLE", "true");
    tinyxml2::XMLPrinter printer;
    document_.Print(&printer);
    return printer.CStr();
  }

 private:
  XMLElement* NewTier(const agents::Mark& mark, std::size_t row) {
    XMLElement* tier = root_->InsertNewChildElement("TIER");
    std::string name = LabelName(mark).append(kElanBeforeAnnotator) + XmlText(mark.annotator);
    if (row > 0) name += fmt::format(" ({})", row + 1);
    tier->SetAttribute("ANNOTATOR", XmlText(mark.annotator).c_str());
    tier->SetAttribute("LINGUISTIC_TYPE_REF", "label");
    tier->SetAttribute("TIER_ID", name.c_str());
    return tier;
  }

  std::string NewTime(double time_s) {
    XMLElement* slot = times_->InsertNewChildElement("TIME_SLOT");
    const std::string id = fmt::format("ts{}", ++slots_);
    slot->SetAttribute("TIME_SLOT_ID", id.c_str());
    slot->SetAttribute("TIME_VALUE", static_cast<std::int64_t>(std::llround(time_s * 1000.0)));
    return id;
  }

  void AddAnnotation(XMLElement& tier, const agents::Mark& mark) {
    XMLElement* annotation =
        tier.InsertNewChildElement("ANNOTATION")->InsertNewChildElement("ALIGNABLE_ANNOTATION");
    annotation->SetAttribute("ANNOTATION_ID", fmt::format("a{}", ++annotations_).c_str());
    const std::string start = NewTime(StartOfStep(mark.first_step, duration_s_));
    const std::string end = NewTime(EndOfStep(mark.last_step, duration_s_));
    annotation->SetAttribute("TIME_SLOT_REF1", start.c_str());
    annotation->SetAttribute("TIME_SLOT_REF2", end.c_str());
    annotation->InsertNewChildElement("ANNOTATION_VALUE")
        ->SetText(XmlText(DetailsOf(mark)).c_str());
  }

  double duration_s_;
  XMLDocument document_;
  XMLElement* root_ = nullptr;
  XMLElement* times_ = nullptr;
  std::int64_t slots_ = 0;
  std::int64_t annotations_ = 0;
};

using ElanTiers = std::map<std::pair<std::string, std::string>, std::vector<agents::Mark>>;

Status WriteEpisode(EpisodeId episode, const ElanTiers& tiers, LabelProject& project,
                    const std::filesystem::path& folder) {
  const double duration_s = project.StepDuration(episode);
  if (duration_s < kFinestStep_s) {
    return BadInput(
        fmt::format("A step of episode {} takes {} s, and ELAN counts milliseconds; "
                    "choose another format.",
                    episode.value, duration_s));
  }
  ElanWriter writer(episode, duration_s);
  for (const auto& [tier, marks] : tiers) writer.AddTiers(marks);
  return WriteWholeFile(folder / fmt::format("episode-{}.eaf", episode.value), writer.Finish());
}

Status WriteElan(const LabelExport& labels, const std::filesystem::path& out) {
  std::map<EpisodeId, ElanTiers> episodes;
  for (const auto& [id, mark] : labels.feedback.marks()) {
    episodes[mark.episode][{LabelName(mark), mark.annotator}].push_back(mark);
  }
  if (episodes.empty()) return BadInput("There are no spans to write; mark some first.");
  for (const auto& [episode, tiers] : episodes) {
    Status written = WriteEpisode(episode, tiers, labels.project, out);
    if (written) continue;
    std::error_code ignored;
    std::filesystem::remove_all(out, ignored);
    return written;
  }
  return {};
}

}  // namespace

constexpr LabelFormat kElanLabels{.name = "elan",
                                  .extension = ".eaf",
                                  .what = "a folder with a document of ELAN for each episode",
                                  .carries = {},
                                  .one_file_per_episode = true,
                                  .write = WriteElan,
                                  .read = ReadElan};

}  // namespace lookout::app
