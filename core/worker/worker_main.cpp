// A worker process: one plugin, one request at a time, from start to kill.

#include "core/worker/worker_main.hpp"

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>
#include <unistd.h>
#include <utility>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "core/base/errors/result.hpp"
#include "core/worker/instance.hpp"
#include "core/worker/library.hpp"
#include "core/worker/memory.hpp"
#include "core/worker/protocol.hpp"
#include "core/worker/setup_block.hpp"

namespace cdss::worker {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;  // shadow memory is reserved by the terabyte
#else
constexpr bool kSanitized = false;
#endif

/// Receives one message. False when the pool closed its end or this was not started by one.
template <class Message>
bool receive(Message& message) {
  return ::recv(protocol::kChannel, &message, sizeof message, 0) ==
         static_cast<ssize_t>(sizeof message);
}

/// Bytes of address space that this process has now.
std::size_t address_space() {
  std::size_t pages = 0;
  if (std::FILE* const file = std::fopen("/proc/self/statm", "re")) {
    if (std::fscanf(file, "%zu", &pages) != 1) {  // NOLINT(cert-err34-c): written by the kernel
      pages = 0;
    }
    std::fclose(file);
  }
  return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

/// What the plugin may take comes on top of what the worker has already.
bool limit_memory(std::size_t plugin_bytes) {
  const std::size_t now = address_space();
  if (kSanitized || plugin_bytes == 0) {
    return true;
  }
  const rlimit limit{now + plugin_bytes, now + plugin_bytes};
  return now > 0 && ::setrlimit(RLIMIT_AS, &limit) == 0;
}

/// No memory of this process may reach a disk: a request is a patient's record. A core handler
/// that is a program ignores RLIMIT_CORE and respects only the second.
bool forbid_core_files() {
  const rlimit none{0, 0};
  return ::setrlimit(RLIMIT_CORE, &none) == 0 && (kSanitized || ::prctl(PR_SET_DUMPABLE, 0) == 0);
}

/// The memory that pool and worker share, and the plugin that reads it.
class Worker {
 public:
  Worker(Mapping setup, Mapping request, Mapping answer)
      : setup_{std::make_shared<Mapping>(std::move(setup))},
        request_{std::move(request)},
        answer_{std::move(answer)} {}

  static Result<Worker> map(const protocol::Start& start) {
    using Access = Mapping::Access;
    CDSS_TRY(auto setup, Mapping::map(protocol::kSetup, start.setup_bytes, Access::read));
    CDSS_TRY(auto request, Mapping::map(protocol::kRequest, start.request_bytes, Access::read));
    CDSS_TRY(auto answer, Mapping::map(protocol::kAnswer, start.answer_bytes, Access::read_write));
    return Worker{std::move(setup), std::move(request), std::move(answer)};
  }

  Result<void> open() {
    CDSS_TRY(auto library, Library::open_descriptor(protocol::kLibrary));
    for (const int used :
         {protocol::kLibrary, protocol::kSetup, protocol::kRequest, protocol::kAnswer}) {
      ::close(used);
    }
    const auto& block = *reinterpret_cast<const cdss_request*>(setup_->bytes().data());
    CDSS_TRY(auto instance,
             Instance::open(std::move(library), cdss_request_document(&block, 0),
                            read_setup_block(block), setup_, answer_.bytes().size()));
    instance_.emplace(std::move(instance));
    return {};
  }

  bool reply(protocol::Kind kind, std::uint64_t serial, std::string_view text) {
    const std::size_t length = std::min(text.size(), answer_.bytes().size());
    if (length > 0) {
      std::memcpy(answer_.bytes().data(), text.data(), length);
    }
    protocol::Reply message;
    message.kind = kind;
    message.serial = serial;
    message.length = length;
    return ::send(protocol::kChannel, &message, sizeof message, MSG_NOSIGNAL) ==
           static_cast<ssize_t>(sizeof message);
  }

  void serve() {
    protocol::Evaluate go;
    while (receive(go)) {
      const auto answer =
          instance_->evaluate(*reinterpret_cast<const cdss_request*>(request_.bytes().data()));
      const bool told =
          answer ? reply(protocol::Kind::answered, go.serial, *answer)
                 : reply(answer.error().code == Errc::out_of_range ? protocol::Kind::too_long
                                                                   : protocol::Kind::failed,
                         go.serial, {});
      if (!told) {
        return;
      }
    }
  }

 private:
  std::shared_ptr<Mapping> setup_;
  Mapping request_;
  Mapping answer_;
  std::optional<Instance> instance_;
};

}  // namespace

int run_worker() {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // if the host has ended already, the channel is closed
  protocol::Start start;
  if (!receive(start) || start.magic != protocol::kMagic) {
    return 2;
  }
  auto worker = Worker::map(start);
  if (!worker || !limit_memory(start.memory_bytes)) {
    return 1;
  }
  const auto opened = worker->open();
  if (!opened) {
    if (opened.error().code == Errc::internal) {
      return 1;  // not the plugin's refusal: another worker may fare better
    }
    worker->reply(protocol::Kind::refused, 0, opened.error().message);
    return 1;
  }
  if (!forbid_core_files() || !worker->reply(protocol::Kind::opened, 0, {})) {
    return 1;
  }
  worker->serve();
  return 0;
}

}  // namespace cdss::worker
