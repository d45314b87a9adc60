/* Where the items of a legend stand; shared by drawing, hit test and measuring. */
#pragma once

#include "figures/figure.h"

G_BEGIN_DECLS

typedef enum
{
  NERVE_LEGEND_CLASS,
  NERVE_LEGEND_GROUP,     /* a superclass as a chip */
  NERVE_LEGEND_HEADER,    /* its name before its classes */
  NERVE_LEGEND_SEPARATOR,
  NERVE_LEGEND_MORE,      /* "and 88 more" */
} NerveLegendItemKind;

typedef struct
{
  NerveLegendItemKind kind;
  guint               index; /* class or superclass; MORE: how many */
  char               *text;
  double              x;     /* left edge */
  double              y;     /* middle */
  double              width;
} NerveLegendItem;

typedef struct
{
  GArray *items;   /* NerveLegendItem */
  double  height;
  double  radius;  /* of the discs */
  double  size;    /* of the names; 0: codes alone */
  double  gap;     /* between a disc and its name */
} NerveLegendLayout;

/* More classes than this and superclasses stand for them. */
#define NERVE_LEGEND_MOST_CLASSES 12

/* @height: 0 for as many rows as are needed */
void nerve_legend_layout_init  (NerveLegendLayout *self, const NerveFigureModel *model, const NerveStyle *style,
                                double width, double height);
void nerve_legend_layout_clear (NerveLegendLayout *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveLegendLayout, nerve_legend_layout_clear)

G_END_DECLS
