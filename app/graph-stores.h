/* What mapper graphs of the same cloud have in common, kept from one request to the next, so that a slider of the
 * mapper moves without a distance being computed. */
#pragma once

#include "cloud/cloud.h"
#include "mapper/store.h"

G_BEGIN_DECLS

/**
 * nerve_graph_stores_get:
 *
 * The store of the cloud that @layer and @parameters give: the one @dataset has kept, or a new one, which it keeps
 * as long as there is @dataset. Any thread. Errors: as nerve_cloud_new()
 *
 * Returns: (transfer full)
 */
NerveMapperStore *nerve_graph_stores_get       (NerveDataset *dataset, guint layer,
                                                const NerveCloudParameters *parameters, const NerveProgress *progress,
                                                GError **error);
/* After a store has grown: lets the oldest go until they all take at most @limit bytes; the latest stays. */
void              nerve_graph_stores_trim      (NerveDataset *dataset, gsize limit);
/* How many @dataset has kept. */
guint             nerve_graph_stores_get_n     (NerveDataset *dataset);

G_END_DECLS
