#include "plugins/hip_replacement/hip_replacement.hpp"

CDSS_PLUGIN(cdss::hip_replacement::HipReplacement)
