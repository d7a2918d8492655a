#include "ui/panels/state/why/proof_form.h"

#include <fmt/format.h>

namespace lookout::ui {
namespace {

bool IsWholeTurn(const ProofForm& form) {
  return form.heading_from_deg <= -180.0 && form.heading_to_deg >= 180.0;
}

std::string RangeText(const char* key, double from, double to) {
  return fmt::format("\"{}\": [{:g}, {:g}]", key, from, to);
}

std::string PlaceText(const ProofForm& form) {
  const std::string_view kind = sim::SceneObjectKindName(form.of);
  if (form.place == ProofPlace::kAround) {
    return fmt::format(R"("things": [{{"kind": "{}", {}, {}}}])", kind,
                       RangeText("distance_m", 0.0, form.distance_m),
                       RangeText("bearing_deg", form.heading_from_deg, form.heading_to_deg));
  }
  std::string place;
  if (AsksOfObjects(form)) place = fmt::format(R"("of": "{}", )", kind);
  if (form.place == ProofPlace::kWithin) {
    place += fmt::format("\"within_m\": {:g}, ", form.distance_m);
  }
  if (form.place == ProofPlace::kBeyond) {
    place += fmt::format("\"beyond_m\": {:g}, ", form.distance_m);
  }
  if (AsksBox(form)) {
    place += RangeText("x_m", form.x_from_m, form.x_to_m) + ", " +
             RangeText("y_m", form.y_from_m, form.y_to_m) + ", ";
  }
  place += RangeText("heading_deg", form.heading_from_deg, form.heading_to_deg);
  return "\"place\": {" + place + "}";
}

std::string PlaceInWords(const ProofForm& form) {
  const std::string_view kind = sim::SceneObjectKindName(form.of);
  switch (form.place) {
    case ProofPlace::kInside:
      return fmt::format("inside a {}", kind);
    case ProofPlace::kWithin:
      return fmt::format("within {:g} m of a {}", form.distance_m, kind);
    case ProofPlace::kBeyond:
      return fmt::format("{:g} m or more from every {}", form.distance_m, kind);
    case ProofPlace::kBox:
      return fmt::format("in x {:g} to {:g} m, y {:g} to {:g} m", form.x_from_m, form.x_to_m,
                         form.y_from_m, form.y_to_m);
    case ProofPlace::kAround:
      return fmt::format("with a {} within {:g} m and nothing else", kind, form.distance_m);
  }
  return {};
}

}  // namespace

std::span<const lookout::Choice<ProofPlace>> Choices(ProofPlace /*kind*/) {
  static constexpr std::array<lookout::Choice<ProofPlace>, 5> kChoices{
      {{ProofPlace::kInside, "inside"},
       {ProofPlace::kWithin, "within"},
       {ProofPlace::kBeyond, "beyond"},
       {ProofPlace::kBox, "box"},
       {ProofPlace::kAround, "around"}}};
  return kChoices;
}

std::string QuestionText(const ProofForm& form) {
  return fmt::format(R"({{"claim": "{}", {}, "speed_m_per_s": {:g}}})",
                     form.unsafe ? "unsafe" : "safe", PlaceText(form), form.speed_m_per_s);
}

std::string ClaimInWords(const ProofForm& form) {
  const bool around = form.place == ProofPlace::kAround;
  const std::string turn =
      IsWholeTurn(form)
          ? around ? std::string("at any bearing") : std::string("with any heading")
          : fmt::format("{} {:g} to {:g}\xC2\xB0", around ? "at a bearing of" : "heading",
                        form.heading_from_deg, form.heading_to_deg);
  return fmt::format("Everywhere {}, {}, at up to {:g} m/s, it says {}.", PlaceInWords(form), turn,
                     form.speed_m_per_s, form.unsafe ? "unsafe" : "safe");
}

}  // namespace lookout::ui
