#include "core/worker/request_block.hpp"

#include <cstring>
#include <memory>
#include <string>
#include <unistd.h>

#include <gmock/gmock.h>
#include <sys/mman.h>

#include "core/json/document.hpp"
#include "core/json/view.hpp"

namespace cdss::worker {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A written block, aligned as a mapping is, in memory that was not zero.
class Block {
 public:
  explicit Block(const Call& call) : size_{*block_size(call)}, memory_{new Chunk[size_ / 16 + 1]} {
    std::memset(static_cast<void*>(memory_.get()), 0xAB, (size_ / 16 + 1) * 16);
    write_block(call, std::as_writable_bytes(std::span{memory_.get(), size_ / 16 + 1}));
  }
  const cdss_request* request() const {
    return reinterpret_cast<const cdss_request*>(memory_.get());
  }
  std::string_view bytes() const { return {reinterpret_cast<const char*>(memory_.get()), size_}; }

 private:
  struct alignas(16) Chunk {
    std::byte bytes[16];
  };
  std::size_t size_;
  std::unique_ptr<Chunk[]> memory_;
};

std::string_view text_of(const cdss_request* request, cdss_span span) {
  const cdss_text text = cdss_request_text(request, span);
  return {text.bytes, text.length};
}

Document parsed(std::string text) {
  return *Document::parse(std::move(text));
}

TEST(RequestBlock, CarriesDocumentsAndKeysToAnotherAddress) {
  const auto body = parsed(R"({"hook":"patient-view","prefetch":{"patient":{"id":"p1"}}})");
  const auto page = parsed(R"({"resourceType":"Bundle","entry":[1,2.50,3]})");
  Call call;
  call.service = "hip-replacement";
  call.today = std::chrono::sys_days{std::chrono::days{20'780}};
  call.explain = true;
  call.documents = {body.c_document(), page.c_document()};
  const auto patient = body.root().find("prefetch")->find("patient")->node();
  call.keys = {{"patient", cdss_key_present, "", 0, patient},
               {"conditions", cdss_key_truncated, "stopped after 2 pages", 1, 0},
               {"procedures", cdss_key_unavailable, "not sent", 0, 0},
               {"devices", cdss_key_empty, "", 0, 0}};

  const Block block{call};
  const cdss_request* request = block.request();
  EXPECT_EQ(request->size, sizeof(cdss_request));
  EXPECT_EQ(request->abi, 1U);
  EXPECT_EQ(request->total, block.bytes().size());
  EXPECT_EQ(request->today, 20'780);
  EXPECT_EQ(request->explain, 1U);
  EXPECT_EQ(text_of(request, request->service), "hip-replacement");
  ASSERT_EQ(request->document_count, 2U);
  ASSERT_EQ(request->key_count, 4U);

  const cdss_key* key = cdss_find_key(request, "patient", 7);
  ASSERT_NE(key, nullptr);
  EXPECT_EQ(key->state, cdss_key_present);
  EXPECT_EQ(View(cdss_request_document(request, key->document), key->node).text_or_empty("id"),
            "p1");
  key = cdss_find_key(request, "conditions", 10);
  ASSERT_NE(key, nullptr);
  EXPECT_EQ(text_of(request, key->reason), "stopped after 2 pages");
  const View bundle{cdss_request_document(request, key->document), key->node};
  EXPECT_EQ((*bundle.find("entry")->elements().begin()).raw_text(), "1");
  EXPECT_EQ(bundle.find("entry")->size(), 3U);
  EXPECT_EQ(cdss_find_key(request, "observations", 12), nullptr);
}

TEST(RequestBlock, AlignsEveryDocument) {
  Call call;
  call.service = "abc";
  std::vector<Document> documents;
  for (const char* text : {"1", "[1]", R"({"a":"bc"})", "[1,2,3,4,5]"}) {
    documents.push_back(parsed(text));
  }
  for (const auto& document : documents) {
    call.documents.push_back(document.c_document());
  }
  const Block block{call};
  for (std::uint32_t i = 0; i < 4; ++i) {
    const auto copy = cdss_request_document(block.request(), i);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(copy.nodes) % 16, 0U);
    EXPECT_EQ(copy.node_count, documents[i].c_document().node_count);
  }
}

TEST(RequestBlock, LeavesNothingOfABlankedText) {
  const struct {
    const char* what;
    const char* body;
  } rows[] = {
      {"plain", R"({"fhirAuthorization":{"access_token":"TOPSECRET42","expires_in":300}})"},
      {"last of all", R"({"expires_in":300,"fhirAuthorization":{"access_token":"TOPSECRET42"}})"},
      {"with escapes, whose end stays behind in the text",
       R"({"fhirAuthorization":{"access_token":"\u0054\u004F\u0050SECRET42"},"z":true,"n":300})"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    const auto body = parsed(row.body);
    const auto token = body.root().find("fhirAuthorization")->find("access_token");
    ASSERT_TRUE(token);
    ASSERT_EQ(token->raw_text(), "TOPSECRET42");
    Call call;
    call.service = "s";
    call.documents = {body.c_document()};
    call.blanked = {{0, token->node()}};
    const Block block{call};
    for (const char* part : {"TOP", "SECRET", "CRET", "42"}) {
      EXPECT_THAT(std::string{block.bytes()}, Not(HasSubstr(part)));
    }
    const View copy{cdss_request_document(block.request(), 0), token->node()};
    EXPECT_EQ(copy.raw_text(), "***********");
    EXPECT_THAT(std::string{block.bytes()}, HasSubstr("300"));
    EXPECT_EQ(token->raw_text(), "TOPSECRET42") << "the host's own copy stays";
  }
}

TEST(RequestBlock, NeverReadsABlankedText) {
  // A token over three pages, the middle one of which nobody can read.
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const auto body = parsed(R"({"before":"b","first":"x","second":")" + std::string(3 * page, 't') +
                           R"(","after":"a"})");
  const auto document = body.c_document();
  const auto length = (document.text_size + page - 1) / page * page;
  void* const memory =
      ::mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(memory, MAP_FAILED);
  std::memcpy(memory, document.text, document.text_size);
  ASSERT_EQ(::mprotect(static_cast<std::byte*>(memory) + page, page, PROT_NONE), 0);
  Call call;
  call.service = "s";
  call.documents = {
      {document.nodes, static_cast<const char*>(memory), document.node_count, document.text_size}};
  call.blanked = {{0, body.root().find("second")->node()}, {0, body.root().find("first")->node()}};
  const Block block{call};
  const View copy{cdss_request_document(block.request(), 0), 0};
  EXPECT_EQ(copy.text_or_empty("before"), "b");
  EXPECT_EQ(copy.text_or_empty("first"), "*");
  EXPECT_EQ(copy.text_or_empty("second"), std::string(3 * page, '*'));
  EXPECT_EQ(copy.text_or_empty("after"), "a");
  ::munmap(memory, length);
}

TEST(RequestBlock, RefusesWhatDoesNotExist) {
  const auto body = parsed(R"({"a":1})");
  Call call;
  EXPECT_EQ(block_size(call).error().code, Errc::internal) << "no document";
  call.documents = {body.c_document()};
  ASSERT_TRUE(block_size(call));
  call.keys = {{"a", cdss_key_present, "", 0, 3}};
  EXPECT_EQ(block_size(call).error().code, Errc::internal) << "no such node";
  call.keys = {{"a", cdss_key_present, "", 1, 0}};
  EXPECT_EQ(block_size(call).error().code, Errc::internal) << "no such document";
  call.keys = {{"a", cdss_key_unavailable, "", 1, 9}};
  EXPECT_TRUE(block_size(call)) << "a key without a value needs no node";
  call.blanked = {{0, 2}};
  EXPECT_EQ(block_size(call).error().code, Errc::internal) << "a number cannot be blanked";
}

}  // namespace
}  // namespace cdss::worker
