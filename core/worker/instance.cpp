#include "core/worker/instance.hpp"

#include <utility>

#include "core/json/document_builder.hpp"
#include "core/plugin/manifest.hpp"
#include "core/worker/output_buffer.hpp"

namespace cdss::worker {
namespace {

constexpr std::size_t kLongestSentence = 500;
constexpr std::size_t kLongestAnswer = std::size_t{1} << 20U;

/// What a plugin says when it will not open, fit for one line of a terminal or log.
std::string sentence(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7F) {
      c = ' ';
    }
  }
  return text.empty() ? "does not open and does not say why" : text;
}

}  // namespace

struct Instance::Open {
  std::shared_ptr<const void> owner;  // of the documents; outlives the library's use of them
  Library library;
  std::vector<cdss_knowledge> knowledge;
  std::size_t longest_answer;
  cdss_setup setup{};
  void* state = nullptr;
};

Instance::Instance(std::unique_ptr<Open> open) : open_{std::move(open)} {}
Instance::Instance(Instance&& other) noexcept = default;

Instance& Instance::operator=(Instance&& other) noexcept {
  std::swap(open_, other.open_);
  return *this;
}

Instance::~Instance() {
  if (open_) {
    open_->library.plugin().close(open_->state);
  }
}

Result<Instance> Instance::open(std::shared_ptr<const plugin::Package> package, View options) {
  CDSS_CHECK(plugin::check_options(package->manifest().options, options));
  CDSS_TRY(auto copy, copy_of(options));
  CDSS_TRY(auto library, Library::open(package->library()));
  std::vector<cdss_knowledge> knowledge;
  for (const auto& file : package->knowledge()) {
    knowledge.push_back({{file.path.data(), file.path.size()}, file.document.c_document()});
  }
  struct Owner {
    std::shared_ptr<const plugin::Package> package;
    Document options;
  };
  auto owner = std::make_shared<const Owner>(Owner{std::move(package), std::move(copy)});
  const auto document = owner->options.c_document();
  return open(std::move(library), document, std::move(knowledge), std::move(owner), kLongestAnswer);
}

Result<Instance> Instance::open(Library library, const cdss_document& options,
                                std::vector<cdss_knowledge> knowledge,
                                std::shared_ptr<const void> owner, std::size_t longest_answer) {
  auto open = std::make_unique<Open>(
      Open{std::move(owner), std::move(library), std::move(knowledge), longest_answer});
  open->setup.size = sizeof open->setup;
  open->setup.knowledge_count = static_cast<std::uint32_t>(open->knowledge.size());
  open->setup.knowledge = open->knowledge.data();
  open->setup.options = options;
  OutputBuffer buffer{kLongestSentence};
  const cdss_host host = buffer.host();
  if (open->library.plugin().open(&open->setup, &host, &open->state) != cdss_ok) {
    return Error{Errc::malformed, {}, sentence(std::move(buffer).text())};
  }
  return Instance{std::move(open)};
}

Result<std::string> Instance::evaluate(const cdss_request& request) {
  OutputBuffer buffer{open_->longest_answer};
  const cdss_host host = buffer.host();
  const int status = open_->library.plugin().evaluate(open_->state, &request, &host);
  if (buffer.too_long()) {
    return Error{
        Errc::out_of_range,
        {},
        "plugin answers with more than " + std::to_string(open_->longest_answer) + " bytes"};
  }
  if (status != cdss_ok) {
    return Error{Errc::internal, {}, "plugin reports a failure"};
  }
  return std::move(buffer).text();
}

}  // namespace cdss::worker
