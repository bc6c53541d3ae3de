#pragma once

#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "tests/core/http/scripted_server.hpp"

namespace cdss::hostile {

/// The registered server of the table, and listeners where nothing may ever come: another port and
/// other addresses of this machine with the same port.
class Stage {
 public:
  /// Gives the whole answer to a target, e.g. "/fhir/r4/Condition?patient=p1". From any thread.
  using Answer = std::function<std::string(const Stage& stage, std::string_view target)>;

  /// @param lure  the body with which the listeners answer, should one of them be asked after all.
  explicit Stage(Answer answer, std::string lure = "{}");

  /// The text with its ports.
  std::string fill(std::string text) const;

  /// {T}.
  std::uint16_t other_port() const { return elsewhere_.front().port(); }

  /// The targets that the registered server was asked for since the last call.
  std::vector<std::string> take_asked();

  /// Whether no connection has been accepted anywhere else. Fast, and so for after each row.
  bool is_quiet() const;
  /// How many connections have been made anywhere else, and what was said on them.
  int strays();
  std::string stray_bytes();

  /// All that the registered server was sent.
  std::string received() { return registered_.received(); }

 private:
  using Server = http::test::ScriptedServer;

  const Answer answer_;
  std::mutex mutex_;
  std::vector<std::string> asked_;  // guarded by mutex_
  std::list<Server> elsewhere_;     // the first is {T}
  Server registered_;
};

/// Characters that JSON text cannot hold are escaped.
std::string json_string(std::string_view text);

}  // namespace cdss::hostile
