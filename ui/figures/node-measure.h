/* What a node is worth where colours stand for a number and not for classes: lens, purity, entropy, accuracy. */
#pragma once

#include "figures/model.h"
#include "figures/style.h"

G_BEGIN_DECLS

/* One value a node; NaN: nothing is known of it. */
typedef struct
{
  NerveColorBy by;
  guint        n;
  double      *values; /* NULL: colours stand for classes */
  double       low;    /* what the palest colour stands for */
  double       high;
} NerveNodeMeasure;

/* "lens", as actions and the command line name it. */
const char *nerve_color_by_get_name     (NerveColorBy self);
/* N_() */
const char *nerve_color_by_get_title    (NerveColorBy self);
/* FALSE and @self as it was: there is no colouring of that name. */
gboolean    nerve_color_by_find         (const char *name, NerveColorBy *self);
/* Not one by class or superclass. */
gboolean    nerve_color_by_is_measure   (NerveColorBy self);
/* The file has what it takes: labels, a class tree, predictions. */
gboolean    nerve_color_by_is_available (NerveColorBy self, NerveDataset *dataset);

/* O(members) */
void        nerve_node_measure_init     (NerveNodeMeasure *self, const NerveFigureModel *model, NerveGraph *graph);
void        nerve_node_measure_clear    (NerveNodeMeasure *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveNodeMeasure, nerve_node_measure_clear)

/* On the ramp of cells; grey for NaN. */
NerveColor  nerve_node_measure_color    (const NerveNodeMeasure *self, guint node, const NerveStyle *style);
/* "0.36"; "–" for NaN; (transfer full). */
char       *nerve_node_measure_text     (const NerveNodeMeasure *self, guint node);
/* What the two ends of the ramp stand for: "0", "1", or, where each graph has a range of its own, in words;
 * (transfer full). */
void        nerve_color_by_get_ends     (NerveColorBy self, char **low, char **high);

G_END_DECLS
