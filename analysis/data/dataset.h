/* A network's activations as the rest of the house sees them, whatever file they came from. */
#pragma once

#include <gio/gio.h>

#include "base/bitset.h"
#include "base/error.h"
#include "base/progress.h"
#include "data/graph.h"

G_BEGIN_DECLS

typedef struct _NerveDataset NerveDataset;

typedef enum
{
  NERVE_AXES_ND,
  NERVE_AXES_NCHW,
  NERVE_AXES_NHWC,
} NerveAxes;

/* One layer, N rows of channels × height × width; a vector of length D is D × 1 × 1. */
typedef struct
{
  char     *name;
  gint64    index;          /* the network's order, from the file */
  char     *kind;           /* "input", "conv", "linear", …; "" if not known */
  NerveAxes axes;           /* as stored; rows are always delivered as C, H, W */
  char     *dtype;          /* "float16", "float32", "int32", … as NumPy names them */
  gsize     n;              /* rows; the same for all layers */
  gsize     channels;
  gsize     height;
  gsize     width;
  gboolean  is_vector;      /* stored as [N, D] */
  guint64   bytes;          /* uncompressed, as stored */
  char     *sampling;       /* a vector layer sampled beforehand: how ("random"), else NULL */
  gint64    seed;
  gsize     source_shape[3]; /* C, H, W it was sampled from; zeros if not known */
} NerveLayer;

/* 8-bit picture, rows top to bottom, 1 (grey) or 3 (RGB) channels. */
typedef struct
{
  guint   width;
  guint   height;
  guint   channels;
  guint8 *pixels;
} NerveImage;

void nerve_image_clear (NerveImage *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NerveImage, nerve_image_clear)

/**
 * nerve_dataset_open:
 * @path: an activation file (CLI.md §1): HDF5, .npy, .npz, .csv, .txt
 *
 * Reads the metadata only; layers are read by hyperslab when asked for. What a foreign file did
 * not say and was assumed is listed by nerve_dataset_get_assumptions(). Thread-safe afterwards:
 * any thread may call any function below; no lock is held while others compute.
 *
 * Errors: NERVE_ERROR_OPEN (missing, unreadable), NERVE_ERROR_FORMAT (not a file we read, truncated,
 * damaged), NERVE_ERROR_SHAPE (extents that disagree), NERVE_ERROR_VALUE (a label out of range, text where numbers
 * are needed), NERVE_ERROR_NOT_FOUND (no layer in it)
 */
NerveDataset *nerve_dataset_open  (const char *path, GError **error);
/* The same, asking @progress at least every 100 ms whether to go on. Errors: CANCELLED, too */
NerveDataset *nerve_dataset_open_cancellable (const char *path, const NerveProgress *progress, GError **error);
/* Some images of @whole, which it keeps: layers, labels, pictures are theirs alone. @name: which ones, in words. */
NerveDataset *nerve_dataset_new_subset (NerveDataset *whole, const NerveBitset *images, const char *name);
NerveDataset *nerve_dataset_ref   (NerveDataset *self);
void          nerve_dataset_unref (NerveDataset *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveDataset, nerve_dataset_unref)

/* What floors above keep as long as there is the dataset: the one of that name (a literal), made when first asked for.
 * Borrowed. Any thread. */
gpointer    nerve_dataset_get_companion (NerveDataset *self, const char *name, gpointer (*make) (void),
                                         GDestroyNotify destroy);

/* The mapper graph that is all there is in the file; NULL: a file of activations. */
const NerveGraphFile *
            nerve_dataset_get_graph       (NerveDataset *self);
/* Which images of the file these are; NULL: all. */
const char *nerve_dataset_get_subset_name (NerveDataset *self);
/* What they are a part of, and which of its images they are (transfer full); NULL: they are all. */
NerveDataset *
            nerve_dataset_get_whole       (NerveDataset *self);
NerveBitset *
            nerve_dataset_get_subset_images (NerveDataset *self);
