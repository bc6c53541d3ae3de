#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "core/abi/plugin.h"
#include "core/base/errors/result.hpp"
#include "core/hooks/card/card.hpp"
#include "plugins/sdk/declaration.hpp"
#include "plugins/sdk/request.hpp"
#include "plugins/sdk/setup.hpp"

namespace cdss::sdk {

/// What a plugin answers: cards, and the assessment when Request::explain() says that the caller
/// may see it. The host checks it again and gives the uuids.
using Answer = hooks::Response;

namespace detail {

inline int write(const cdss_host& host, std::string_view text) {
  return host.write(host.context, text.data(), text.size()) == 0 ? cdss_ok : cdss_failed;
}

/// "knowledge/x.json.rows[3].weight must be a number", for the host's log.
inline std::string sentence(const Error& error) {
  return error.where.empty() ? error.message : error.where + ' ' + error.message;
}

/// Runs `call`, which gives a cdss_status. No exception reaches the host.
template <class Call>
int guarded(Call call) noexcept {
  try {
    return call();
  } catch (...) {
    return cdss_failed;
  }
}

/// The C table of a plugin class: see CDSS_PLUGIN.
template <class Plugin>
struct Table {
  static int declare(const cdss_host* host) {
    return guarded([&] { return write(*host, sdk::write(Plugin::declaration())); });
  }

  static int open(const cdss_setup* setup, const cdss_host* host, void** state) {
    return guarded([&]() -> int {
      auto opened = Plugin::open(Setup{*setup});
      if (!opened) {
        write(*host, sentence(opened.error()));
        return cdss_bad_knowledge;
      }
      *state = std::make_unique<Plugin>(*std::move(opened)).release();
      return cdss_ok;
    });
  }

  static int evaluate(void* state, const cdss_request* request, const cdss_host* host) {
    return guarded([&]() -> int {
      const auto answer = static_cast<const Plugin*>(state)->evaluate(Request{*request});
      return answer ? write(*host, hooks::write(*answer)) : static_cast<int>(cdss_failed);
    });
  }

  static void close(void* state) { std::unique_ptr<Plugin>{static_cast<Plugin*>(state)}.reset(); }

  static constexpr cdss_plugin make() {
    return {sizeof(cdss_plugin), CDSS_ABI, Plugin::kId, Plugin::kVersion, &declare, &open,
            &evaluate,           &close};
  }
};

}  // namespace detail
}  // namespace cdss::sdk

/// Exports a class as the plugin of this shared object. Stands once, in a source of its own,
/// outside every namespace. The class has
///
///   static constexpr const char* kId;       // "hip-replacement"
///   static constexpr const char* kVersion;  // "1.0.0"
///   static sdk::Declaration declaration();
///   static Result<Class> open(const sdk::Setup&);              // once
///   Result<sdk::Answer> evaluate(const sdk::Request&) const;   // one call at a time
///
/// An error of open reaches the site's log; one of evaluate, and every exception, counts as a
/// failed call.
#define CDSS_PLUGIN(Class)                                                                \
  extern "C" {                                                                            \
  __attribute__((visibility("default"))) extern const cdss_plugin cdss_plugin_v1;         \
  constinit const cdss_plugin cdss_plugin_v1 = ::cdss::sdk::detail::Table<Class>::make(); \
  }
