/* Where a figure comes from: what made it, in words for its metadata, and as the command that makes it again. The
 * window and the command line both describe their figures here, so that the same figure is the same bytes. */
#pragma once

#include "app/comparisons.h"
#include "figures/figure.h"

G_BEGIN_DECLS

/* Everything is borrowed. */
typedef struct
{
  const NerveFigureKind           *kind;
  const NerveFigureModel          *model;
  const guint                     *layers;     /* the figure's panels */
  guint                            n_layers;
  const NerveLayerParameters      *parameters; /* one a layer of the dataset */
  const NerveComparisonParameters *comparison;
  const char * const              *others;     /* files beside the model's own, NULL-terminated; NULL: none */
} NerveOrigin;

/* The page's part of a command; NULL and 0: as without the option. */
typedef struct
{
  const char *width;  /* "3.25in" */
  const char *height;
  const char *font;
  const char *without;
  double      dpi;
  gboolean    dark;
} NerveOriginPage;

/* A choice of what a model shows, as an option. */
typedef struct
{
  const char         *name;
  gsize               offset;  /* of an int in NerveFigureModel */
  const char * const *choices; /* ends with NULL; the first one is the default */
  guint               flags;   /* NerveFigureFlags of the kinds that show it */
  const char         *help;    /* N_() */
} NerveModelChoice;

const NerveModelChoice *nerve_model_choices (guint *n);

/* What the layers have in common and where they differ, with "auto" by what it came to: "name=value; …", what follows
 * "layer=NAME" being that layer's own. One line; (transfer full). */
char     *nerve_origin_describe (const NerveOrigin *self);

/**
 * nerve_origin_command:
 * @file: what the command shall read
 * @output: what it shall write
 *
 * A line for a shell: nerve-cli figure … that makes the same bytes from the same file.
 *
 * Returns: (transfer full): or NULL: NERVE_ERROR_PARAMETER, the figure shows something that no option says
 */
char     *nerve_origin_command  (const NerveOrigin *self, const NerveOriginPage *page, const char *file,
                                 const char *output, GError **error);

/* Where numbers are those of curves at an η that was moved by hand: sets @parameters (one a layer) to what counts them
 * so, for a description and a command. */
void      nerve_origin_take_eta  (const NerveFigureModel *model, NerveLayerParameters *parameters);
/* Whether curves keep every threshold: counted there, the numbers are the same. */
gboolean  nerve_origin_is_exact  (const NerveFigureModel *model);

/* "0,5-8": images, as an option says them; (transfer full). */
char        *nerve_images_to_text   (const NerveBitset *images);
/* Of selected images the one that is looked into: the first; 0: none is selected. */
gsize        nerve_images_first     (const NerveBitset *images);
/* "0,5-8" back; NERVE_ERROR_PARAMETER. */
NerveBitset *nerve_images_from_text (const char *text, gsize n, GError **error);

G_END_DECLS
