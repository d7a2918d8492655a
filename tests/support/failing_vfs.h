// A disk that fails on demand, put under every database that SQLite opens while it lives. Writes,
// syncs and truncations are counted; one of them, or all from one on, can be made to fail, and the
// power can be cut: then whatever was not synced is lost in part. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace lookout::test {

enum class Trouble : std::uint8_t {
  kDiskFull,  // half of the write arrives
  kIoError,   // nothing arrives
};

class FailingVfs {
 public:
  FailingVfs();  // becomes SQLite's default; at most one at a time
  FailingVfs(const FailingVfs&) = delete;
  FailingVfs& operator=(const FailingVfs&) = delete;
  ~FailingVfs();

  // The nth change from now on fails (1: the next); with `for_good` all later ones do too.
  void FailAt(std::int64_t nth, Trouble trouble, bool for_good);
  void Heal();
  std::int64_t changes() const { return changes_; }    // since FailAt or Heal
  std::int64_t failures() const { return failures_; }  // since FailAt or Heal

  // After the databases are closed: of the changes since each file's last sync, some happened and
  // some did not. Call it while failing for good, or closing would sync.
  void CutPower(std::mt19937& random);

  // For the shim's functions only.
  struct Change {
    std::int64_t offset = 0;
    std::string before;  // what was there; shorter at the end of the file
    std::string after;   // what was written; empty for a truncation to `offset`
    std::int64_t size_before = 0;
  };
  bool Fails(Trouble& trouble);
  std::vector<Change>& Unsynced(const std::string& path) { return unsynced_[path]; }

 private:
  struct Registration;
  std::unique_ptr<Registration> registration_;
  std::map<std::string, std::vector<Change>> unsynced_;
  std::int64_t changes_ = 0;
  std::int64_t failures_ = 0;
  std::int64_t fail_at_ = 0;  // 0: never
  bool for_good_ = false;
  Trouble trouble_ = Trouble::kDiskFull;
};

}  // namespace lookout::test
