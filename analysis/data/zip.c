/* Layout: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3.7 (local header), 4.3.12 (directory), 4.3.14–16 (its end). */
#include "data/zip.h"

#include <string.h>

#include "base/error.h"

#define END_BYTES 22
#define LONGEST_COMMENT 65535
#define LOCATOR_BYTES 20
#define END64_BYTES 56
#define ENTRY_BYTES 46
#define LOCAL_BYTES 30
#define LARGEST_DIRECTORY (64 << 20)
/* Deflate can't do better: a longest match of 258 bytes in 2 bits. */
#define BEST_RATIO 1032

static guint
get_16 (const guint8 *at)
{
  return at[0] | at[1] << 8;
}

static guint32
get_32 (const guint8 *at)
{
  return get_16 (at) | (guint32) get_16 (at + 2) << 16;
}

static guint64
get_64 (const guint8 *at)
{
  return get_32 (at) | (guint64) get_32 (at + 4) << 32;
}

typedef struct
{
  guint64 offset;
  guint64 length;
} Directory;

static gboolean
set_damaged (GError **error, const char *cause)
{
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "damaged archive: %s", cause);
  return FALSE;
}

static gboolean
read_end64 (NerveFile *file, guint64 end_place, Directory *directory, GError **error)
{
  guint8 locator[LOCATOR_BYTES];
  guint8 end[END64_BYTES];

  if (end_place < LOCATOR_BYTES)
    return TRUE;
  if (!nerve_file_read (file, end_place - LOCATOR_BYTES, locator, sizeof locator, error))
    return FALSE;
  if (memcmp (locator, "PK\x06\x07", 4) != 0)
    return TRUE;
  if (!nerve_file_read (file, get_64 (locator + 8), end, sizeof end, error))
    return FALSE;
  if (memcmp (end, "PK\x06\x06", 4) != 0)
    return set_damaged (error, "the long directory's end is missing");
  directory->length = get_64 (end + 40);
  directory->offset = get_64 (end + 48);
  return TRUE;
}

/* The end record is the last thing in the file but for a comment. */
static gboolean
find_directory (NerveFile *file, Directory *directory, GError **error)
{
  gsize length = MIN (file->size, END_BYTES + LONGEST_COMMENT);
  g_autofree guint8 *tail = g_malloc (length);

  if (!nerve_file_read (file, file->size - length, tail, length, error))
    return FALSE;
  for (gsize i = length < END_BYTES ? 0 : length - END_BYTES + 1; i-- > 0;)
    if (memcmp (tail + i, "PK\x05\x06", 4) == 0 && get_16 (tail + i + 20) <= length - END_BYTES - i)
      {
        directory->length = get_32 (tail + i + 12);
        directory->offset = get_32 (tail + i + 16);
        return read_end64 (file, file->size - length + i, directory, error);
      }
  g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "truncated: the archive has no directory at its end");
  return FALSE;
}

/* The 64-bit values stand in an extra field, each only if its 32-bit place is full. */
static void
read_extra (NerveZipMember *member, const guint8 *extra, gsize length)
{
  guint64 *const values[] = { &member->length, &member->packed_length, &member->header_offset };

  while (length >= 4)
    {
      gsize size = get_16 (extra + 2);
      const guint8 *at = extra + 4;

      if (size > length - 4)
        return;
      for (guint i = 0; get_16 (extra) == 1 && i < G_N_ELEMENTS (values); i++)
        if (*values[i] == G_MAXUINT32 && at + 8 <= extra + 4 + size)
          {
            *values[i] = get_64 (at);
            at += 8;
          }
      extra += 4 + size;
      length -= 4 + size;
    }
}

static NerveZipMember *
read_entry (const guint8 *at, gsize length, gsize *used)
{
  NerveZipMember *member;
  gsize name, extra, comment;

  if (length < ENTRY_BYTES || memcmp (at, "PK\x01\x02", 4) != 0)
    return NULL;
  name = get_16 (at + 28);
  extra = get_16 (at + 30);
  comment = get_16 (at + 32);
  if (name + extra + comment > length - ENTRY_BYTES)
    return NULL;

  member = g_new0 (NerveZipMember, 1);
  member->flags = get_16 (at + 8);
  member->method = get_16 (at + 10);
  member->crc = get_32 (at + 16);
  member->packed_length = get_32 (at + 20);
  member->length = get_32 (at + 24);
  member->header_offset = get_32 (at + 42);
  member->name = g_strndup ((const char *) at + ENTRY_BYTES, name);
  read_extra (member, at + ENTRY_BYTES + name, extra);
  *used = ENTRY_BYTES + name + extra + comment;
  return member;
}

static void
member_free (NerveZipMember *member)
{
  g_free (member->name);
  g_free (member);
}

GPtrArray *
nerve_zip_list (NerveFile *file, GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) member_free);
  g_autofree guint8 *bytes = NULL;
  Directory directory = { 0 };

  if (!find_directory (file, &directory, error))
    return NULL;
  if (directory.length > MIN (file->size, LARGEST_DIRECTORY))
    {
      set_damaged (error, "the directory is longer than it can be");
      return NULL;
    }
  bytes = g_malloc (MAX (directory.length, 1));
  if (!nerve_file_read (file, directory.offset, bytes, directory.length, error))
    return NULL;

  for (gsize at = 0, used = 0; at < directory.length; at += used)
    {
      NerveZipMember *member = read_entry (bytes + at, directory.length - at, &used);

      if (member == NULL)
        {
          set_damaged (error, "the directory can't be read");
          return NULL;
        }
      g_ptr_array_add (members, member);
    }
  return g_steal_pointer (&members);
}

NerveBytes *
nerve_zip_open (NerveFile *file, const NerveZipMember *member, GError **error)
{
  guint8 local[LOCAL_BYTES];
  guint64 start;

  if ((member->flags & 1) != 0 || (member->method != 0 && member->method != 8))
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "encrypted, or packed by a method that is not read");
      return NULL;
    }
  if (!nerve_file_read (file, member->header_offset, local, sizeof local, error))
    return NULL;
  start = member->header_offset + LOCAL_BYTES + get_16 (local + 26) + get_16 (local + 28);
  if (memcmp (local, "PK\x03\x04", 4) != 0 || start > file->size || member->packed_length > file->size - start
      || (member->method == 0 ? member->length != member->packed_length
                              : member->length / BEST_RATIO > member->packed_length))
    {
      set_damaged (error, "the member is not where the directory says, or not as long");
      return NULL;
    }
  if (member->method == 0)
    return nerve_bytes_new_stored (file, start, member->length, member->crc);
  return nerve_bytes_new_deflated (file, start, member->packed_length, member->length, member->crc);
}
