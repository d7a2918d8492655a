#include "agents/feedback/annotators/annotator_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <type_traits>
#include <utility>
#include <vector>

#include "sim/base/nearest_name.h"

namespace lookout::agents {
namespace {

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\n";
  const auto first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// Cuts off what stands before the separator.
std::string_view CutAt(std::string_view& rest, char separator) {
  const auto at = rest.find(separator);
  const std::string_view part = Trim(rest.substr(0, at));
  rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
  return part;
}

Status SetFault(std::string_view part, AnnotatorSettings& settings) {
  std::string_view rest = part;
  const std::string name(CutAt(rest, ' '));
  const std::string_view text = Trim(rest);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_number = error == std::errc{} && end == text.data() + text.size();
  std::vector<std::string> names;
  Status status;
  VisitNumbers(settings, [&](const Field<AnnotatorSettings>& field, auto& member) {
    names.emplace_back(field.name);
    if (field.name != name || (is_number && AcceptNumber(field, value, member))) return;
    using Member = std::remove_cvref_t<decltype(member)>;
    const std::string wanted = std::is_same_v<Member, bool> ? "0 or 1" : RangeText<Member>(field);
    status = BadInput(fmt::format("'{}' needs {}, not '{}'.", name, wanted, text));
  });
  if (!status) return status;
  if (std::ranges::find(names, name) != names.end()) return {};
  return BadInput("there is no fault '" + name + "'." + sim::DidYouMean(name, names) +
                  " 'lookout annotate --help' lists them all.");
}

}  // namespace

Result<AnnotatorSpec> ParseAnnotator(std::string_view text, const DangerClasses& classes) {
  const auto reject = [&](const std::string& problem) {
    return BadInput("--annotator \"" + std::string(text) + "\": " + problem);
  };
  AnnotatorSpec spec;
  std::string_view rest = text;
  std::string_view head = CutAt(rest, ';');
  spec.settings.name = CutAt(head, ':');
  if (spec.settings.name.empty()) return reject("a name has to come first, as in 'Ann: cost'.");
  const std::string_view what = Trim(head);
  auto sees = ParsePredicate(what.empty() ? "cost" : what, classes);
  if (!sees) return reject(sees.error().message);
  spec.sees = std::move(sees).value();
  while (!rest.empty()) {
    const std::string_view part = CutAt(rest, ';');
    if (part.empty()) continue;
    if (Status set = SetFault(part, spec.settings); !set) return reject(set.error().message);
  }
  return spec;
}

std::string AnnotatorHelp() {
  std::string text =
      "An annotator is \"NAME: WHAT; FAULT VALUE; FAULT VALUE ...\", as in\n"
      "  \"Ann: cost; lag 15; miss 0.1\"\n"
      "  \"Bob: distance vase < 0.4 and speed > 0.5 as 2 or cost hazards as hazard; drift 0.3\"\n"
      "WHAT is dangerous, conditions joined by 'and' and 'or'; 'as' and a number from 1 to\n"
      "9, or a name, say the danger class:\n"
      "  cost [KIND]          the rule charges, in total or for hazards, vase contact, ...\n"
      "  distance KIND < M    metres to the centre of the nearest hazard, vase, gremlin, ...\n"
      "  speed > V            m/s of the robot\n"
      "  jolt > A             m/s^2, horizontally; contacts show in it\n"
      "FAULTS, with their defaults:\n";
  const AnnotatorSettings defaults;
  VisitNumbers(defaults, [&](const Field<AnnotatorSettings>& field, auto value) {
    std::string line =
        "  " + std::string(field.name) + " " + NumberText(static_cast<double>(value));
    line.resize(std::max<std::size_t>(line.size() + 1, 23), ' ');
    text += line + std::string(field.help) + "\n";
  });
  return text;
}

}  // namespace lookout::agents
