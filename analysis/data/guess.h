/* Files that say nothing about their arrays: which are layers, which are labels. CLI.md §1, "any other". */
#pragma once

#include "data/contents.h"

G_BEGIN_DECLS

typedef struct _NerveGuess NerveGuess;

NerveGuess *nerve_guess_new  (void);
void        nerve_guess_free (NerveGuess *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NerveGuess, nerve_guess_free)

/* An array, in the file's order; takes @array. */
void nerve_guess_add      (NerveGuess *self, const char *name, NerveArray *array);
/* Something that can't be a layer, and why. */
void nerve_guess_leave_out (NerveGuess *self, const char *name, const char *cause);

/**
 * nerve_guess_finish:
 *
 * The first extent that most arrays of two or more dimensions share (of several, the largest) is taken as the
 * number of images: these arrays become layers, a list of whole numbers of that length that is named like labels
 * becomes the labels. Whatever was assumed or left out goes into the assumptions of @contents.
 *
 * Errors: NERVE_ERROR_NOT_FOUND (no array of two or more dimensions), those of reading the labels
 */
gboolean nerve_guess_finish (NerveGuess *self, NerveContents *contents, GError **error);

/* The axes of an array of which nothing is said but its shape. */
NerveAxes nerve_guess_axes (NerveArray *array);

G_END_DECLS
