#include "tests/support/failing_vfs.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <new>
#include <utility>

namespace lookout::test {
namespace {

// SQLite allocates szOsFile bytes for it and the real file behind it.
struct ShimFile {
  sqlite3_file base;
  FailingVfs* owner;
  std::string* path;  // made by Open, destroyed by Close
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

ShimFile* Shim(sqlite3_file* file) { return reinterpret_cast<ShimFile*>(file); }
sqlite3_file* Real(sqlite3_file* file) { return Shim(file)->real(); }
const sqlite3_io_methods* Methods(sqlite3_file* file) { return Real(file)->pMethods; }

std::int64_t Size(sqlite3_file* file) {
  sqlite3_int64 size = 0;
  Methods(file)->xFileSize(Real(file), &size);
  return size;
}

std::string Content(sqlite3_file* file, std::int64_t offset, std::int64_t bytes) {
  const std::int64_t there = std::clamp<std::int64_t>(Size(file) - offset, 0, bytes);
  std::string content(static_cast<std::size_t>(there), '\0');
  if (there > 0) Methods(file)->xRead(Real(file), content.data(), static_cast<int>(there), offset);
  return content;
}

int Close(sqlite3_file* file) {
  delete std::exchange(Shim(file)->path, nullptr);
  return Methods(file)->xClose(Real(file));
}

int Read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
  return Methods(file)->xRead(Real(file), bytes, size, offset);
}

int Write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  Trouble trouble{};
  const bool fails = Shim(file)->owner->Fails(trouble);
  if (fails && trouble == Trouble::kIoError) return SQLITE_IOERR_WRITE;
  const int arriving = fails ? size / 2 : size;
  Shim(file)
      ->owner->Unsynced(*Shim(file)->path)
      .push_back({.offset = offset,
                  .before = Content(file, offset, arriving),
                  .after = std::string(static_cast<const char*>(bytes),
                                       static_cast<std::size_t>(arriving)),
                  .size_before = Size(file)});
  const int written = Methods(file)->xWrite(Real(file), bytes, arriving, offset);
  return fails ? SQLITE_FULL : written;
}

int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  Trouble trouble{};
  if (Shim(file)->owner->Fails(trouble)) return SQLITE_IOERR_TRUNCATE;
  const std::int64_t before = Size(file);
  Shim(file)
      ->owner->Unsynced(*Shim(file)->path)
      .push_back({.offset = size,
                  .before = Content(file, size, before - size),
                  .after = {},
                  .size_before = before});
  return Methods(file)->xTruncate(Real(file), size);
}

int Sync(sqlite3_file* file, int flags) {
  Trouble trouble{};
  if (Shim(file)->owner->Fails(trouble)) return SQLITE_IOERR_FSYNC;
  Shim(file)->owner->Unsynced(*Shim(file)->path).clear();
  return Methods(file)->xSync(Real(file), flags);
}

int FileSize(sqlite3_file* file, sqlite3_int64* size) {
  return Methods(file)->xFileSize(Real(file), size);
}
int Lock(sqlite3_file* file, int level) { return Methods(file)->xLock(Real(file), level); }
int Unlock(sqlite3_file* file, int level) { return Methods(file)->xUnlock(Real(file), level); }
int CheckLock(sqlite3_file* file, int* out) {
  return Methods(file)->xCheckReservedLock(Real(file), out);
}
int Control(sqlite3_file* file, int operation, void* argument) {
  return Methods(file)->xFileControl(Real(file), operation, argument);
}
int SectorSize(sqlite3_file* file) { return Methods(file)->xSectorSize(Real(file)); }
// No promise of power-safe overwriting, whatever the real disk says.
int Characteristics(sqlite3_file*) { return 0; }

