#include "data/bytes.h"

#include <string.h>
#include <zlib.h>

#include "base/error.h"

/* Between two kept states, at least; a state is some 40 kB. */
#define FIRST_SPACING (4 << 20)
#define MOST_STATES 128
#define PACKED_PIECE (64 << 10)
/* Further ahead than this nothing is read for the check sum alone. */
#define LONGEST_GAP (64 << 20)

/* Where unpacking stands. */
typedef struct
{
  z_stream stream;
  guint64  place;        /* of the next unpacked byte */
  guint64  packed_place; /* of the next packed byte */
  guint32  crc;          /* of all bytes before place */
} State;

struct _NerveBytes
{
  NerveFile *file;
  guint64    offset;
  guint64    length;
  gboolean   deflated;
  guint64    packed_length;
  gboolean   has_crc;
  guint32    crc;
  guint64    checked;      /* stored as it is: how far the sum below has come */
  guint32    sum;

  GMutex     lock;
  GPtrArray *states; /* by place, rising */
  guint64    spacing;
};

static void
state_free (State *state)
{
  inflateEnd (&state->stream);
  g_free (state);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (State, state_free)

/* NULL, as of state_copy (): no memory left. */
static State *
state_new (void)
{
  g_autofree State *state = g_new0 (State, 1);

  return inflateInit2 (&state->stream, -MAX_WBITS) == Z_OK ? g_steal_pointer (&state) : NULL;
}

static State *
state_copy (State *other)
{
  g_autofree State *state = g_memdup2 (other, sizeof (State));

  return inflateCopy (&state->stream, &other->stream) == Z_OK ? g_steal_pointer (&state) : NULL;
}

NerveBytes *
nerve_bytes_new_plain (NerveFile *file, guint64 offset, guint64 length)
{
  NerveBytes *self = g_new0 (NerveBytes, 1);

  self->file = file;
  self->offset = offset;
  self->length = length;
  return self;
}

NerveBytes *
nerve_bytes_new_stored (NerveFile *file, guint64 offset, guint64 length, guint32 crc)
{
  NerveBytes *self = nerve_bytes_new_plain (file, offset, length);

  self->has_crc = TRUE;
  self->crc = crc;
  return self;
}

NerveBytes *
nerve_bytes_new_deflated (NerveFile *file, guint64 offset, guint64 packed_length, guint64 length, guint32 crc)
{
  NerveBytes *self = nerve_bytes_new_plain (file, offset, length);

  self->deflated = TRUE;
  self->packed_length = packed_length;
  self->crc = crc;
  self->states = g_ptr_array_new_with_free_func ((GDestroyNotify) state_free);
  self->spacing = FIRST_SPACING;
  return self;
}

void
nerve_bytes_free (NerveBytes *self)
{
  g_clear_pointer (&self->states, g_ptr_array_unref);
  g_mutex_clear (&self->lock);
  g_free (self);
}

NerveFile *
nerve_bytes_get_file (NerveBytes *self)
{
  return self->file;
}

guint64
nerve_bytes_get_length (NerveBytes *self)
{
  return self->length;
}

gboolean
nerve_bytes_is_deflated (NerveBytes *self)
{
  return self->deflated;
}

static gboolean
set_damaged (GError **error, const char *cause)
{
  g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "damaged: %s", cause);
  return FALSE;
}

static State *
find_state (NerveBytes *self, guint64 place)
{
  State *found = NULL;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->states->len; i++)
    {
      State *state = self->states->pdata[i];

      if (state->place <= place)
        found = state;
    }
  if (found != NULL)
    found = state_copy (found);
  g_mutex_unlock (&self->lock);

  return found != NULL ? found : state_new ();
}

/* With the lock held: every second state goes when there are too many. */
static void
thin_out (NerveBytes *self)
{
  for (guint i = self->states->len; i-- > 0;)
    if (i % 2 == 0)
      g_ptr_array_remove_index (self->states, i);
  self->spacing *= 2;
}

static void
keep_state (NerveBytes *self, State *state)
{
  guint at = 0;
  guint64 before = 0;
  State *copy;

  g_mutex_lock (&self->lock);
  for (; at < self->states->len; at++)
    {
      State *other = self->states->pdata[at];

      if (other->place > state->place)
        break;
      before = other->place;
    }
  if (state->place - before >= self->spacing && (copy = state_copy (state)) != NULL)
    {
      g_ptr_array_insert (self->states, at, copy);
      if (self->states->len > MOST_STATES)
        thin_out (self);
    }
  g_mutex_unlock (&self->lock);
}

