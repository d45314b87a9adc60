/* Disjoint sets with path halving and union by size. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint32 *parent;
  guint32 *size;
  gsize    n;
} NerveUnionFind;

void    nerve_union_find_init  (NerveUnionFind *self, gsize n);
void    nerve_union_find_clear (NerveUnionFind *self);
guint32 nerve_union_find_find  (NerveUnionFind *self, guint32 x);
/* Joins the sets of @x and @y; FALSE if they were one already. */
gboolean nerve_union_find_join (NerveUnionFind *self, guint32 x, guint32 y);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveUnionFind, nerve_union_find_clear)

G_END_DECLS
