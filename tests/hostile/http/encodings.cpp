// Whether a body is in chunks: who takes Content-Length and who Transfer-Encoding splits
// differently.

#include "tests/hostile/http/requests.hpp"

namespace cdss::hostile {
namespace {

/// Ends at once for who reads chunks; what follows is a request for them, body for the others.
const std::string kBehindChunks = "0\r\n\r\n" + kSmuggled;

std::string with_encoding(const std::string& value) {
  return post("Transfer-Encoding:" + value + "\r\n", kBehindChunks);
}

std::string both(const std::string& encoding) {
  return post("Content-Length: " + std::to_string(kBehindChunks.size()) + "\r\n" + encoding,
              kBehindChunks);
}

}  // namespace

using namespace std::string_literals;

std::vector<HttpRequest> encodings() {
  const std::string te = "Transfer-Encoding: chunked\r\n";
  return {
      read_as("chunks", "RFC 9112, 7.1", chunked("5\r\nhello\r\n0\r\n\r\n"), "POST /a? [hello]"),
      read_as("CHUNKED", "RFC 9112, 7: in any case",
              post("transfer-encoding: CHUNKED\r\n", "0\r\n\r\n"), "POST /a? []"),
      read_as("chunks on GET", "framed all the same", get(te) + "5\r\nhello\r\n0\r\n\r\n",
              "GET /a? [hello]"),
      read_as("tab before chunked", "OWS is blank or tab",
              post("Transfer-Encoding:\tchunked\t\r\n", "0\r\n\r\n"), "POST /a? []"),

      refused("CL.TE", "length in front, chunks behind", both(te)),
      refused("TE.CL", "chunks in front, length behind",
              post(te + "Content-Length: 4\r\n", "2b\r\n" + kSmuggled + "\r\n0\r\n\r\n")),
      refused("CL.TE of zero", "0.CL: nothing in front, chunks behind",
              post("Content-Length: 0\r\n" + te, kBehindChunks)),
      refused(
          "CL.TE on HTTP/1.0", "1.0 has no chunks for some",
          "POST /a HTTP/1.0\r\n" + kHost + "Content-Length: 5\r\n" + te + "\r\n" + kBehindChunks),
      refused("chunks on HTTP/1.0", "RFC 9112, 6.1: faulty framing",
              "POST /a HTTP/1.0\r\n" + kHost + te + "\r\n" + kBehindChunks),
      refused("chunks on HTTP/1.0, kept alive", "RFC 9112, 6.1: faulty framing",
              "POST /a HTTP/1.0\r\n" + kHost + "Connection: keep-alive\r\n" + te + "\r\n" +
                  kBehindChunks),
      refused("TE.TE", "Gunicorn, CVE-2024-1135: the first or the last counts",
              post(te + "Transfer-Encoding: identity\r\n", kBehindChunks)),
      refused("TE.TE the other way", "the first or the last counts",
              post("Transfer-Encoding: identity\r\n" + te, kBehindChunks), 501),
      refused("TE.TE of something", "the first or the last counts",
              post("Transfer-Encoding: x\r\n" + te, kBehindChunks), 501),
      refused("chunked in two fields", "chunked twice: the body is chunks of chunks",
              post(te + te, kBehindChunks)),
      refused("empty TE and chunked", "an empty field is none for some",
              post("Transfer-Encoding:\r\n" + te, kBehindChunks), 501),

      refused("chunked twice", "RFC 9112, 7: at most once", with_encoding(" chunked, chunked"),
              501),
      refused("chunked, identity", "chunked must be last", with_encoding(" chunked, identity"),
              501),
      refused("identity, chunked", "identity is gone since RFC 7230",
              with_encoding(" identity, chunked"), 501),
      refused("identity", "no body, or one until the end", with_encoding(" identity"), 501),
      refused("identity with a length", "dropped by some, which then take the length",
              both("Transfer-Encoding: identity\r\n"), 400),
      refused("gzip", "RFC 9112, 6.1: 501 for a coding that is not understood",
              with_encoding(" gzip"), 501),
      refused("gzip, chunked", "no other coding is taken apart", with_encoding(" gzip, chunked"),
              501),
      refused("xchunked", "WEBrick, CVE-2020-25613: found anywhere in the value",
              with_encoding(" xchunked"), 501),
      refused("chunkedx", "found at the start of the value", with_encoding(" chunkedx"), 501),
      refused("chunked-false", "found at the start of the value", with_encoding(" chunked-false"),
              501),
      refused("x chunked", "the last word of the value", with_encoding(" x chunked"), 501),
      refused("chunked with a parameter", "RFC 9112, 7.1: it has none",
              with_encoding(" chunked;a=b"), 501),
      refused("chunked in quotation marks", "some take them away", with_encoding(" \"chunked\""),
              501),
      refused("chunked behind a comma", "empty elements are skipped by some",
              with_encoding(" , chunked"), 501),
      refused("chunked before a comma", "empty elements are skipped by some",
              with_encoding(" chunked,"), 501),
      refused("chunked behind a vertical tab", "waitress, CVE-2019-16789",
              with_encoding(" \x0b"
                            "chunked")),
      refused("chunked before a form feed", "isspace() is true for it",
              with_encoding(" chunked\x0c")),
      refused("chunked behind NUL", "some skip it", with_encoding(" \0chunked"s)),
      refused("chunked before NUL", "ends it for readers in C", with_encoding(" chunked\0x"s)),
      refused("chunked with a no-break space", "isspace() of some locales",
              with_encoding(" chunked\xa0"), 501),
      refused("empty Transfer-Encoding", "none for some", with_encoding(""), 501),
      refused("chunked with a carriage return", "the end of the line for some",
              with_encoding(" chunked\r ")),
      refused("line feed before Transfer-Encoding", "the end of the line for some",
              both("A: b\nTransfer-Encoding: chunked\r\n")),
      refused("Transfer-Encoding behind a space", "a fold, or a name with a space",
              both(" Transfer-Encoding: chunked\r\n")),
      read_as("Transfer_Encoding", "another field; CGI makes both one name",
              post("Transfer_Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"),
              "POST /a? [0\r\n\r\n]"),
      read_as("TE", "another field", post("TE: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"),
              "POST /a? [0\r\n\r\n]"),
      read_as("chunked as a content coding", "another field",
              post("Content-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"),
              "POST /a? [0\r\n\r\n]"),
      read_as("Transfer-Encoding named in Connection", "a proxy may drop it, an origin may not",
              post("Connection: Transfer-Encoding\r\n" + te, "0\r\n\r\n"), "POST /a? []"),
  };
}

}  // namespace cdss::hostile
