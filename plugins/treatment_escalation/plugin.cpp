#include "plugins/treatment_escalation/treatment_escalation.hpp"

CDSS_PLUGIN(cdss::treatment_escalation::TreatmentEscalation)
