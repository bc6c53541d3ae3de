#include "core/worker/spawn.hpp"

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <string>
#include <vector>

#include "core/base/descriptor.hpp"

namespace cdss::worker {
namespace {

constexpr int kFirst = 3;

Error refused() {
  return Error{Errc::internal, {}, "the system starts no worker process"};
}

/// posix_spawn's two lists, freed with this.
class Recipe {
 public:
  Recipe() {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawnattr_init(&attributes_);
  }
  Recipe(const Recipe&) = delete;
  Recipe& operator=(const Recipe&) = delete;
  ~Recipe() {
    ::posix_spawnattr_destroy(&attributes_);
    ::posix_spawn_file_actions_destroy(&actions_);
  }

  bool prepare(std::span<const Descriptor> inherited) {
    bool good = true;
    for (int standard = 0; standard < kFirst; ++standard) {
      good = good &&
             ::posix_spawn_file_actions_addopen(&actions_, standard, "/dev/null", O_RDWR, 0) == 0;
    }
    int number = kFirst;
    for (const Descriptor& descriptor : inherited) {
      good =
          good && ::posix_spawn_file_actions_adddup2(&actions_, descriptor.number(), number++) == 0;
    }
    sigset_t every;
    sigset_t none;
    ::sigfillset(&every);
    ::sigemptyset(&none);
    // A session of its own: Ctrl-C at the terminal is for the host, which then drains its calls.
    constexpr short kFlags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID;
    return good && ::posix_spawn_file_actions_addclosefrom_np(&actions_, number) == 0 &&
           ::posix_spawn_file_actions_addchdir_np(&actions_, "/") == 0 &&
           ::posix_spawnattr_setsigdefault(&attributes_, &every) == 0 &&
           ::posix_spawnattr_setsigmask(&attributes_, &none) == 0 &&
           ::posix_spawnattr_setflags(&attributes_, kFlags) == 0;
  }

  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

}  // namespace

Result<pid_t> spawn_worker(const std::filesystem::path& program, std::span<const int> inherited) {
  // Copies with high numbers, so that placing one at its number does not close another.
  constexpr int kHigh = 64;
  std::vector<Descriptor> copies;
  for (const int number : inherited) {
    copies.emplace_back(::fcntl(number, F_DUPFD_CLOEXEC, kHigh));
    if (!copies.back()) {
      return refused();
    }
  }
  Recipe recipe;
  if (!recipe.prepare(copies)) {
    return refused();
  }
  std::string name = "psoas-cds";
  std::string subcommand = "worker";
  char* const arguments[] = {name.data(), subcommand.data(), nullptr};
  char* const environment[] = {nullptr};
  pid_t pid = -1;
  if (::posix_spawn(&pid, program.c_str(), recipe.actions(), recipe.attributes(), arguments,
                    environment) != 0) {
    return refused();
  }
  return pid;
}

}  // namespace cdss::worker
