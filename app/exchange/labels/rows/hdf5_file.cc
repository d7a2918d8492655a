#include "app/exchange/labels/rows/hdf5_file.h"

#include <hdf5.h>

#include <algorithm>
#include <array>

namespace lookout::app {
namespace {

constexpr hsize_t kChunkBytes = 64 * 1024;
constexpr unsigned kGzipLevel = 4;

}  // namespace

Hdf5File::Hdf5File(const std::filesystem::path& path) : path_(path) {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // errors are told by Close, not by the library
  file_ = Checked(H5Fcreate(path.c_str(), H5F_ACC_EXCL, H5P_DEFAULT, H5P_DEFAULT));
  // As h5py stores numpy's bool.
  bool_type_ = Checked(H5Tenum_create(H5T_NATIVE_INT8));
  const std::int8_t no = 0;
  const std::int8_t yes = 1;
  Checked(H5Tenum_insert(bool_type_, "FALSE", &no));
  Checked(H5Tenum_insert(bool_type_, "TRUE", &yes));
}

Hdf5File::~Hdf5File() {
  if (bool_type_ >= 0) H5Tclose(bool_type_);
  if (file_ >= 0) H5Fclose(file_);
}

std::int64_t Hdf5File::Checked(std::int64_t outcome) {
  failed_ = failed_ || outcome < 0;
  return outcome;
}

void Hdf5File::AddGroup(const std::string& name) {
  if (failed_) return;
  const hid_t group =
      Checked(H5Gcreate2(file_, name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  if (group >= 0) H5Gclose(group);
}

void Hdf5File::SetAttributeOfType(const std::string& object, const std::string& name,
                                  std::int64_t type, const void* value) {
  if (failed_) return;
  const hid_t place = Checked(H5Screate(H5S_SCALAR));
  const hid_t attribute = Checked(H5Acreate_by_name(file_, object.c_str(), name.c_str(), type,
                                                    place, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  if (attribute >= 0) {
    Checked(H5Awrite(attribute, type, value));
    H5Aclose(attribute);
  }
  if (place >= 0) H5Sclose(place);
}

void Hdf5File::SetAttribute(const std::string& object, const std::string& name,
                            std::int64_t value) {
  SetAttributeOfType(object, name, H5T_NATIVE_INT64, &value);
}

void Hdf5File::SetAttribute(const std::string& object, const std::string& name,
                            const std::string& value) {
  const hid_t type = Checked(H5Tcopy(H5T_C_S1));
  if (type < 0) return;
  Checked(H5Tset_size(type, std::max<std::size_t>(1, value.size())));
  Checked(H5Tset_cset(type, H5T_CSET_UTF8));
  SetAttributeOfType(object, name, type, value.c_str());
  H5Tclose(type);
}

// The table, made if it is not there.
std::int64_t Hdf5File::OpenTable(const std::string& table, std::int64_t type, std::size_t columns) {
  if (H5Lexists(file_, table.c_str(), H5P_DEFAULT) > 0) {
    return Checked(H5Dopen2(file_, table.c_str(), H5P_DEFAULT));
  }
  const int rank = columns == 0 ? 1 : 2;
  const std::array<hsize_t, 2> none{0, columns};
  const std::array<hsize_t, 2> most{H5S_UNLIMITED, columns};
  const hsize_t row_bytes = H5Tget_size(type) * std::max<std::size_t>(1, columns);
  const std::array<hsize_t, 2> chunk{std::max<hsize_t>(1, kChunkBytes / row_bytes), columns};
  const hid_t space = Checked(H5Screate_simple(rank, none.data(), most.data()));
  const hid_t layout = Checked(H5Pcreate(H5P_DATASET_CREATE));
  Checked(H5Pset_chunk(layout, rank, chunk.data()));
  Checked(H5Pset_deflate(layout, kGzipLevel));
  const hid_t made =
      Checked(H5Dcreate2(file_, table.c_str(), type, space, H5P_DEFAULT, layout, H5P_DEFAULT));
  H5Pclose(layout);
  H5Sclose(space);
  return made;
}

void Hdf5File::AppendRows(const std::string& table, std::int64_t type, const void* values,
                          std::size_t count, std::size_t columns) {
  if (failed_) return;
  const hid_t data = OpenTable(table, type, columns);
  if (data < 0) return;
  const int rank = columns == 0 ? 1 : 2;
  const hsize_t rows = columns == 0 ? count : count / columns;
  const hid_t old_space = Checked(H5Dget_space(data));
  std::array<hsize_t, 2> size{};
  Checked(H5Sget_simple_extent_dims(old_space, size.data(), nullptr));
  if (old_space >= 0) H5Sclose(old_space);
  const std::array<hsize_t, 2> start{size[0], 0};
  const std::array<hsize_t, 2> added{rows, columns};
  size[0] += rows;
  Checked(H5Dset_extent(data, size.data()));
  const hid_t space = Checked(H5Dget_space(data));
  const hid_t memory = Checked(H5Screate_simple(rank, added.data(), nullptr));
  Checked(H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, added.data(), nullptr));
  if (rows > 0) Checked(H5Dwrite(data, type, memory, space, H5P_DEFAULT, values));
  if (memory >= 0) H5Sclose(memory);
  if (space >= 0) H5Sclose(space);
  H5Dclose(data);
}

void Hdf5File::Append(const std::string& table, std::span<const float> values,
                      std::size_t columns) {
  AppendRows(table, H5T_NATIVE_FLOAT, values.data(), values.size(), columns);
}

void Hdf5File::Append(const std::string& table, std::span<const double> values,
                      std::size_t columns) {
  AppendRows(table, H5T_NATIVE_DOUBLE, values.data(), values.size(), columns);
}

void Hdf5File::Append(const std::string& table, std::span<const bool> values) {
  static_assert(sizeof(bool) == sizeof(std::int8_t));
  AppendRows(table, bool_type_, values.data(), values.size(), 0);
}

Status Hdf5File::Close() {
  if (file_ >= 0) Checked(H5Fflush(file_, H5F_SCOPE_GLOBAL));
  if (file_ >= 0) Checked(H5Fclose(file_));
  file_ = -1;
  if (!failed_) return {};
  return Error{path_.string() + " cannot be written; choose a place with enough space."};
}

}  // namespace lookout::app
