#include "core/http/client/client_resolver.hpp"

#include <algorithm>
#include <exception>
#include <string>
#include <utility>

#include <boost/asio/post.hpp>

#include "core/http/client/address.hpp"

namespace cdss::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

bool may_reach(AddressKind kind, const Origin& origin) {
  switch (kind) {
    case AddressKind::loopback:
      return origin.loopback;
    case AddressKind::global:
      return origin.tls;
    case AddressKind::private_network:
      return origin.tls && origin.private_network;
    case AddressKind::forbidden:
      break;
  }
  return false;
}

Result<Endpoints> permitted(Endpoints found, const Origin& origin) {
  std::erase_if(found, [&](const tcp::endpoint& endpoint) {
    return !may_reach(kind_of(endpoint.address().to_string()), origin);
  });
  if (found.empty()) {
    return Error{Errc::unsupported, {}, "leads to no address that may be asked"};
  }
  return found;
}

Result<Endpoints> look_up_now(asio::io_context& io, const Origin& origin) {
  boost::system::error_code error;
  const auto found = tcp::resolver{io}.resolve(origin.host, std::to_string(origin.port), error);
  if (error) {
    return Error{Errc::unavailable, {}, "could not be resolved"};
  }
  Endpoints endpoints;
  for (const auto& entry : found) {
    endpoints.push_back(entry.endpoint());
  }
  return permitted(std::move(endpoints), origin);
}

/// Blocks while the system looks the name up. Whoever waits hears of it, also without memory.
Result<Endpoints> ask_system(asio::io_context& io, const Origin& origin) {
  try {
    return look_up_now(io, origin);
  } catch (const std::exception&) {
    return Error{Errc::unavailable, {}, {}};
  }
}

}  // namespace

void ClientResolver::resolve(Url::HostKind kind, const Origin& origin, std::weak_ptr<void> asker,
                             Done done) {
  // No name service need know localhost, and none may say otherwise: RFC 6761, section 6.3.
  const bool is_address = kind != Url::HostKind::name;
  if (is_address || origin.host == "localhost") {
    const auto address = asio::ip::make_address(is_address ? origin.host : "127.0.0.1");
    return done(permitted({tcp::endpoint{address, origin.port}}, origin));
  }
  auto lookup = std::ranges::find(lookups_, origin, &Lookup::origin);
  const bool is_first = lookup == lookups_.end();
  if (is_first) {
    lookup = lookups_.insert(lookups_.end(), Lookup{origin, {}});
  }
  std::erase_if(lookup->waiting, [](const WaitingCall& one) { return one.asker.expired(); });
  lookup->waiting.push_back({std::move(asker), std::move(done)});
  if (is_first) {
    look_up(origin);
  }
}

void ClientResolver::look_up(const Origin& origin) {
  threads_.submit([this, origin] {
    asio::post(io_,
               [this, origin, endpoints = ask_system(io_, origin)] { found(origin, endpoints); });
  });
}

void ClientResolver::found(const Origin& origin, const Result<Endpoints>& endpoints) {
  const auto lookup = std::ranges::find(lookups_, origin, &Lookup::origin);
  const auto waiting = std::move(lookup->waiting);
  lookups_.erase(lookup);
  for (const auto& one : waiting) {
    if (!one.asker.expired()) {
      one.done(endpoints);
    }
  }
}

}  // namespace cdss::http
