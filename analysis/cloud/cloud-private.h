/* For the files that make clouds. */
#pragma once

#include "cloud/cloud.h"

G_BEGIN_DECLS

struct _NerveCloud
{
  gatomicrefcount ref_count;
  gsize           n;
  gsize           dimension;
  double         *points;
  float          *singles; /* NULL, or all points; then @points is there only once somebody asked for them all */
  guint32        *images;
  gint32         *positions;
  gsize           width; /* of the layer's map */
  NerveMetric     metric;
  guint           neighbors;
  NerveScale      scale;
  NerveSampling   sampling;
  gsize           n_available;
  gsize           n_skipped;
  char           *badge;
  char           *layer; /* its name, for errors */
  GMutex          lock;
  double          unit; /* NaN: not known yet */
};

/* Empty, with one reference. */
NerveCloud *nerve_cloud_alloc        (void);
/* Puts "LAYER: " in front, unless the dataset, which does so itself, was to blame. Always FALSE. */
gboolean    nerve_cloud_prefix_layer (GError **error, const char *layer);

G_END_DECLS
