/* How numbers lie in files, and their way to float and double. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  NERVE_SCALAR_FLOAT,
  NERVE_SCALAR_INT,
  NERVE_SCALAR_UINT,
  NERVE_SCALAR_BOOL,
} NerveScalarKind;

typedef struct
{
  NerveScalarKind kind;
  guint8          size;    /* bytes: 2, 4, 8 for floats; 1, 2, 4, 8 for integers; 1 for truth values */
  gboolean        swapped; /* of the other byte order than this machine's */
} NerveScalar;

/* Every number of a narrow type is kept in the narrowest of these that holds it exactly. */
typedef enum
{
  NERVE_STORAGE_BYTE,
  NERVE_STORAGE_FLOAT,
  NERVE_STORAGE_DOUBLE,
} NerveStorage;

/* As NumPy calls it: "float16", "uint8", "bool". */
const char  *nerve_scalar_get_name    (NerveScalar self);
NerveStorage nerve_scalar_get_storage (NerveScalar self);
gsize        nerve_storage_get_size   (NerveStorage storage);
/* Whether the numbers in the file are already what nerve_scalar_convert() would make of them. */
gboolean     nerve_scalar_is_storage  (NerveScalar self);

/* @raw is turned to the machine's byte order on the way. @out: @n values of nerve_scalar_get_storage(),
 * exact but for 64-bit integers beyond 2⁵³. */
void         nerve_scalar_convert  (NerveScalar self, gpointer raw, gsize n, gpointer out);
/* FALSE if value @bad is no whole number or outside of gint64. */
gboolean     nerve_scalar_to_int64 (NerveScalar self, gpointer raw, gsize n, gint64 *out, gsize *bad);

G_END_DECLS
