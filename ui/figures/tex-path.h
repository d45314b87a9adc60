/* A path in PGF's words: \NM, \NL, \NC, \NZ and \NO, which tex-drawing defines. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GString *text;
  double   height;   /* of the page: PGF counts upwards */
  GArray  *arcs;     /* double: the middle and the end of each curve */
  double   last[2];  /* where the path is */
  gboolean is_mixed; /* there are not only curves */
} NerveTexPath;

void nerve_tex_path_init      (NerveTexPath *self, double height);
void nerve_tex_path_clear     (NerveTexPath *self);
/* Empties it. */
void nerve_tex_path_reset     (NerveTexPath *self);
/* Points are taken through @matrix. */
void nerve_tex_path_move      (NerveTexPath *self, const cairo_matrix_t *matrix, const double point[2]);
void nerve_tex_path_line      (NerveTexPath *self, const cairo_matrix_t *matrix, const double point[2]);
void nerve_tex_path_curve     (NerveTexPath *self, const cairo_matrix_t *matrix, const double points[6]);
void nerve_tex_path_close     (NerveTexPath *self);
/* x, y, width, height */
void nerve_tex_path_rectangle (NerveTexPath *self, const cairo_matrix_t *matrix, const double box[4]);
/* Says "circle" where curves make one. */
void nerve_tex_path_round     (NerveTexPath *self);

/* Appends @value to 1/100, without zeros at its end. */
void nerve_tex_append_number  (GString *out, double value);

G_END_DECLS
