/* Built for an ABI that does not exist yet. */

#include "tests/core/worker/plugins/test_plugin.h"

EXPORT const cdss_plugin cdss_plugin_v1 = {8, CDSS_ABI + 1, NULL, NULL, NULL, NULL, NULL, NULL};
