#include "plugins/rules/facts/reason.hpp"

#include <utility>

namespace cdss::rules {

std::string text_of(const Reason& reason) {
  const std::string where = text_of(reason.finding);
  return where.empty() ? reason.text : reason.text + " (" + where + ')';
}

void add_reasons(Reasons& into, std::string_view text, std::span<const Finding> findings) {
  for (const Finding& finding : findings) {
    into.push_back({.text = std::string{text}, .finding = finding});
  }
}

Reason reason_of(const ResultValue& value) {
  return {.text = value.definition->text + ' ' + value.words, .finding = value.finding};
}

Reason reason_of(const Medicine& medicine) {
  constexpr std::string_view kTaking[] = {"", ", on hold", ", recorded with unclear status"};
  std::string text = medicine.definition->text;
  text += kTaking[static_cast<std::size_t>(medicine.taking)];
  return {.text = std::move(text), .finding = medicine.finding, .undoes = Undoes::never};
}

Reasons taken(const Medicines& medicines, std::string_view medicine_class) {
  Reasons reasons;
  for (const Medicine* medicine : medicines.active_of(medicine_class)) {
    reasons.push_back(reason_of(*medicine));
  }
  return reasons;
}

Reasons with(Reasons reasons, Undoes undoes) {
  for (Reason& reason : reasons) {
    reason.undoes = undoes;
  }
  return reasons;
}

Reasons all_of(std::initializer_list<Reasons> parts) {
  Reasons all;
  for (const Reasons& part : parts) {
    if (part.empty()) {
      return {};
    }
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

Reasons any_of(std::initializer_list<Reasons> parts) {
  Reasons any;
  for (const Reasons& part : parts) {
    any.insert(any.end(), part.begin(), part.end());
  }
  return any;
}

}  // namespace cdss::rules
