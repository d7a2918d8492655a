// One option of the command line for each number of a value type that describes its fields
// (sim/base/fields.h). One thread.
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>

#include "app/cli/support/fail.h"
#include "sim/base/fields.h"

namespace lookout::app {

// What was given, by the names of the fields.
using FieldOverrides = std::map<std::string, double, std::less<>>;

// Adds them with their help and the defaults that `defaults` has. A switch may stand without its
// value, which is then 1. Common ones stand among the command's own options, the others under the
// heading that `group_of(field)` gives. `overrides` has to outlive the parsing.
template <typename Owner, typename GroupOf>
void AddFieldOptions(CLI::App& command, const Owner& defaults, GroupOf&& group_of,
                     FieldOverrides& overrides) {
  VisitNumbers(defaults, [&](const Field<Owner>& field, auto value) {
    const std::string name(field.name);
    const std::string first =
        field.short_name.empty() ? "" : "--" + std::string(field.short_name) + ",";
    CLI::Option* const option =
        command
            .add_option_function<double>(
                first + "--" + name,
                [&overrides, name](const double& given) { overrides[name] = given; },
                std::string(field.help))
            ->group(field.is_common ? std::string("Options") : std::string(group_of(field)))
            ->default_str(NumberText(static_cast<double>(value)));
    if constexpr (std::is_same_v<decltype(value), bool>) {
      // What stands for a value that is left out is the default text.
      option->expected(0, 1)->default_str("1")->option_text(value ? "[NUMBER] (1)"
                                                                  : "[NUMBER] (0)");
    }
  });
}

// Sets what was given. Refuses (kUsage) what is out of range, by its option.
template <typename Owner>
Status ApplyFieldOptions(const FieldOverrides& overrides, Owner& owner) {
  Status status;
  std::size_t used = 0;
  VisitNumbers(owner, [&](const Field<Owner>& field, auto& member) {
    using Member = std::remove_cvref_t<decltype(member)>;
    const auto given = overrides.find(field.name);
    if (given == overrides.end()) return;
    ++used;
    constexpr bool kIsFlag = std::is_same_v<Member, bool>;
    const bool is_flag_value = given->second == 0.0 || given->second == 1.0;
    if ((!kIsFlag || is_flag_value) && AcceptNumber(field, given->second, member)) return;
    if (!status.ok()) return;
    status = WrongUsage(
        "--" + std::string(field.name) + " is " + NumberText(given->second) + "; it has to be " +
        (kIsFlag ? std::string("1, yes, or 0, no") : RangeText<Member>(field)) + ".");
  });
  LOOKOUT_CHECK(used == overrides.size(), "an option that is no field");
  return status;
}

}  // namespace lookout::app
