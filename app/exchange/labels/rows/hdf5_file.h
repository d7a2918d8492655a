// A new HDF5 file whose tables grow row by row, as numpy and h5py write such. One owner, one
// thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "sim/base/result.h"

namespace lookout::app {

// Calls of the library; the first that fails makes all later ones do nothing and the file count as
// failed. Names are paths such as "episode_0/rewards".
class Hdf5File {
 public:
  // Creates the file, which is not there yet.
  explicit Hdf5File(const std::filesystem::path& path);
  Hdf5File(const Hdf5File&) = delete;
  Hdf5File& operator=(const Hdf5File&) = delete;
  ~Hdf5File();

  void AddGroup(const std::string& name);
  void SetAttribute(const std::string& object, const std::string& name, std::int64_t value);
  void SetAttribute(const std::string& object, const std::string& name, const std::string& value);

  // Appends rows to the table, which is made by the first call. columns: numbers of a row that is
  // a list; 0: a row is one number. values: [rows x columns], row by row.
  void Append(const std::string& table, std::span<const float> values, std::size_t columns = 0);
  void Append(const std::string& table, std::span<const double> values, std::size_t columns = 0);
  void Append(const std::string& table, std::span<const bool> values);  // as numpy's bool

  // Writes everything out. Fails if anything did.
  Status Close();

 private:
  void AppendRows(const std::string& table, std::int64_t type, const void* values,
                  std::size_t count, std::size_t columns);
  std::int64_t OpenTable(const std::string& table, std::int64_t type, std::size_t columns);
  void SetAttributeOfType(const std::string& object, const std::string& name, std::int64_t type,
                          const void* value);
  // Remembers whether a call failed; passes its outcome on.
  std::int64_t Checked(std::int64_t outcome);

  std::filesystem::path path_;
  std::int64_t file_ = -1;
  std::int64_t bool_type_ = -1;
  bool failed_ = false;
};

}  // namespace lookout::app
