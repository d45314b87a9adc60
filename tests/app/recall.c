/* What comes from an earlier run is what is computed, byte for byte. */
#include "app/jobs.h"

#include <glib/gstdio.h>

#include "app/fixture.h"
#include "app/paths.h"

#define LIMIT ((gsize) 64 << 20)

typedef struct
{
  char                *path;
  char                *folder;
  NerveDataset        *dataset;
  NerveDiskCache      *disk;
  NerveLayerParameters parameters;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->path = fixture_network ();
  f->folder = g_dir_make_tmp ("nerve-recall-XXXXXX", NULL);
  f->dataset = nerve_dataset_open (f->path, &error);
  g_assert_no_error (error);
  f->disk = nerve_disk_cache_new (f->folder, LIMIT);
  nerve_layer_parameters_init_window (&f->parameters, nerve_dataset_get_layer (f->dataset, 1));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  nerve_disk_cache_clear (f->disk);
  nerve_disk_cache_unref (f->disk);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  nerve_layer_parameters_clear (&f->parameters);
  nerve_dataset_unref (f->dataset);
  fixture_free (f->path);
}

static GByteArray *
pack (NerveResultKind kind, gpointer result)
{
  GByteArray *bytes = g_byte_array_new ();

  nerve_result_type (kind)->pack (result, bytes);

  return bytes;
}

static gpointer
compute (Fixture *f, NerveResultKind kind)
{
  g_autoptr (GError) error = NULL;
  gpointer result = nerve_result_type (kind)->compute (f->dataset, 1, &f->parameters, NULL, &error);

  g_assert_no_error (error);

  return result;
}

static gpointer
unpack (Fixture *f, NerveResultKind kind, const GByteArray *bytes, gsize size)
{
  NerveUnpack in = { bytes->data, size, FALSE };

  return nerve_result_type (kind)->unpack (f->dataset, 1, &f->parameters, &in, NULL);
}

static void
check_graphs (const NerveGraph *one, const NerveGraph *other)
{
  g_assert_cmpuint (nerve_mapper_get_n_components (one->mapper), ==, nerve_mapper_get_n_components (other->mapper));
  for (guint i = 0; i < nerve_mapper_get_n_nodes (one->mapper); i++)
    {
      g_assert_cmpuint (nerve_mapper_get_component (one->mapper, i), ==, nerve_mapper_get_component (other->mapper, i));
      for (guint level = 0; level < 2; level++)
        g_assert_cmpmem (nerve_purity_get_counts (one->purity[level], i),
                         nerve_purity_get_n_classes (one->purity[level]) * sizeof (guint32),
                         nerve_purity_get_counts (other->purity[level], i),
                         nerve_purity_get_n_classes (other->purity[level]) * sizeof (guint32));
    }
  for (gsize i = 0; i < nerve_cloud_get_n (nerve_mapper_get_cloud (one->mapper)); i++)
    {
      gsize n, of_other;
      const guint32 *nodes = nerve_mapper_get_point_nodes (one->mapper, i, &n);
      const guint32 *others = nerve_mapper_get_point_nodes (other->mapper, i, &of_other);

      g_assert_cmpmem (nodes, n * sizeof *nodes, others, of_other * sizeof *nodes);
    }
}

static void
a_result_comes_back_as_it_was (Fixture *f, gconstpointer data)
{
  g_assert_true (nerve_layer_parameters_set (&f->parameters, "diagram", "bands", "true", NULL));
  g_assert_true (nerve_layer_parameters_set (&f->parameters, "bootstrap", "draws", "3", NULL));

  for (guint kind = 0; kind < NERVE_N_RESULTS && nerve_result_type (kind)->pack != NULL; kind++)
    {
      const NerveResultType *type = nerve_result_type (kind);
      gpointer once = compute (f, kind);
      gpointer again = compute (f, kind);
      g_autoptr (GByteArray) bytes = pack (kind, once);
      g_autoptr (GByteArray) same = pack (kind, again);
      g_autoptr (GByteArray) back = NULL;
      gpointer found = unpack (f, kind, bytes, bytes->len);

      g_test_message ("%s: %u bytes", type->name, bytes->len);
      g_assert_nonnull (found);
      back = pack (kind, found);
      g_assert_cmpmem (bytes->data, bytes->len, same->data, same->len);
      g_assert_cmpmem (bytes->data, bytes->len, back->data, back->len);
      g_assert_cmpuint (type->size (once), ==, type->size (found));
      if (kind == NERVE_RESULT_GRAPH)
        check_graphs (once, found);
      type->unref (once);
      type->unref (again);
      type->unref (found);
    }
}

