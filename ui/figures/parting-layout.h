/* Where the parts of the figure of partings stand. DESIGN.md "Classes (parting)": tree, pictures, name and matrix row
 * share one line. */
#pragma once

#include "figures/model.h"
#include "figures/selected-classes.h"
#include "figures/style.h"

G_BEGIN_DECLS

#define NERVE_PARTING_PICTURES 2 /* of a class */

typedef struct
{
  const NerveFigureModel *model;
  const NerveStyle       *style;
  const NerveParting     *parting;
  const NerveHierarchy   *hierarchy; /* NULL: no tree */
  guint                   layer;     /* that the tree is of */
  char                   *lack;      /* why there is no tree; NULL: there is, or it is on its way */
  NerveSelectedClasses    selected;
  guint                   n;
  guint                  *classes;   /* at each place, top to bottom */
  char                   *headline;
  double                  headline_size;
  guint                   headline_lines;
  char                   *story;     /* NULL: the rows need its room */
  char                   *foot;
  guint                   foot_lines;
  double                  foot_left;
  double                  width;
  double                  top;       /* of the first row */
  double                  row;
  double                  cell;
  double                  matrix;    /* x */
  double                  names;
  double                  pictures;
  double                  picture;   /* side; 0: none */
  double                  tree;      /* right end; 0: none */
  guint                   first;     /* layers that occur as a parting */
  guint                   last;
} NervePartingLayout;

/* FALSE: there is nothing to draw. */
gboolean    nerve_parting_layout_init  (NervePartingLayout *self, const NerveFigureModel *model,
                                        const NerveStyle *style, double width, double height);
void        nerve_parting_layout_clear (NervePartingLayout *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NervePartingLayout, nerve_parting_layout_clear)

const NervePartingPair *
            nerve_parting_layout_pair  (const NervePartingLayout *self, guint i, guint j);
const char *nerve_parting_layout_name  (const NervePartingLayout *self, guint place);
gint64      nerve_parting_layout_number (const NervePartingLayout *self, guint layer);
/* On the ramp from the first to the last layer at which classes part. */
NerveColor  nerve_parting_layout_color (const NervePartingLayout *self, guint layer);
/* Whether the colours of a tree are told: superclasses by a key that has room, classes by the matrix's diagonal. */
gboolean    nerve_parting_key_holds    (const NervePartingLayout *self, cairo_t *cr);
/* In the upper triangle, against its right edge. */
void        nerve_parting_key_paint    (const NervePartingLayout *self, cairo_t *cr);

G_END_DECLS
