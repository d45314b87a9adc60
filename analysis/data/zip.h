/* The members of a zip archive, zip64 included. */
#pragma once

#include "data/bytes.h"

G_BEGIN_DECLS

typedef struct
{
  char   *name;
  guint   flags;
  guint   method;        /* 0 stored, 8 deflated */
  guint32 crc;
  guint64 packed_length;
  guint64 length;
  guint64 header_offset;
} NerveZipMember;

/* NerveZipMember, in the archive's order. Errors: NERVE_ERROR_FORMAT (truncated, damaged) */
GPtrArray  *nerve_zip_list (NerveFile *file, GError **error);
/* Errors: NERVE_ERROR_FORMAT (truncated, damaged, encrypted, packed by a method that is not read) */
NerveBytes *nerve_zip_open (NerveFile *file, const NerveZipMember *member, GError **error);

G_END_DECLS
