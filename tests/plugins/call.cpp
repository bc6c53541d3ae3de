#include "tests/plugins/call.hpp"

#include <cstring>

namespace cdss::test {
namespace {

/// Lays pieces behind each other, each on a multiple of 16.
class Layout {
 public:
  std::size_t place(const void* bytes, std::size_t size) {
    const std::size_t at = text_.size();
    text_.append(static_cast<const char*>(bytes), size);
    text_.resize((text_.size() + 15) / 16 * 16);
    return at;
  }
  cdss_span place(std::string_view text) {
    return {static_cast<std::uint32_t>(place(text.data(), text.size())),
            static_cast<std::uint32_t>(text.size())};
  }
  const std::string& bytes() const { return text_; }
  void overwrite(std::size_t at, const void* bytes, std::size_t size) {
    std::memcpy(text_.data() + at, bytes, size);
  }

 private:
  std::string text_;
};

cdss_document_entry place(Layout& layout, const Document& document) {
  const cdss_document d = document.c_document();
  return {layout.place(d.nodes, d.node_count * sizeof(cdss_node)),
          layout.place(d.text, d.text_size), d.node_count, d.text_size};
}

}  // namespace

Call::Call(std::string body, const std::vector<GivenKey>& keys, std::chrono::sys_days today,
           bool explain) {
  Layout layout;
  cdss_request header{};
  layout.place(&header, sizeof header);
  std::vector<cdss_document_entry> documents{place(layout, parsed(std::move(body)))};
  std::vector<cdss_key> table;
  for (const GivenKey& key : keys) {
    cdss_key row{layout.place(key.name),
                 layout.place(key.reason),
                 static_cast<std::uint32_t>(key.state),
                 0,
                 0,
                 0};
    if (key.state == cdss_key_present || key.state == cdss_key_truncated) {
      row.document = static_cast<std::uint32_t>(documents.size());
      documents.push_back(place(layout, parsed(key.json)));
    }
    table.push_back(row);
  }
  header.size = sizeof header;
  header.abi = 1;
  header.today = static_cast<std::int32_t>(today.time_since_epoch().count());
  header.explain = explain ? 1 : 0;
  header.service = layout.place("a-service");
  header.document_count = static_cast<std::uint32_t>(documents.size());
  header.key_count = static_cast<std::uint32_t>(table.size());
  header.documents = layout.place(documents.data(), documents.size() * sizeof(cdss_document_entry));
  header.keys = layout.place(table.data(), table.size() * sizeof(cdss_key));
  header.total = layout.bytes().size();
  layout.overwrite(0, &header, sizeof header);
  bytes_.resize(layout.bytes().size() / sizeof(std::max_align_t) + 1);
  std::memcpy(bytes_.data(), layout.bytes().data(), layout.bytes().size());
}

const cdss_request& Call::block() const {
  return *static_cast<const cdss_request*>(static_cast<const void*>(bytes_.data()));
}

sdk::Request Call::request() const {
  return sdk::Request{block()};
}

std::vector<GivenKey> keys_of(const RecordBuilder& record, const std::string& patient) {
  return {{"patient", cdss_key_present, patient, ""},
          {"conditions", cdss_key_present, record.conditions(), ""},
          {"procedures", cdss_key_present, record.procedures(), ""},
          {"examination", cdss_key_present, record.observations(), ""},
          {"questionnaire", cdss_key_empty, "", ""},
          {"results", cdss_key_present, record.results(), ""},
          {"medications", cdss_key_present, record.medications(), ""},
          {"statements", cdss_key_empty, "", ""},
          {"allergies", cdss_key_present, record.allergies(), ""}};
}

}  // namespace cdss::test
