#include "tests/hostile/outbound/stage.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/json/json_writer.hpp"

namespace cdss::hostile {
namespace {

using http::test::ScriptedServer;

void replace_all(std::string& text, std::string_view name, const std::string& value) {
  for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
    text.replace(at, name.size(), value);
  }
}

std::string target_of(const std::string& request) {
  const auto from = request.find(' ') + 1;
  return request.substr(from, request.find(' ', from) - from);
}

}  // namespace

Stage::Stage(Answer answer, std::string lure)
    : answer_{std::move(answer)}, registered_{[this](ScriptedServer::Peer& peer) {
        for (auto request = peer.receive(); !request.empty(); request = peer.receive()) {
          const auto target = target_of(request);
          {
            const std::lock_guard lock{mutex_};
            asked_.push_back(target);
          }
          peer.send(answer_(*this, target));
        }
      }} {
  const auto script = [body = http::test::answer(lure)](ScriptedServer::Peer& peer) {
    while (!peer.receive().empty() && peer.send(body)) {
    }
  };
  elsewhere_.emplace_back(script);
  elsewhere_.emplace_back(script, "127.0.0.2", registered_.port());
  try {
    elsewhere_.emplace_back(script, "::1", registered_.port());
  } catch (const std::runtime_error&) {  // this machine has no IPv6: nothing can go there either
  }
}

std::string Stage::fill(std::string text) const {
  replace_all(text, "{P}", std::to_string(registered_.port()));
  replace_all(text, "{T}", std::to_string(other_port()));
  return text;
}

std::vector<std::string> Stage::take_asked() {
  const std::lock_guard lock{mutex_};
  return std::exchange(asked_, {});
}

bool Stage::is_quiet() const {
  return std::ranges::all_of(elsewhere_,
                             [](const Server& server) { return server.connections() == 0; });
}

int Stage::strays() {
  int strays = 0;
  for (Server& server : elsewhere_) {
    strays += server.all_connections();
  }
  return strays;
}

std::string Stage::stray_bytes() {
  std::string bytes;
  for (Server& server : elsewhere_) {
    bytes += server.received();
  }
  return bytes;
}

std::string json_string(std::string_view text) {
  std::string out;
  json::append_string(out, text);
  return out;
}

}  // namespace cdss::hostile
