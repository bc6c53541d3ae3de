#include "core/http/client/client_request.hpp"

#include <utility>

#include "core/base/text/wipe.hpp"
#include "core/http/common/text.hpp"

namespace cdss::http {
namespace {

std::shared_ptr<const SecretText> write_message(const Client::Question& ask, const Url& url) {
  const bool has_form = !ask.form.empty();
  const bool has_authorization = !ask.authorization.empty();
  const std::string length = std::to_string(ask.form.size());
  const auto when = [](bool there, std::string_view text) {
    return there ? text : std::string_view{};
  };
  return std::make_shared<const SecretText>(std::initializer_list<std::string_view>{
      has_form ? "POST " : "GET ", url.target(), " HTTP/1.1\r\nHost: ", url.authority(),
      "\r\nAccept: ", ask.accept, "\r\nUser-Agent: psoas-cds\r\n",
      when(has_authorization, "Authorization: "), ask.authorization,
      when(has_authorization, "\r\n"),
      when(has_form, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "),
      when(has_form, length), when(has_form, "\r\n"), "\r\n", ask.form});
}

Result<ClientRequest> read(const Client::Question& ask, const ClientSettings& settings) {
  CDSS_TRY(auto url, Url::parse(ask.url));
  if (!url.is_https() && !ask.loopback) {
    return Error{Errc::unsupported, {}, "must be https"};
  }
  if (!is_text(ask.accept) || !is_text(ask.authorization)) {
    return Error{Errc::malformed, {}, "has a field that HTTP cannot carry"};
  }
  Origin origin{.tls = url.is_https(),
                .host = std::string{url.host()},
                .port = url.port(),
                .loopback = ask.loopback,
                .private_network = ask.private_network || settings.private_networks};
  auto message = write_message(ask, url);
  return ClientRequest{
      .url = std::move(url),
      .origin = std::move(origin),
      .message = std::move(message),
      .deadline = ask.deadline.value_or(std::chrono::steady_clock::now() + settings.timeout),
      .body_bytes = ask.body_bytes != 0 ? ask.body_bytes : settings.body_bytes};
}

}  // namespace

SecretText::SecretText(std::initializer_list<std::string_view> parts) {
  std::size_t length = 0;
  for (const auto part : parts) {
    length += part.size();
  }
  text_.reserve(length);
  for (const auto part : parts) {
    text_.append(part);
  }
}

SecretText::~SecretText() {
  wipe(text_);
}

Result<ClientRequest> ClientRequest::make(Client::Question ask, const ClientSettings& settings) {
  auto request = read(ask, settings);
  wipe(ask.authorization);
  return request;
}

}  // namespace cdss::http
