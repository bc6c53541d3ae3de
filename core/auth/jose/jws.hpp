#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/auth/jose/algorithm.hpp"
#include "core/auth/jose/jwk.hpp"
#include "core/auth/jose/reason.hpp"
#include "core/json/document.hpp"

namespace cdss::auth {

/// A JSON Web Signature in compact form, taken apart and not yet believed. Movable. Thread-safe.
/// Source: RFC 7515, sections 3.1, 5.2 and 7.1.
class Jws {
 public:
  static constexpr std::size_t kLongest = std::size_t{8} << 10U;  ///< bytes

  /// Takes `compact` apart.
  ///
  /// Errors: Reason::too_long; Reason::not_compact unless it is three parts of base64url without
  /// padding, of which the first is not empty; Reason::header_not_json.
  static TokenResult<Jws> parse(std::string compact);

  View header() const { return header_.root(); }  ///< an object
  const std::string& payload() const { return payload_; }
  const std::string& signature() const { return signature_; }

  /// What the signature is over: header and payload as they were sent, and the dot.
  std::string_view signed_text() const { return std::string_view{text_}.substr(0, signed_size_); }

 private:
  Jws(std::string text, std::size_t signed_size, Document header, std::string payload,
      std::string signature)
      : text_{std::move(text)},
        signed_size_{signed_size},
        header_{std::move(header)},
        payload_{std::move(payload)},
        signature_{std::move(signature)} {}

  std::string text_;
  std::size_t signed_size_;
  Document header_;
  std::string payload_;
  std::string signature_;
};

/// The algorithm that a header names. Errors: Reason::algorithm_missing, algorithm_none,
/// algorithm_symmetric, algorithm_unknown. Source: CDS Hooks JWT-03, JWT-04, JWT-05.
TokenResult<Algorithm> algorithm_of(View header);

/// Reason::critical_header for a header that asks to be understood in ways that nothing here does,
/// whatever they are. Source: RFC 7515, section 4.1.11; RFC 7797, section 6; CDS Hooks JWT-31.
std::optional<Reason> critical_fault(View header);

/// Reason::embedded_key for a header that brings a key along, or the address of one.
/// Source: RFC 7515, sections 4.1.3, 4.1.5, 4.1.6; CDS Hooks JWT-24.
std::optional<Reason> embedded_key_fault(View header);

/// Reason::key_does_not_fit or signature_wrong unless `key` signed this.
std::optional<Reason> signature_fault(const Jws& jws, Algorithm algorithm, const Jwk& key);

}  // namespace cdss::auth
