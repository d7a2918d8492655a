// Lets a fuzz target start from valid inputs that it writes itself, so that no bytes need
// committing. One thread.
#pragma once

#include <string>
#include <vector>

// A fuzz target may define this. The replay (fuzz_main.cc) mutates what it returns; in a libFuzzer
// build nothing calls it.
std::vector<std::string> FuzzSeeds() __attribute__((weak));
