#include "data/blocks.h"

#include "base/error.h"
#include "base/parallel.h"
#include "data/golden.h"

#define N 100
#define LENGTH 6

/* An array that makes its numbers up and counts how often it is asked. */
typedef struct
{
  NerveArray parent;
  int        n_reads;
  gboolean   broken;
} Fake;

static gboolean
fake_read (NerveArray *array, gsize first, gsize count, guint8 *out, GError **error)
{
  Fake *self = (Fake *) array;
  double *values = (double *) (gpointer) out;

  g_atomic_int_inc (&self->n_reads);
  g_usleep (200);
  if (self->broken)
    {
      g_set_error_literal (error, NERVE_ERROR, NERVE_ERROR_FORMAT, "broken");
      return FALSE;
    }
  for (gsize i = 0; i < count * LENGTH; i++)
    values[i] = first * LENGTH + i;
  return TRUE;
}

static void
fake_free (NerveArray *array)
{
}

static const NerveArrayClass fake_class = { fake_read, fake_free };

static NerveFile *
open_any_file (void)
{
  g_autofree char *path = golden_path ("cloud.npy");
  g_autoptr (GError) error = NULL;
  NerveFile *file = nerve_file_open (path, &error);

  g_assert_no_error (error);
  return file;
}

static void
fake_init (Fake *self, NerveFile *file, gsize block_rows)
{
  const guint64 extents[] = { N, 2, 3 };
  g_autoptr (GError) error = NULL;

  nerve_array_init (&self->parent, &fake_class, file, (NerveScalar) { NERVE_SCALAR_FLOAT, 8, FALSE }, 3, extents,
                    &error);
  g_assert_no_error (error);
  nerve_array_set_grain (&self->parent, block_rows, 1);
}

static void
check_rows (Fake *fake, gsize first, gsize count)
{
  double rows[N * LENGTH];
  g_autoptr (GError) error = NULL;

  nerve_blocks_read (&fake->parent, first, count, rows, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < count * LENGTH; i++)
    g_assert_cmpfloat (rows[i], ==, first * LENGTH + i);
}

static void
any_rows_come_out_of_whole_blocks (void)
{
  g_autoptr (NerveFile) file = open_any_file ();
  Fake fake = { 0 };

  fake_init (&fake, file, 7);
  for (gsize first = 0; first < N; first += 13)
    for (gsize count = 0; first + count <= N; count += 9)
      check_rows (&fake, first, count);
  g_assert_cmpint (fake.n_reads, ==, (N + 6) / 7);
  nerve_blocks_forget (&fake.parent);
}

static void
the_least_recently_used_blocks_go_first (void)
{
  g_autoptr (NerveFile) file = open_any_file ();
  const gsize block = 10 * LENGTH * sizeof (double);
  Fake fake = { 0 };

  fake_init (&fake, file, 10);
  nerve_blocks_set_limit (3 * block);
  check_rows (&fake, 0, 30);
  check_rows (&fake, 0, 1);
  check_rows (&fake, 30, 1);
  g_assert_cmpuint (nerve_blocks_get_used (), ==, 3 * block);
  g_assert_cmpint (fake.n_reads, ==, 4);
  check_rows (&fake, 0, 1);
  g_assert_cmpint (fake.n_reads, ==, 4);
  check_rows (&fake, 10, 1);
  g_assert_cmpint (fake.n_reads, ==, 5);

  nerve_blocks_forget (&fake.parent);
  g_assert_cmpuint (nerve_blocks_get_used (), ==, 0);
  nerve_blocks_set_limit (256 << 20);
}

static void
the_latest_block_stays_whatever_the_limit (void)
{
  g_autoptr (NerveFile) file = open_any_file ();
  Fake fake = { 0 };

  fake_init (&fake, file, 10);
  nerve_blocks_set_limit (0);
  check_rows (&fake, 0, 10);
  check_rows (&fake, 3, 2);
  g_assert_cmpint (fake.n_reads, ==, 1);
  nerve_blocks_forget (&fake.parent);
  nerve_blocks_set_limit (256 << 20);
}

static gboolean
read_everything (gsize begin, gsize end, guint worker, gpointer user_data)
{
  check_rows (user_data, 0, N);
  return TRUE;
}

static void
threads_that_want_one_block_wait_for_one_reader (void)
{
  g_autoptr (NerveFile) file = open_any_file ();
  Fake fake = { 0 };

  fake_init (&fake, file, 10);
  nerve_parallel_set_threads (8);
  g_assert_true (nerve_parallel_for (64, 1, read_everything, &fake, NULL));
  nerve_parallel_set_threads (0);
  g_assert_cmpint (fake.n_reads, ==, 10);
  nerve_blocks_forget (&fake.parent);
}

static void
a_block_that_failed_is_tried_again (void)
{
  g_autoptr (NerveFile) file = open_any_file ();
  g_autoptr (GError) error = NULL;
  Fake fake = { .broken = TRUE };
  double row[LENGTH];

  fake_init (&fake, file, 10);
  g_assert_false (nerve_blocks_read (&fake.parent, 5, 1, row, &error));
  g_assert_error (error, NERVE_ERROR, NERVE_ERROR_FORMAT);
  g_assert_cmpuint (nerve_blocks_get_used (), ==, 0);
  fake.broken = FALSE;
  check_rows (&fake, 5, 1);
  nerve_blocks_forget (&fake.parent);
}

static void
channels_are_put_first (void)
{
  g_autoptr (NerveFile) file = open_any_file ();
  g_autoptr (GError) error = NULL;
  Fake fake = { 0 };
  double row[LENGTH];

  fake_init (&fake, file, 10);
  fake.parent.channels_last = 3;
  nerve_blocks_read (&fake.parent, 1, 1, row, &error);
  g_assert_no_error (error);
  for (guint c = 0; c < 3; c++)
    for (guint place = 0; place < 2; place++)
      g_assert_cmpfloat (row[c * 2 + place], ==, LENGTH + place * 3 + c);
  nerve_blocks_forget (&fake.parent);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data/blocks/any rows come out of whole blocks", any_rows_come_out_of_whole_blocks);
  g_test_add_func ("/data/blocks/the least recently used blocks go first", the_least_recently_used_blocks_go_first);
  g_test_add_func ("/data/blocks/the latest block stays whatever the limit",
                   the_latest_block_stays_whatever_the_limit);
  g_test_add_func ("/data/blocks/threads that want one block wait for one reader",
                   threads_that_want_one_block_wait_for_one_reader);
  g_test_add_func ("/data/blocks/a block that failed is tried again", a_block_that_failed_is_tried_again);
  g_test_add_func ("/data/blocks/channels are put first", channels_are_put_first);
  return g_test_run ();
}