static gboolean
feed (NerveBytes *self, State *state, guint8 *piece, GError **error)
{
  gsize length = MIN (self->packed_length - state->packed_place, PACKED_PIECE);

  if (length == 0)
    return set_damaged (error, "the packed data ends too early");
  if (!nerve_file_read (self->file, self->offset + state->packed_place, piece, length, error))
    return FALSE;
  state->packed_place += length;
  state->stream.next_in = piece;
  state->stream.avail_in = length;
  return TRUE;
}

/* The next @length bytes. What was fed but not used is fed again next time: only whole states can be kept. */
static gboolean
unpack (NerveBytes *self, State *state, guint8 *out, gsize length, GError **error)
{
  g_autofree guint8 *piece = g_malloc (PACKED_PIECE);

  state->stream.next_out = out;
  state->stream.avail_out = length;
  while (state->stream.avail_out > 0)
    {
      int result;

      if (state->stream.avail_in == 0 && !feed (self, state, piece, error))
        return FALSE;
      result = inflate (&state->stream, Z_NO_FLUSH);
      if (result == Z_STREAM_END && state->stream.avail_out > 0)
        return set_damaged (error, "the packed data ends too early");
      if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
        return set_damaged (error, "the packed data can't be unpacked");
    }
  state->packed_place -= state->stream.avail_in;
  state->stream.avail_in = 0;
  state->place += length;
  state->crc = crc32 (state->crc, out, length);

  if (state->place == self->length && state->crc != self->crc)
    return set_damaged (error, "the check sum does not fit");
  return TRUE;
}

static gboolean
skip_to (NerveBytes *self, State *state, guint64 place, GError **error)
{
  g_autofree guint8 *scratch = NULL;

  while (state->place < place)
    {
      gsize length = MIN (place - state->place, 256 << 10);

      if (scratch == NULL)
        scratch = g_malloc (256 << 10);
      if (!unpack (self, state, scratch, length, error))
        return FALSE;
      keep_state (self, state);
    }
  return TRUE;
}

static gboolean
read_deflated (NerveBytes *self, guint64 offset, guint8 *out, gsize length, GError **error)
{
  g_autoptr (State) state = find_state (self, offset);

  if (state == NULL)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_MEMORY, "no memory left to unpack it");
      return FALSE;
    }
  if (!skip_to (self, state, offset, error))
    return FALSE;
  while (length > 0)
    {
      gsize part = MIN (length, FIRST_SPACING);

      if (!unpack (self, state, out, part, error))
        return FALSE;
      keep_state (self, state);
      out += part;
      length -= part;
    }
  return TRUE;
}

/* Whoever reads on from the beginning has every byte in the sum; a short way ahead is gone over. */
static gboolean
go_over (NerveBytes *self, guint64 place, GError **error)
{
  g_autofree guint8 *scratch = NULL;

  if (place > self->checked + LONGEST_GAP)
    return TRUE;
  scratch = g_malloc (PACKED_PIECE);
  while (self->checked < place)
    {
      gsize length = MIN (place - self->checked, PACKED_PIECE);

      if (!nerve_file_read (self->file, self->offset + self->checked, scratch, length, error))
        return FALSE;
      self->sum = crc32 (self->sum, scratch, length);
      self->checked += length;
    }
  return TRUE;
}

static gboolean
check_stored (NerveBytes *self, guint64 offset, const guint8 *bytes, gsize length, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (!go_over (self, offset, error))
    return FALSE;
  if (offset <= self->checked && offset + length > self->checked)
    {
      gsize known = self->checked - offset;

      self->sum = crc32_z (self->sum, bytes + known, length - known);
      self->checked = offset + length;
    }
  if (self->checked == self->length && self->sum != self->crc)
    return set_damaged (error, "the check sum does not fit");
  return TRUE;
}

gboolean
nerve_bytes_read (NerveBytes *self, guint64 offset, gpointer out, gsize length, GError **error)
{
  if (offset > self->length || length > self->length - offset)
    {
      g_set_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT,
                   "truncated: %" G_GSIZE_FORMAT " bytes are wanted at %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT,
                   length, offset, self->length);
      return FALSE;
    }
  if (self->deflated)
    return read_deflated (self, offset, out, length, error);
  if (!nerve_file_read (self->file, self->offset + offset, out, length, error))
    return FALSE;
  return !self->has_crc || check_stored (self, offset, out, length, error);
}
