#include "core/config/client.hpp"

#include "core/base/file.hpp"

namespace cdss::config {

Result<Client> Client::read(const std::filesystem::path& file) {
  CDSS_TRY(const auto document, read_json_file(file));
  auto client = read_options(rows(), document.root());
  if (!client) {
    return within(file.string(), std::move(client).error());
  }
  if (client->id.empty()) {
    return Error{Errc::missing, file.string() + ": id", "is required and must not be empty"};
  }
  return client;
}

}  // namespace cdss::config
