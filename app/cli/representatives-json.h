/* Writes what bars stand for: "persistence --representatives". */
#pragma once

#include "base/output.h"
#include "cloud/cloud.h"
#include "homology/representatives.h"

G_BEGIN_DECLS

/* A list, a bar of H0 and up to @max_dimension an entry: "dimension", "birth", "death", "kind", "length", then
 * "vertices" (rows of the cloud) with "images" and "positions" (not if @cloud is NULL: a matrix of distances) and
 * "edges" (pairs of rows). "kind" is "component" for H0, "checked" for H1: its latest edge, the first one, is the
 * birth, it is a boundary at the death and not before. If a shorter cycle is born with it that does not pass for it,
 * that stands in "shortest_born_here", else null. */
void nerve_representatives_write (const NerveRepresentatives *representatives, int max_dimension,
                                  const NerveCloud *cloud, NerveOutput *output);

G_END_DECLS
