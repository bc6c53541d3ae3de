#include "plugins/psoas_likelihood/psoas_likelihood.hpp"

CDSS_PLUGIN(cdss::psoas_likelihood::PsoasLikelihood)
