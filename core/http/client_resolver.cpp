#include "core/http/client_resolver.hpp"

#include <string>
#include <utility>

#include <boost/asio/post.hpp>

#include "core/http/address.hpp"

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

/// Blocks while the system looks the name up.
Result<Endpoints> look_up(asio::io_context& io, const Origin& origin) {
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

}  // namespace

ClientResolver::~ClientResolver() {
  threads_.stop();
  threads_.join();
}

void ClientResolver::resolve(const Url& url, const Origin& origin, const std::weak_ptr<void>& asker,
                             std::shared_ptr<Lease> room, Done done) {
  // No name service need know localhost, and none may say otherwise: RFC 6761, section 6.3.
  if (url.host_is_address || origin.host == "localhost") {
    const auto address =
        asio::ip::make_address(url.host_is_address ? origin.host : std::string{"127.0.0.1"});
    return done(permitted({tcp::endpoint{address, origin.port}}, origin));
  }
  asio::post(
      threads_, [this, origin, asker, room = std::move(room), done = std::move(done)]() mutable {
        if (asker.expired()) {
          return;
        }
        asio::post(io_, [found = look_up(io_, origin), asker, done = std::move(done)]() mutable {
          if (!asker.expired()) {
            done(std::move(found));
          }
        });
      });
}

}  // namespace cdss::http
