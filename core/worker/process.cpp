#include "core/worker/process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <utility>

#include <sys/socket.h>
#include <sys/wait.h>

#include "core/worker/protocol.hpp"
#include "core/worker/spawn.hpp"

namespace cdss::worker {
namespace {

Error defect(const char* message) {
  return Error{Errc::internal, {}, message};
}

template <class Message>
bool send_message(const Descriptor& channel, const Message& message) {
  return ::send(channel.number(), &message, sizeof message, MSG_NOSIGNAL) ==
         static_cast<ssize_t>(sizeof message);
}

enum class ReceiveResult { message, gone, nonsense };

ReceiveResult receive_reply(const Descriptor& channel, protocol::Reply& reply) {
  // One byte of room more than a message, so that a longer one shows.
  std::array<std::byte, sizeof reply + 1> bytes{};
  const ssize_t count = ::recv(channel.number(), bytes.data(), bytes.size(), MSG_DONTWAIT);
  if (count == 0 || (count < 0 && errno == ECONNRESET)) {
    return ReceiveResult::gone;
  }
  if (count != static_cast<ssize_t>(sizeof reply)) {
    return ReceiveResult::nonsense;
  }
  std::copy_n(bytes.data(), sizeof reply, reinterpret_cast<std::byte*>(&reply));
  return reply.magic == protocol::kMagic ? ReceiveResult::message : ReceiveResult::nonsense;
}

}  // namespace

Process::Process(Descriptor request, Mapping request_map, Descriptor answer, Mapping answer_map)
    : request_{std::move(request)},
      request_map_{std::move(request_map)},
      answer_{std::move(answer)},
      answer_map_{std::move(answer_map)} {}

Process::~Process() {
  kill();
  reap();
}

Result<std::unique_ptr<Process>> Process::spawn(const ProcessSettings& settings) {
  using Access = Mapping::Access;
  CDSS_TRY(auto request, shared_memory("cdss-request", settings.request_bytes));
  CDSS_TRY(auto request_map,
           Mapping::map(request.number(), settings.request_bytes, Access::read_write));
  CDSS_TRY(auto answer, shared_memory("cdss-answer", settings.answer_bytes));
  CDSS_TRY(auto answer_map,
           Mapping::map(answer.number(), settings.answer_bytes, Access::read_write));
  CDSS_TRY(const auto worker_request, read_only(request));
  std::unique_ptr<Process> process{new Process{std::move(request), std::move(request_map),
                                               std::move(answer), std::move(answer_map)}};

  int ends[2] = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    return defect("the system gives no channel to a worker");
  }
  process->channel_ = Descriptor{ends[0]};
  const Descriptor worker_end{ends[1]};
  // In the order of protocol::kChannel to protocol::kAnswer.
  const int inherited[] = {worker_end.number(), settings.library.number(), settings.setup.number(),
                           worker_request.number(), process->answer_.number()};
  CDSS_TRY(process->pid_, spawn_worker(settings.program, inherited));
  protocol::Start start;
  start.setup_bytes = settings.setup_bytes;
  start.request_bytes = settings.request_bytes;
  start.answer_bytes = settings.answer_bytes;
  start.memory_bytes = settings.memory_bytes;
  send_message(process->channel_, start);  // if it is gone already, await_open finds out
  return process;
}

Process::WaitResult Process::wait(Clock::time_point deadline) const {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::nanoseconds>(deadline - Clock::now());
    const auto most = std::max(left, std::chrono::nanoseconds{0});
    const timespec timeout{most.count() / 1'000'000'000, most.count() % 1'000'000'000};
    pollfd waiting{channel_.number(), POLLIN, 0};
    const int ready = ::ppoll(&waiting, 1, &timeout, nullptr);
    if (ready > 0) {
      return (waiting.revents & POLLIN) != 0 ? WaitResult::ready : WaitResult::gone;
    }
    if (ready == 0 && left.count() <= 0) {
      return WaitResult::late;
    }
    if (ready < 0 && errno != EINTR) {
      return WaitResult::gone;
    }
  }
}

Result<void> Process::await_open(Clock::time_point deadline,
                                 const std::function<bool()>& cancelled) {
  constexpr std::chrono::milliseconds kSlice{20};
  WaitResult waited = WaitResult::late;
  while (waited == WaitResult::late) {
    if (cancelled()) {
      return Error{Errc::unavailable, {}, "the plugin's workers are being ended"};
    }
    const auto now = Clock::now();
    if (now >= deadline) {
      return Error{Errc::timed_out, {}, "plugin takes too long to open"};
    }
    waited = wait(std::min(deadline, now + kSlice));
  }
  protocol::Reply reply;
  if (receive_reply(channel_, reply) != ReceiveResult::message ||
      reply.length > answer_map_.bytes().size()) {
    return defect("the worker ended before the plugin was open");
  }
  if (reply.kind == protocol::Kind::refused) {
    return Error{Errc::malformed,
                 {},
                 {reinterpret_cast<const char*>(answer_map_.bytes().data()), reply.length}};
  }
  return reply.kind == protocol::Kind::opened
             ? Result<void>{}
             : Result<void>{defect("the worker broke the protocol")};
}

CallResult Process::call(const Call& call, std::size_t size, Clock::time_point deadline) {
  write_block(call, request_map_.bytes());
  if (!send_message(channel_, protocol::Evaluate{++serial_})) {
    return {defect("no worker took the call"), CallStatus::not_taken};
  }
  switch (wait(deadline)) {
    case WaitResult::late:
      return {Error{Errc::timed_out, {}, "plugin did not answer in time"}, CallStatus::timed_out};
    case WaitResult::gone:
      return {defect("plugin crashed"), CallStatus::crashed};
    case WaitResult::ready:
      break;
  }
  return read_reply(size);
}

CallResult Process::read_reply(std::size_t request_bytes) {
  protocol::Reply reply;
  const auto received = receive_reply(channel_, reply);
  if (received == ReceiveResult::gone) {
    return {defect("plugin crashed"), CallStatus::crashed};
  }
  if (received == ReceiveResult::nonsense || reply.serial != serial_ ||
      reply.length > answer_map_.bytes().size()) {
    return {defect("plugin broke the protocol"), CallStatus::broken};
  }
  std::string answer(reinterpret_cast<const char*>(answer_map_.bytes().data()), reply.length);
  wipe(answer_map_, answer_, reply.length);
  wipe(request_map_, request_, request_bytes);
  switch (reply.kind) {
    case protocol::Kind::answered:
      return {std::move(answer), CallStatus::alive};
    case protocol::Kind::failed:
      return {defect("plugin reports a failure"), CallStatus::alive};
    case protocol::Kind::too_long:
      return {defect("plugin answers with more than it may"), CallStatus::alive};
    default:
      return {defect("plugin broke the protocol"), CallStatus::broken};
  }
}

void Process::kill() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
  }
}

void Process::ask_to_end() {
  ::shutdown(channel_.number(), SHUT_WR);
}

void Process::end(Clock::time_point deadline) {
  protocol::Reply late;
  while (wait(deadline) == WaitResult::ready) {
    if (receive_reply(channel_, late) == ReceiveResult::gone) {
      break;  // its end is closed, so it is ending
    }
  }
  kill();  // a plugin may have closed the descriptor and gone on
  reap();
}

void Process::reap() {
  if (pid_ <= 0) {
    return;
  }
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

}  // namespace cdss::worker
