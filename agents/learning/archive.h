// A small tagged binary format shared by checkpoints, policies and cost models: named, sized,
// checksummed fields, little endian. Value types; any thread.
//
//   magic[8] kind[16] version:u32 reserved:u32 payload_size:u64 fnv1a64(payload):u64 payload
//   payload: fields, each  name_length:u8 name type:u8 count:u64 data
//
// Fields are read by name, in any order, so that a format grows without losing its past: a version
// that adds a field reads files without it (Has), one that drops a field passes it over in older
// files. Both count as a new version of the kind's field list.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/result.h"

namespace lookout::agents {

class ArchiveWriter {
 public:
  // kind: at most 16 characters, e.g. "policy"; version: of that kind's field list.
  ArchiveWriter(std::string_view kind, std::uint32_t version);

  void Integer(std::string_view name, std::int64_t value);
  void Real(std::string_view name, double value);
  void Text(std::string_view name, std::string_view value);
  void Floats(std::string_view name, std::span<const float> values);
  void Doubles(std::string_view name, std::span<const double> values);
  void Integers(std::string_view name, std::span<const std::int64_t> values);

  // The finished bytes; the writer is used up.
  std::string Finish();

 private:
  void Field(std::string_view name, char type, std::uint64_t count, const void* data,
             std::size_t bytes);
  std::string kind_;
  std::uint32_t version_;
  std::string payload_;
};

// Errors stick: after the first one every read returns zero or nothing, and
// status() and Finish() say what was expected and what was found. A size read from the file is
// checked against the bytes that are really there before anything is allocated for it.
class ArchiveReader {
 public:
  // Checks magic, kind, version, size, checksum and that the payload is a list of fields, each name
  // once. newest: the version that the program writes; older ones are read, newer ones rejected.
  // `what` names the file for messages, e.g. "The policy file". The reader looks into `bytes`,
  // which has to outlive it.
  static Result<ArchiveReader> Open(std::string_view bytes, std::string_view kind,
                                    std::uint32_t newest, std::string_view what);

  // Whether the bytes begin like an archive of that kind; for telling files apart.
  static bool IsKind(std::string_view bytes, std::string_view kind);
  // The format version that they claim; 0 if they are of no such kind.
  static std::uint32_t VersionOf(std::string_view bytes, std::string_view kind);

  // Of the file, at most the newest.
  std::uint32_t version() const { return version_; }

  // Whether there is such a field, for one that older versions lack: without it, the value keeps
  // its default. The reads below reject a file that lacks theirs.
  bool Has(std::string_view name) const;

  std::int64_t Integer(std::string_view name, std::int64_t least, std::int64_t most);
  double Real(std::string_view name);       // refuses NaN and infinities
  double RealOrNan(std::string_view name);  // takes anything
  std::string Text(std::string_view name, std::size_t most_bytes = 4096);
  // Exactly `expected` finite values.
  Eigen::VectorXf Floats(std::string_view name, std::int64_t expected);
  Eigen::VectorXd Doubles(std::string_view name, std::int64_t expected);
  // At most `most` values.
  std::vector<std::int64_t> Integers(std::string_view name, std::int64_t most);

  // For checks of the caller's own: sticks like the reader's errors.
  void Reject(std::string message);
  bool ok() const { return status_.ok(); }
  const Status& status() const { return status_; }
  // status(), and no field was left unread. What is left over in an older version's file is passed
  // over: its field may have been dropped since.
  Status Finish();

 private:
  struct Field {
    char type = 0;
    std::string_view data;
    bool read = false;
  };

  ArchiveReader(std::string_view what, std::uint32_t version, std::uint32_t newest)
      : what_(what), version_(version), is_older_(version < newest) {}
  // Fills fields_ from the payload, or sets the error.
  void Index(std::string_view payload);
  // Cuts the first field off `rest` and keeps it; false with the error set if it is cut short.
  bool IndexNext(std::string_view& rest);
  // The data of a field, or nothing with the error set.
  std::string_view DataOf(std::string_view name, char type);

  std::map<std::string_view, Field> fields_;
  std::string what_;
  std::uint32_t version_;
  bool is_older_;
  Status status_;
};

}  // namespace lookout::agents
