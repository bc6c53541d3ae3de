#include "tests/bench/cpu_time.hpp"

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace cdss::bench {
namespace {

struct Process {
  pid_t id = 0;
  pid_t parent = 0;
  std::chrono::nanoseconds waited_for{0};  // used by children that are gone
};

/// One process as /proc tells it; id 0 when it is gone. Source: proc(5), /proc/pid/stat.
Process read_process(pid_t id) {
  std::ifstream file{"/proc/" + std::to_string(id) + "/stat"};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  const auto name_end = text.rfind(')');
  if (name_end == std::string::npos) {
    return {};
  }
  std::istringstream rest{text.substr(name_end + 1)};
  std::vector<std::string> fields{std::istream_iterator<std::string>{rest}, {}};
  constexpr std::size_t kParent = 1;        // field 4
  constexpr std::size_t kChildUser = 13;    // field 16, cutime
  constexpr std::size_t kChildSystem = 14;  // field 17, cstime
  if (fields.size() <= kChildSystem) {
    return {};
  }
  const auto ticks = std::stoll(fields[kChildUser]) + std::stoll(fields[kChildSystem]);
  return {.id = id,
          .parent = static_cast<pid_t>(std::stol(fields[kParent])),
          .waited_for = std::chrono::nanoseconds{ticks * 1'000'000'000 / sysconf(_SC_CLK_TCK)}};
}

std::vector<Process> all_processes() {
  std::vector<Process> all;
  for (const auto& entry : std::filesystem::directory_iterator{"/proc"}) {
    const std::string name = entry.path().filename();
    pid_t id = 0;
    if (std::from_chars(name.data(), name.data() + name.size(), id).ec == std::errc{}) {
      if (const Process process = read_process(id); process.id != 0) {
        all.push_back(process);
      }
    }
  }
  return all;
}

/// To the nanosecond, where /proc counts in hundredths of a second.
std::chrono::nanoseconds own_time(pid_t id) {
  clockid_t clock{};
  timespec used{};
  if (clock_getcpuclockid(id, &clock) != 0 || clock_gettime(clock, &used) != 0) {
    return {};
  }
  return std::chrono::seconds{used.tv_sec} + std::chrono::nanoseconds{used.tv_nsec};
}

}  // namespace

std::chrono::nanoseconds cpu_time_of_tree(pid_t root) {
  const auto processes = all_processes();
  std::set<pid_t> tree{root};
  for (std::size_t before = 0; before != tree.size();) {
    before = tree.size();
    for (const auto& process : processes) {
      if (tree.contains(process.parent)) {
        tree.insert(process.id);
      }
    }
  }
  std::chrono::nanoseconds sum{0};
  for (const auto& process : processes) {
    if (tree.contains(process.id)) {
      sum += own_time(process.id) + process.waited_for;
    }
  }
  return sum;
}

}  // namespace cdss::bench
