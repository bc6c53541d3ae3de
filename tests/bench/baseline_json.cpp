#include "tests/bench/baseline_json.hpp"

#include <rapidjson/document.h>

namespace cdss::bench {

bool reads_as_json(std::string_view text) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(
      text.data(), text.size());
  return !document.HasParseError();
}

}  // namespace cdss::bench
