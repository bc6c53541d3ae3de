#include "core/cli/doctor.hpp"

#include <algorithm>
#include <future>
#include <iterator>
#include <ostream>

#include "core/auth/checks.hpp"
#include "core/base/text/ascii.hpp"

namespace cdss::cli {
namespace {

using auth::Reason;

constexpr std::size_t kLongestShown = 160;

/// A text from the token, safe for a terminal.
std::string shown(std::string_view text) {
  std::string plain{text.substr(0, kLongestShown)};
  std::ranges::replace_if(
      plain, [](char c) { return c < ' ' || c > '~'; }, '?');
  return '"' + plain + (text.size() > kLongestShown ? "...\"" : "\"");
}

/// The Authorization field of what was pasted.
std::string field_of(std::string_view text) {
  constexpr std::string_view kName = "authorization:";
  auto field = trimmed(text);
  if (starts_ignoring_case(field, kName)) {
    field = trimmed(field.substr(kName.size()));
  }
  const bool is_bare = field.find(' ') == std::string_view::npos;
  return std::string{is_bare ? "Bearer " : ""}.append(field);
}

/// Writes the verdicts and keeps whether all are good.
class VerdictList {
 public:
  explicit VerdictList(std::ostream& out) : out_{out} {}

  void good(std::string_view of, std::string_view value = {}) {
    out_ << "  ok       " << of << (value.empty() ? "" : ": ") << value << '\n';
  }
  void bad(std::string_view of, Reason reason) {
    all_good_ = false;
    fault("REFUSED  ", of, reason);
  }
  void bad(const Error& error) {
    all_good_ = false;
    out_ << "  REFUSED  " << error.where << ": " << error.message << '\n';
  }
  void waived(std::string_view of, Reason reason) { fault("waived   ", of, reason); }
  void note(std::string_view text) { out_ << "  note     " << text << '\n'; }
  void line(std::string_view text) { out_ << text << '\n'; }
  bool all_good() const { return all_good_; }

 private:
  void fault(std::string_view verdict, std::string_view of, Reason reason) {
    const auto [what, advice] = auth::explain(reason);
    out_ << "  " << verdict << of << ": " << what << "\n           " << advice << '\n';
  }

  std::ostream& out_;
  bool all_good_ = true;
};

std::vector<std::string> audiences_in(const auth::Token& token) {
  std::vector<std::string> audiences;
  if (const auto claim = token.claims().find("aud")) {
    if (claim->is_string()) {
      audiences.emplace_back(token.claims().text_or_empty("aud"));
    }
    for (const View element : claim->elements()) {
      audiences.emplace_back(element.raw_text());
    }
  }
  return audiences;
}

void show_names(const auth::Token& token, VerdictList& verdicts) {
  verdicts.note("iss " + shown(token.issuer()) + ", kid " + shown(token.kid()));
  for (const auto& audience : audiences_in(token)) {
    verdicts.note("aud " + shown(audience));
  }
  if (!token.jku().empty()) {
    verdicts.note("jku " + shown(token.jku()));
  }
  if (!token.tenant().empty()) {
    verdicts.note("tenant " + shown(token.tenant()));
  }
}

/// Where a service is called.
struct Endpoint {
  std::string_view service;
  std::string url;
};

/// What can be called with a token: all there is, or the one that the operator names. None of them
/// is the address of discovery, which asks for no token.
std::vector<Endpoint> endpoints_of(const Site& site) {
  std::vector<Endpoint> all;
  for (const auto& service : site.services) {
    const auto url = site.settings.public_url + "/cds-services/" + service;
    all.push_back({service, url});
    all.push_back({service, url + "/feedback"});
  }
  if (site.endpoint) {
    std::erase_if(all, [&](const Endpoint& endpoint) { return endpoint.url != *site.endpoint; });
  }
  return all;
}

/// Those of them that a client may use; says so when it may use none.
std::vector<Endpoint> allowed_endpoints(const Site& site, const config::Client& client,
                                        VerdictList& verdicts) {
  auto endpoints = endpoints_of(site);
  if (site.endpoint && endpoints.empty()) {
    verdicts.bad({Errc::missing, "--url",
                  "is not public_url, /cds-services/ and the id of a service that runs"});
  }
  const auto forbidden = std::erase_if(endpoints, [&](const Endpoint& endpoint) {
    return !client.allows_service(endpoint.service);
  });
  if (endpoints.empty() && forbidden > 0) {
    verdicts.bad({Errc::unsupported, "service",
                  "may not be used by this client, whose profile does not list it"});
  }
  return endpoints;
}

/// The audiences that a server would take at these endpoints.
std::vector<std::string> audiences_at(const std::vector<Endpoint>& endpoints) {
  std::vector<std::string> audiences;
  for (const auto& endpoint : endpoints) {
    std::ranges::move(auth::audiences_of(endpoint.url), std::back_inserter(audiences));
  }
  return audiences;
}

/// Fetches one set and waits for it.
Result<auth::JwkSet> fetch_set(auth::KeyFetcher& fetcher, const auth::KeyAddress& address) {
  std::promise<Result<std::string>> promise;
  auto text = promise.get_future();
  fetcher.fetch(address, [&](Result<std::string> got) { promise.set_value(std::move(got)); });
  CDSS_TRY(auto got, text.get());
  return auth::JwkSet::parse(std::move(got));
}

/// Looks for the token's key and verifies with it.
class KeySearch {
 public:
  KeySearch(const auth::Token& token, const auth::Profile& profile, auth::KeyFetcher& fetcher,
            VerdictList& verdicts)
      : token_{token}, profile_{profile}, fetcher_{fetcher}, verdicts_{verdicts} {}