const char *nerve_dataset_get_path        (NerveDataset *self);
/* Hex digest of size, modification time and the file's head and tail: the first part of every job key. */
const char *nerve_dataset_get_fingerprint (NerveDataset *self);
const char *nerve_dataset_get_format      (NerveDataset *self); /* "nerve-activations 1", "HDF5", "npy", … */
/* Root attributes as text, NULL if absent: "model", "dataset", "test_accuracy", "transfer_accuracy", "licence",
 * "source", "synthetic" ("true"), … */
const char *nerve_dataset_get_attribute   (NerveDataset *self, const char *name);
/* Sentences on what was assumed; NULL-terminated, may be empty. */
const char * const *
            nerve_dataset_get_assumptions (NerveDataset *self);

gsize             nerve_dataset_get_n        (NerveDataset *self); /* images */
guint             nerve_dataset_get_n_layers (NerveDataset *self);
/* In network order: by index, then by the file's own order. */
const NerveLayer *nerve_dataset_get_layer    (NerveDataset *self, guint layer);
/* The position of the layer called @name; NERVE_ERROR_NOT_FOUND lists near names. */
gboolean          nerve_dataset_find_layer   (NerveDataset *self, const char *name, guint *layer, GError **error);

/* Class 0 ≤ label < n_classes of each image, -1 unlabelled; NULL without labels. */
const int  *nerve_dataset_get_labels      (NerveDataset *self);
const int  *nerve_dataset_get_predictions (NerveDataset *self);
guint       nerve_dataset_get_n_classes   (NerveDataset *self); /* 0 without labels */
const char *nerve_dataset_get_class_name  (NerveDataset *self, guint label);
/* FALSE: the file names no classes, and a class's name is the label as the file has it. */
gboolean    nerve_dataset_has_class_names (NerveDataset *self);
/* The class tree: level 1 groups classes, level 2 groups … classes again, coarser. 0: no tree. */
guint       nerve_dataset_get_n_levels    (NerveDataset *self);
guint       nerve_dataset_get_n_groups    (NerveDataset *self, guint level);
const char *nerve_dataset_get_group_name  (NerveDataset *self, guint level, guint group);
guint       nerve_dataset_get_group       (NerveDataset *self, guint level, guint label);

/* As text; NULL if the file has none. */
const char *nerve_dataset_get_sample_id   (NerveDataset *self, gsize image);
gboolean    nerve_dataset_has_images      (NerveDataset *self);
gboolean    nerve_dataset_has_masks       (NerveDataset *self);
gboolean    nerve_dataset_read_image      (NerveDataset *self, gsize image, NerveImage *out, GError **error);
/* Foreground 255, background 0; 1 channel. */
gboolean    nerve_dataset_read_mask       (NerveDataset *self, gsize image, NerveImage *out, GError **error);

/**
 * nerve_dataset_read_rows:
 * @layer: position of the layer
 * @first: first row
 * @count: number of rows
 * @out: (array): @count × channels × height × width doubles, in C, H, W order
 *
 * Blocks of the file are read once and cached within a memory limit. Values are delivered as they
 * are, NaN included: see nerve_dataset_check_finite().
 *
 * Errors: NERVE_ERROR_FORMAT (a damaged chunk), as "LAYER: cause"
 */
gboolean    nerve_dataset_read_rows       (NerveDataset *self, guint layer, gsize first, gsize count,
                                           double *out, GError **error);
/* How many rows a loop should ask for at once: whole chunks, some megabytes. */
gsize       nerve_dataset_get_block_rows  (NerveDataset *self, guint layer);

/* NERVE_ERROR_VALUE "LAYER: NaN in image 17 (channel 3, row 0, column 4)" unless all of @count rows are finite. */
gboolean    nerve_dataset_check_finite    (NerveDataset *self, guint layer, gsize first, gsize count,
                                           const double *rows, GError **error);

G_END_DECLS
