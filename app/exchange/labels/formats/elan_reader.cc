#include "app/exchange/labels/formats/elan_reader.h"

#include <fmt/format.h>
#include <tinyxml2.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "app/exchange/labels/rows/mark_words.h"

namespace lookout::app {
namespace {

using tinyxml2::XMLDocument;
using tinyxml2::XMLElement;

std::string AttributeOf(const XMLElement& element, const char* name) {
  const char* value = element.Attribute(name);
  return value == nullptr ? std::string() : value;
}

std::string TextOf(const XMLElement* element) {
  const char* text = element == nullptr ? nullptr : element->GetText();
  return text == nullptr ? std::string() : text;
}

std::optional<std::int64_t> WholeNumber(const std::string& text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

// Seconds of the time slots. Those without a time lie evenly between their neighbours that have
// one; before the first and after the last such, none is known.
std::map<std::string, double> TimesOf(const XMLElement& root) {
  std::map<std::string, double> times;
  std::vector<std::string> waiting;
  std::optional<double> before;
  const XMLElement* order = root.FirstChildElement("TIME_ORDER");
  const XMLElement* slot = order == nullptr ? nullptr : order->FirstChildElement("TIME_SLOT");
  for (; slot != nullptr; slot = slot->NextSiblingElement("TIME_SLOT")) {
    const std::string id = AttributeOf(*slot, "TIME_SLOT_ID");
    const std::string value = AttributeOf(*slot, "TIME_VALUE");
    if (value.empty()) {
      waiting.push_back(id);
      continue;
    }
    const std::optional<std::int64_t> time_ms = WholeNumber(value);
    if (!time_ms) return {};  // no time is known by an order that says nonsense
    const double time_s = static_cast<double>(*time_ms) / 1000.0;
    for (std::size_t i = 0; before && i < waiting.size(); ++i) {
      const double share = static_cast<double>(i + 1) / static_cast<double>(waiting.size() + 1);
      times[waiting[i]] = *before + share * (time_s - *before);
    }
    waiting.clear();
    times[id] = time_s;
    before = time_s;
  }
  return times;
}

// Reads the tiers of one document.
class ElanReader {
 public:
  ElanReader(const XMLElement& root, EpisodeId episode, LabelRows& rows)
      : root_(root), episode_(episode), rows_(rows), times_(TimesOf(root)) {}

  void Read() {
    for (const XMLElement* tier = root_.FirstChildElement("TIER"); tier != nullptr;
         tier = tier->NextSiblingElement("TIER")) {
      for (const XMLElement* annotation = tier->FirstChildElement("ANNOTATION");
           annotation != nullptr; annotation = annotation->NextSiblingElement("ANNOTATION")) {
        const XMLElement* alignable = annotation->FirstChildElement("ALIGNABLE_ANNOTATION");
        if (alignable == nullptr) {
          rows_.Skip();  // it says something about another annotation
        } else {
          ReadAnnotation(*tier, *alignable);
        }
      }
    }
  }

 private:
  void ReadAnnotation(const XMLElement& tier, const XMLElement& annotation) {
    const RowPlace place{"line", annotation.GetLineNum()};
    agents::Mark mark{.episode = episode_,
                      .annotator = AttributeOf(tier, "ANNOTATOR"),
                      .on_screen = {.mode = "imported"}};
    std::string problem = ReadWords(tier, annotation, mark);
    if (problem.empty()) problem = ReadSpan(annotation, mark);
    if (problem.empty()) {
      rows_.Add(place, std::move(mark));
    } else {
      rows_.Reject(place, problem);
    }
  }

  // The label is the tier's name up to the annotator's, or what the annotation says.
  static std::string ReadWords(const XMLElement& tier, const XMLElement& annotation,
                               agents::Mark& mark) {
    const std::string name = AttributeOf(tier, "TIER_ID");
    const std::string value = TextOf(annotation.FirstChildElement("ANNOTATION_VALUE"));
    if (ReadLabelName(std::string_view(name).substr(0, name.find(kElanBeforeAnnotator)), mark)) {
      ReadDetails(value, mark);
      return {};
    }
    if (ReadLabelName(value, mark)) return {};
    return "has \"" + Quoted(value) + "\" on the tier \"" + Quoted(name) +
           "\"; labels are unsafe, safe or unsure, with a danger class behind";
  }

  std::string ReadSpan(const XMLElement& annotation, agents::Mark& mark) {
    const auto start = times_.find(AttributeOf(annotation, "TIME_SLOT_REF1"));
    const auto end = times_.find(AttributeOf(annotation, "TIME_SLOT_REF2"));
    if (start == times_.end() || end == times_.end()) return "refers to a time that is not there";
    if (end->second < start->second) {
      return fmt::format("ends at {} s, before its start at {} s", end->second, start->second);
    }
    const double duration_s = rows_.project().StepDuration(episode_);
    const auto first = StepStartingAt(start->second, duration_s);
    const auto last = first ? StepEndingAt(end->second, duration_s, *first) : std::nullopt;
    if (!last) {
      return fmt::format("lies from {} to {} s, where no step is", start->second, end->second);
    }
    mark.first_step = *first;
    mark.last_step = *last;
    return {};
  }

  const XMLElement& root_;
  EpisodeId episode_;
  LabelRows& rows_;
  std::map<std::string, double> times_;
};

// As the document's own property says, else as its file is called.
std::optional<EpisodeId> EpisodeOf(const XMLElement& header, std::string_view file) {
  for (const XMLElement* property = header.FirstChildElement("PROPERTY"); property != nullptr;
       property = property->NextSiblingElement("PROPERTY")) {
    if (AttributeOf(*property, "NAME") != kElanEpisode) continue;
    if (const auto id = WholeNumber(TextOf(property))) return EpisodeId{*id};
  }
  return EpisodeInName(file);
}

}  // namespace

void ReadElan(std::string_view text, std::string_view file, LabelRows& rows) {
  XMLDocument document;
  if (document.Parse(text.data(), text.size()) != tinyxml2::XML_SUCCESS) {
    return rows.Reject({"line", std::max(1, document.ErrorLineNum())}, "is no XML");
  }
  const XMLElement* root = document.FirstChildElement("ANNOTATION_DOCUMENT");
  const XMLElement* header = root == nullptr ? nullptr : root->FirstChildElement("HEADER");
  if (header == nullptr) return rows.Reject({"line", 1}, "begins no document of ELAN");
  const RowPlace place{"line", header->GetLineNum()};
  if (AttributeOf(*header, "TIME_UNITS") != "milliseconds") {
    return rows.Reject(place, "counts time in something else than milliseconds");
  }
  const std::optional<EpisodeId> episode = EpisodeOf(*header, file);
  if (!episode) {
    return rows.Reject(place, "does not say of which episode it is; call the file episode-3.eaf");
  }
  ElanReader(*root, *episode, rows).Read();
}

}  // namespace lookout::app