  void run() {
    if (profile_.file_keys != nullptr) {
      look_into(*profile_.file_keys, profile_.client.jwks_file);
    }
    for (const auto& url : profile_.client.jwks_urls) {
      const bool asked = token_.jku().empty() || token_.jku() == url;
      if (!done_ && asked) {
        look_at(url);
      }
    }
    if (!done_) {
      verdicts_.bad("key", unavailable_ ? Reason::keys_unavailable : Reason::kid_unknown);
    }
  }

 private:
  void look_at(const std::string& url) {
    const auto set = fetch_set(fetcher_, {url, profile_.client.allow_http_on_loopback});
    if (!set) {
      unavailable_ = true;
      verdicts_.note(url + ": " + set.error().message);
      return;
    }
    look_into(*set, url);
  }

  void look_into(const auth::JwkSet& set, const std::string& from) {
    verdicts_.note(from + ": " + std::to_string(set.keys().size()) + " usable keys");
    for (const auto& rejected : set.rejected()) {
      verdicts_.note("left out: " + rejected.where + ' ' + rejected.message);
    }
    const auto* const key = auth::find_key(set, token_, profile_.client);
    if (key == nullptr) {
      return;
    }
    done_ = true;
    verdicts_.good("key");
    const auto algorithm = auth::algorithm_of(token_.header());
    const auto fault = algorithm ? auth::signature_fault(token_.jws(), *algorithm, *key)
                                 : std::optional{algorithm.error()};
    fault ? verdicts_.bad("signature", *fault) : verdicts_.good("signature");
  }

  const auth::Token& token_;
  const auth::Profile& profile_;
  auth::KeyFetcher& fetcher_;
  VerdictList& verdicts_;
  bool done_ = false;
  bool unavailable_ = false;
};

void check_profile(const auth::Token& token, const auth::Profile& profile,
                   const auth::ValidationContext& asked, VerdictList& verdicts) {
  const bool warns = profile.client.mode == config::Mode::warn;
  for (const auto& check : auth::profile_checks()) {
    const auto fault = check.fault(token, profile, asked);
    if (!fault) {
      verdicts.good(check.of);
    } else if (warns && auth::is_waivable(*fault)) {
      verdicts.waived(check.of, *fault);
    } else {
      verdicts.bad(check.of, *fault);
    }
  }
  if (profile.client.needs_certificate()) {
    verdicts.note("this client must present its certificate too, which is not looked at here");
  }
}

void judge(const auth::Token& token, const Site& site, auth::KeyFetcher& fetcher,
           const Clock& clock, VerdictList& verdicts) {
  show_names(token, verdicts);
  for (const auto& check : auth::token_checks()) {
    const auto fault = check.fault(token);
    fault ? verdicts.bad(check.of, *fault) : verdicts.good(check.of);
  }
  const auto* const client = site.settings.client_of_issuer(token.issuer());
  if (client == nullptr) {
    return verdicts.bad("client", Reason::issuer_unknown);
  }
  verdicts.good("client", client->id);
  const auto profile = auth::Profile::of(*client);
  if (!profile) {
    return verdicts.bad(profile.error());
  }
  const auto audiences = audiences_at(allowed_endpoints(site, *client, verdicts));
  check_profile(token, *profile, {audiences, std::chrono::floor<std::chrono::seconds>(clock.now())},
                verdicts);
  KeySearch{token, *profile, fetcher, verdicts}.run();
  verdicts.note("whether its jti was used before, only the running server knows");
}

}  // namespace

bool diagnose_jwt(std::string token, const Site& site, auth::KeyFetcher& fetcher,
                  const Clock& clock, std::ostream& out) {
  VerdictList verdicts{out};
  const auto field = field_of(std::move(token));
  const std::string_view fields[] = {field};
  const auto read = auth::read_authorization(fields);
  if (read) {
    verdicts.good("form");
    judge(*read, site, fetcher, clock, verdicts);
  } else {
    verdicts.bad("form", read.error());
  }
  const bool is_nobodys = !read || site.settings.client_of_issuer(read->issuer()) == nullptr;
  const auto* const open = site.settings.open_client();
  if (is_nobodys && open != nullptr && !allowed_endpoints(site, *open, verdicts).empty()) {
    verdicts.line("the token is refused, but the call is accepted: client " + open->id +
                  " takes calls with any token or none");
    return true;
  }
  verdicts.line(verdicts.all_good() ? "the token is accepted" : "the token is refused");
  return verdicts.all_good();
}

}  // namespace cdss::cli
