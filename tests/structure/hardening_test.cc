// The flags that make a memory error stop the program rather than serve an attacker are really on:
// looks at this executable, which is built and linked like the program.
#include <doctest/doctest.h>
#include <elf.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace {

std::string ThisExecutable() {
  std::ifstream in("/proc/self/exe", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

template <typename T>
T ReadAt(const std::string& bytes, std::size_t offset) {
  REQUIRE(offset + sizeof(T) <= bytes.size());
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return value;
}

std::optional<Elf64_Phdr> FindSegment(const std::string& elf, Elf64_Word type) {
  const auto header = ReadAt<Elf64_Ehdr>(elf, 0);
  for (std::size_t i = 0; i < header.e_phnum; ++i) {
    const auto segment = ReadAt<Elf64_Phdr>(elf, header.e_phoff + i * sizeof(Elf64_Phdr));
    if (segment.p_type == type) return segment;
  }
  return std::nullopt;
}

bool HasDynamicFlag(const std::string& elf, Elf64_Sxword tag, Elf64_Xword flag) {
  const auto dynamic = FindSegment(elf, PT_DYNAMIC);
  REQUIRE(dynamic.has_value());
  for (std::size_t at = 0; at < dynamic->p_filesz; at += sizeof(Elf64_Dyn)) {
    const auto entry = ReadAt<Elf64_Dyn>(elf, dynamic->p_offset + at);
    if (entry.d_tag == tag && (entry.d_un.d_val & flag) != 0) return true;
  }
  return false;
}

TEST_CASE("the executable can be loaded anywhere") {
  const std::string elf = ThisExecutable();
  CHECK(ReadAt<Elf64_Ehdr>(elf, 0).e_type == ET_DYN);
  CHECK(HasDynamicFlag(elf, DT_FLAGS_1, DF_1_PIE));
}

TEST_CASE("its relocations are read-only and resolved at the start") {
  const std::string elf = ThisExecutable();
  CHECK(FindSegment(elf, PT_GNU_RELRO).has_value());
  CHECK(HasDynamicFlag(elf, DT_FLAGS_1, DF_1_NOW));
}

TEST_CASE("its stack is not executable") {
  const auto stack = FindSegment(ThisExecutable(), PT_GNU_STACK);
  REQUIRE(stack.has_value());
  CHECK((stack->p_flags & PF_X) == 0U);
}

TEST_CASE("the library's own checks are on") {
#if defined(_GLIBCXX_ASSERTIONS)
  const bool assertions = true;
#else
  const bool assertions = false;
#endif
#if defined(__SSP_STRONG__)
  const bool stack_protector = true;
#else
  const bool stack_protector = false;
#endif
  CHECK(assertions);
  CHECK(stack_protector);
}

// Sanitizers check the same calls themselves, and it needs an optimising compiler.
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_CASE("calls of the C library check their buffers") { CHECK(_FORTIFY_SOURCE >= 2); }
#endif

}  // namespace
