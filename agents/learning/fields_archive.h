// The numbers and choices of any value type that describes its fields (sim/base/fields.h) in an
// archive, each as "<prefix>.<name>". Any thread.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "agents/learning/archive.h"
#include "sim/base/fields.h"

namespace lookout::agents {

template <typename Owner>
void EncodeFields(const Owner& owner, std::string_view prefix, ArchiveWriter& writer) {
  const std::string start = std::string(prefix) + ".";
  VisitChoices(owner, [&](const Field<Owner>& field, auto choice) {
    writer.Text(start + std::string(field.name), ChoiceName(choice));
  });
  VisitNumbers(owner, [&](const Field<Owner>& field, auto number) {
    writer.Real(start + std::string(field.name), static_cast<double>(number));
  });
}

// Whether there is such a field. One that is younger than the archive keeps its default; refuses
// the lack of any other through the reader.
template <typename Owner>
bool HasField(const Field<Owner>& field, const std::string& name, ArchiveReader& reader) {
  if (reader.Has(name)) return true;
  if (field.since <= reader.version()) {
    reader.Reject(
        fmt::format("it lacks '{}', which files of version {} have.", name, reader.version()));
  }
  return false;
}

// Refuses unknown choices, numbers out of range and missing fields (see HasField) through the
// reader.
template <typename Owner>
Owner DecodeFields(std::string_view prefix, ArchiveReader& reader) {
  const std::string start = std::string(prefix) + ".";
  Owner owner;
  VisitChoices(owner, [&](const Field<Owner>& field, auto& member) {
    using Enum = std::remove_cvref_t<decltype(member)>;
    const std::string name = start + std::string(field.name);
    if (!HasField(field, name, reader)) return;
    const std::string found = reader.Text(name, 100);
    if (!reader.ok()) return;
    const Result<Enum> choice = ParseChoice<Enum>(found, field.help);
    if (!choice.ok()) return reader.Reject(choice.error().message);
    member = *choice;
  });
  VisitNumbers(owner, [&](const Field<Owner>& field, auto& member) {
    using Member = std::remove_cvref_t<decltype(member)>;
    const std::string name = start + std::string(field.name);
    if (!HasField(field, name, reader)) return;
    const double number = reader.Real(name);
    if (!reader.ok() || AcceptNumber(field, number, member)) return;
    reader.Reject("field '" + name + "' is " + NumberText(number) + ", expected " +
                  RangeText<Member>(field) + ".");
  });
  return owner;
}

}  // namespace lookout::agents
