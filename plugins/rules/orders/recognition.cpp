#include "plugins/rules/orders/recognition.hpp"

#include "plugins/rules/terminology/reading.hpp"

namespace cdss::rules {
namespace {

using Texts = std::vector<std::string_view>;

constexpr Name<DraftKind> kKinds[] = {
    {"other", DraftKind::other},
    {"injection", DraftKind::injection},
    {"needle", DraftKind::needle},
    {"guidance", DraftKind::guidance},
    {"mri", DraftKind::mri},
    {"surgery", DraftKind::surgery},
    {"abductor_tenotomy", DraftKind::abductor_tenotomy},
    {"physical_therapy", DraftKind::physical_therapy},
};
constexpr Name<Site> kSites[] = {{"psoas", Site::psoas}, {"hip", Site::hip}};
constexpr Name<Guidance> kGuidances[] = {{"guided", Guidance::guided},
                                         {"unguided", Guidance::unguided}};
constexpr Name<Texts DraftWords::*> kWords[] = {
    {"psoas", &DraftWords::psoas},
    {"hip", &DraftWords::hip},
    {"hip_implant", &DraftWords::hip_implant},
    {"elsewhere", &DraftWords::elsewhere},
    {"unguided", &DraftWords::unguided},
    {"guided", &DraftWords::guided},
    {"metal", &DraftWords::metal},
    {"imaging", &DraftWords::imaging},
    {"mri", &DraftWords::mri},
    {"guiding", &DraftWords::guiding},
    {"contrast", &DraftWords::contrast},
    {"steroid", &DraftWords::steroid},
    {"local", &DraftWords::local},
    {"parenteral", &DraftWords::parenteral},
    {"aim", &DraftWords::aim},
    {"reason", &DraftWords::reason},
};
constexpr Name<Texts Negation::*> kNegations[] = {
    {"before", &Negation::before}, {"after", &Negation::after}, {"between", &Negation::between}};
constexpr Name<Texts Negation::*> kAside[] = {{"before", &Negation::before},
                                              {"between", &Negation::between}};
constexpr Name<std::vector<ConceptId> Routes::*> kRoutes[] = {{"joint", &Routes::joint},
                                                              {"spinal", &Routes::spinal},
                                                              {"parenteral", &Routes::parenteral},
                                                              {"local", &Routes::local}};

/// Lists of words, each with at least one.
template <class T, std::size_t N>
Result<T> read_lists(View root, std::string_view member, const Name<Texts T::*> (&lists)[N]) {
  CDSS_TRY(const auto all, root.at(member));
  T read;
  for (const auto& list : lists) {
    CDSS_TRY(read.*list.value, optional_texts(all, list.name));
    if ((read.*list.value).empty()) {
      return all.error_at(list.name, Errc::missing, "must have a word");
    }
  }
  return read;
}

Result<Routes> read_routes(const Concepts& concepts, View root) {
  Routes routes;
  CDSS_TRY(const auto all, root.at("routes"));
  for (const auto& route : kRoutes) {
    CDSS_CHECK(all.at(route.name));
    CDSS_TRY(routes.*route.value, concepts.known_of(all, route.name));
  }
  return routes;
}

Result<ServiceRow> read_service(const FactDefinitions& definitions, View row) {
  ServiceRow service;
  CDSS_TRY(service.kind, read_name(row, "kind", kKinds));
  CDSS_TRY(service.concepts, definitions.concepts.known_of(row, "concepts"));
  CDSS_TRY(service.words, optional_texts(row, "words"));
  CDSS_TRY(service.beside, optional_texts(row, "beside"));
  CDSS_TRY(service.unless, optional_texts(row, "unless"));
  CDSS_TRY(service.despite, optional_texts(row, "despite"));
  CDSS_TRY(service.unless_beside, optional_texts(row, "unless_beside"));
  CDSS_TRY(service.medicines, optional_texts(row, "medicines"));
  for (const auto medicine : service.medicines) {
    if (!definitions.pharmacy.has_class(medicine)) {
      return row.error_at("medicines", Errc::malformed, "names a class that is not known");
    }
  }
  CDSS_TRY(service.unless_first, optional_texts(row, "unless_first"));
  CDSS_TRY(service.never, optional_texts(row, "never"));
  CDSS_TRY(service.site, read_name(row, "site", kSites, Site::unknown));
  CDSS_TRY(service.guidance, read_name(row, "guidance", kGuidances, Guidance::not_stated));
  return service;
}

}  // namespace

Result<Recognition> Recognition::read(const FactDefinitions& definitions, View root) {
  Recognition read;
  CDSS_TRY(const auto services, rows_at(root, "services"));
  CDSS_TRY(read.services,
           read_each(services, [&](View row) { return read_service(definitions, row); }));
  CDSS_TRY(read.words, read_lists(root, "words", kWords));
  CDSS_TRY(read.negation, read_lists(root, "negation", kNegations));
  CDSS_TRY(read.aside, read_lists(root, "aside", kAside));
  CDSS_TRY(read.routes, read_routes(definitions.concepts, root));
  return read;
}

}  // namespace cdss::rules
