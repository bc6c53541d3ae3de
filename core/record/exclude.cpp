#include "core/record/exclude.hpp"

#include "core/json/json_writer.hpp"

namespace cdss::record {
namespace {

/// Writes a value without some of the nodes inside it. The nodes stand in reading order, as the
/// values are written, so the next one is all that has to be looked at.
class Writer {
 public:
  explicit Writer(std::span<const std::uint32_t> nodes) : left_{nodes} {}

  std::string write(View root) {
    if (takes(root)) {
      return "null";
    }
    out_.reserve(root.document().text_size);  // growth would leave copies of a token behind
    add(root);
    return std::move(out_);
  }

 private:
  /// Whether this value is the next to be left out.
  bool takes(View value) {
    if (left_.empty() || left_.front() != value.node()) {
      return false;
    }
    left_ = left_.subspan(1);
    return true;
  }

  bool is_whole(View value) const {
    return left_.empty() || left_.front() >= value.document().nodes[value.node()].next;
  }

  void add(View value) {
    if (is_whole(value)) {
      json::append_value(out_, value);
      return;
    }
    const bool is_array = value.is_array();
    out_ += is_array ? '[' : '{';
    std::string_view comma;
    for (const View element : value.elements()) {
      if (!takes(element)) {
        out_ += comma;
        add(element);
        comma = ",";
      }
    }
    for (const Member member : value.members()) {
      if (!takes(member.value)) {
        out_ += comma;
        json::append_string(out_, member.name);
        out_ += ':';
        add(member.value);
        comma = ",";
      }
    }
    out_ += is_array ? ']' : '}';
  }

  std::string out_;
  std::span<const std::uint32_t> left_;
};

}  // namespace

std::string exclude(View root, std::span<const std::uint32_t> nodes) {
  return Writer{nodes}.write(root);
}

}  // namespace cdss::record
