/* Small datasets and their results, made on the spot. */
#pragma once

#include "figures/figure.h"

typedef struct
{
  NerveDataset      *dataset;
  NervePalette      *palette;
  NerveLayerResults *layers;
  NerveNetworkResults network;
  NerveFigureModel   model;
} Fixture;

/* Layers input, conv (tensors), pool, logits (vectors); clusters of images a class. @n_groups 0: no tree;
 * @n_classes 0: no labels. */
NerveDataset *fixture_dataset     (guint n_classes, guint n_groups, guint n_images);
/* The same with everything computed; @n_layers limits for how many layers. */
void          fixture_init        (Fixture *self, guint n_classes, guint n_groups, guint n_images);
void          fixture_clear       (Fixture *self);
/* A graph of @n points along @n_arms arms: chains that meet in the middle. Purity by arm. */
NerveGraph   *fixture_graph       (guint n_points, guint n_arms, guint intervals);
NerveHomology *fixture_homology   (const NerveBar *bars, guint n, double median);
/* The helper that lays graphs out; NULL when it is not built. */
char         *fixture_helper      (void);
cairo_t      *fixture_canvas      (double width, double height);
/* How many pixels differ from the first one. */
guint         fixture_ink         (cairo_t *cr);
