// The policies that a person may put into the live episode, by name: shipped ones, files that were
// opened, policies of training runs. Any thread.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "sim/base/result.h"

namespace lookout::app {

class PolicyRegistry {
 public:
  static constexpr std::size_t kMost = 256;

  struct Entry {
    std::string name;
    std::string remark;       // where it comes from, in a few words
    std::string environment;  // that it was trained in
    bool shipped = false;
  };

  // Keeps the bytes of a policy or checkpoint file and returns the name. The same bytes keep their
  // name; others under a name that is taken get a number: "agent (2)". Beyond kMost the oldest goes
  // that was not shipped.
  std::string Put(Entry entry, std::string bytes);

  // The bytes. Rejects (kBadInput) a name that is not here.
  Result<std::string> Find(const std::string& name) const;

  // In the order in which they came.
  std::vector<Entry> Entries() const;
  // Grows with every new one.
  std::int64_t version() const;

 private:
  struct Item {
    Entry entry;
    std::string bytes;
  };
  const Item* FindItem(const std::string& name) const;

  mutable std::mutex mutex_;
  std::vector<Item> items_;
  std::int64_t version_ = 0;
};

}  // namespace lookout::app