static void
half_a_result_is_none (Fixture *f, gconstpointer data)
{
  for (guint kind = 0; kind < NERVE_N_RESULTS && nerve_result_type (kind)->pack != NULL; kind++)
    {
      gpointer result = compute (f, kind);
      g_autoptr (GByteArray) bytes = pack (kind, result);

      for (gsize size = 0; size < bytes->len; size += 1 + bytes->len / 60)
        g_assert_null (unpack (f, kind, bytes, size));
      nerve_result_type (kind)->unref (result);
    }
}

/* What another run of the program gets. */
static GByteArray *
run (Fixture *f, NerveResultKind kind)
{
  g_autoptr (NerveJobs) jobs = nerve_jobs_new ();
  g_autoptr (NerveDiskCache) disk = nerve_disk_cache_new (f->folder, LIMIT);
  NerveJob *job;
  GByteArray *bytes;

  nerve_jobs_set_disk_cache (jobs, disk);
  job = nerve_jobs_request (jobs, kind, f->dataset, 1, &f->parameters, NERVE_JOB_INTERACTIVE);
  while (nerve_job_get_state (job) <= NERVE_JOB_RUNNING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (nerve_job_get_state (job), ==, NERVE_JOB_DONE);
  bytes = pack (kind, nerve_job_get_result (job));
  nerve_jobs_release (jobs, job);
  /* It may be being kept still. */
  for (g_autofree char *key = nerve_result_key (kind, f->dataset, 1, &f->parameters);;)
    {
      g_autoptr (GBytes) kept = nerve_disk_cache_look_up (f->disk, key);

      if (kept != NULL)
        break;
      g_usleep (1000);
    }

  return bytes;
}

static void
the_next_run_finds_it_and_computes_what_is_no_result (Fixture *f, gconstpointer data)
{
  g_autofree char *key = nerve_result_key (NERVE_RESULT_BETTI, f->dataset, 1, &f->parameters);
  g_autoptr (GByteArray) first = run (f, NERVE_RESULT_BETTI);
  g_autoptr (GByteArray) forged = NULL;
  g_autoptr (GByteArray) second = NULL;
  g_autoptr (GByteArray) third = NULL;
  NerveBettiLayer *other = nerve_result_type (NERVE_RESULT_BETTI)->compute (f->dataset, 2, &f->parameters, NULL, NULL);

  /* Something else under its key shows where the second run looks. */
  forged = pack (NERVE_RESULT_BETTI, other);
  g_assert_cmpmem (forged->data, 8, first->data, 8);
  nerve_disk_cache_keep (f->disk, key, forged->data, forged->len);
  second = run (f, NERVE_RESULT_BETTI);
  g_assert_cmpmem (second->data, second->len, forged->data, forged->len);

  nerve_disk_cache_keep (f->disk, key, "no result", 9);
  third = run (f, NERVE_RESULT_BETTI);
  g_assert_cmpmem (third->data, third->len, first->data, first->len);
  nerve_betti_layer_unref (other);
}

#define ADD(test) g_test_add ("/recall/" #test, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *helper = g_build_filename (g_getenv ("NERVE_TEST_PROGRAMS"), "nerve-layout", NULL);

  g_test_init (&argc, &argv, NULL);
  g_setenv ("NERVE_LAYOUT_HELPER", helper, TRUE);
  nerve_paths_init (argv[0]);
  ADD (a_result_comes_back_as_it_was);
  ADD (half_a_result_is_none);
  ADD (the_next_run_finds_it_and_computes_what_is_no_result);

  return g_test_run ();
}
