/* Confidence bands around the Betti curves of a cloud's diagram. */
#pragma once

#include "cloud/cloud.h"
#include "homology/bootstrap.h"

G_BEGIN_DECLS

/**
 * nerve_bootstrap_new_around:
 * @drawn: the points of @diagram
 * @all: the points that could have been taken, of the same layer
 *
 * nerve_bootstrap_new() around the Betti curves of @diagram: as many points as it has, in their unit, and
 * a grid that ends a little beyond its last birth or death.
 */
NerveBootstrap *nerve_bootstrap_new_around (const NerveDiagram *diagram, const NerveCloud *drawn,
                                            const NerveCloud *all, const NerveRipsParameters *rips,
                                            const NerveBootstrapParameters *parameters, gint64 seed, gsize n_at,
                                            const NerveProgress *progress, GError **error);

G_END_DECLS