// Version 1: no shared memory, which one exclusive connection does without.
constexpr sqlite3_io_methods kMethods{.iVersion = 1,
                                      .xClose = Close,
                                      .xRead = Read,
                                      .xWrite = Write,
                                      .xTruncate = Truncate,
                                      .xSync = Sync,
                                      .xFileSize = FileSize,
                                      .xLock = Lock,
                                      .xUnlock = Unlock,
                                      .xCheckReservedLock = CheckLock,
                                      .xFileControl = Control,
                                      .xSectorSize = SectorSize,
                                      .xDeviceCharacteristics = Characteristics};

void Undo(int descriptor, const FailingVfs::Change& change) {
  [[maybe_unused]] ssize_t written =
      pwrite(descriptor, change.before.data(), change.before.size(), change.offset);
  [[maybe_unused]] int resized = ftruncate(descriptor, change.size_before);
}

void Redo(int descriptor, const FailingVfs::Change& change) {
  [[maybe_unused]] ssize_t written =
      pwrite(descriptor, change.after.data(), change.after.size(), change.offset);
  if (change.after.empty()) [[maybe_unused]]
    int resized = ftruncate(descriptor, change.offset);
}

}  // namespace

struct FailingVfs::Registration {
  sqlite3_vfs shim{};
  sqlite3_vfs* real = nullptr;
  FailingVfs* owner = nullptr;

  static int Open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
    auto* self = static_cast<Registration*>(vfs->pAppData);
    ShimFile* shim = Shim(file);
    shim->base.pMethods = nullptr;
    const int code = self->real->xOpen(self->real, name, shim->real(), flags, out);
    if (code != SQLITE_OK) return code;
    shim->owner = self->owner;
    shim->path = new std::string(name == nullptr ? "" : name);
    shim->base.pMethods = &kMethods;
    return SQLITE_OK;
  }
};

FailingVfs::FailingVfs() : registration_(std::make_unique<Registration>()) {
  registration_->real = sqlite3_vfs_find(nullptr);
  registration_->owner = this;
  registration_->shim = *registration_->real;  // everything but files goes straight to the real one
  registration_->shim.pNext = nullptr;
  registration_->shim.zName = "failing";
  registration_->shim.pAppData = registration_.get();
  registration_->shim.szOsFile = static_cast<int>(sizeof(ShimFile)) + registration_->real->szOsFile;
  registration_->shim.xOpen = Registration::Open;
  // The real functions find their own state through the pointer that they are called with.
  registration_->shim.xDelete = [](sqlite3_vfs* vfs, const char* name, int sync) {
    auto* self = static_cast<Registration*>(vfs->pAppData);
    self->owner->unsynced_.erase(name);
    return self->real->xDelete(self->real, name, sync);
  };
  sqlite3_vfs_register(&registration_->shim, 1);
}

FailingVfs::~FailingVfs() {
  sqlite3_vfs_register(registration_->real, 1);
  sqlite3_vfs_unregister(&registration_->shim);
}

void FailingVfs::FailAt(std::int64_t nth, Trouble trouble, bool for_good) {
  changes_ = failures_ = 0;
  fail_at_ = nth;
  trouble_ = trouble;
  for_good_ = for_good;
}

void FailingVfs::Heal() { FailAt(0, trouble_, false); }

bool FailingVfs::Fails(Trouble& trouble) {
  ++changes_;
  trouble = trouble_;
  const bool fails = fail_at_ > 0 && (for_good_ ? changes_ >= fail_at_ : changes_ == fail_at_);
  if (fails) ++failures_;
  return fails;
}

void FailingVfs::CutPower(std::mt19937& random) {
  for (auto& [path, changes] : unsynced_) {
    const int descriptor = open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) continue;
    std::for_each(changes.rbegin(), changes.rend(),
                  [&](const Change& change) { Undo(descriptor, change); });
    for (const Change& change : changes) {
      if (random() % 2 == 0) Redo(descriptor, change);
    }
    close(descriptor);
  }
  unsynced_.clear();
}

}  // namespace lookout::test
