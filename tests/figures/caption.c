#include "figures/mapper-words.h"

/* What stands under a graph is what made it: each row sets what differs from "kepler", "l2", DBSCAN. */
typedef struct
{
  const char *set; /* "name=value name=value" */
  const char *cover;
  const char *cut;
} Words;

static const Words rows[] = {
  { "", "l2 lens, 12 intervals, overlap 0.5", "ε = 1.50" },
  { "lens=knn lens-number=7", "knn:7 lens, 12 intervals, overlap 0.5", "ε = 1.50" },
  { "lens=dtm", "dtm:15 lens, 12 intervals, overlap 0.5", "ε = 1.50" },
  { "second-lens=pca1", "l2 × pca1 lens, 12 intervals, overlap 0.5", "ε = 1.50" },
  { "cover=balanced", "l2 lens, 12 intervals, overlap 0.5, balanced cover", "ε = 1.50" },
  { "cover=adaptive", "l2 lens, adaptive cover", "ε = 1.50" },
  { "cover=ball clusterer=single-linkage cut=first-gap", "ball cover", "ε = 1.50" },
  { "clusterer=single-linkage", "l2 lens, 12 intervals, overlap 0.5", "single linkage, ε = 1.50" },
  { "clusterer=single-linkage cut=first-gap gap=0.25", "l2 lens, 12 intervals, overlap 0.5",
    "single linkage up to a gap of 0.25" },
  { "clusterer=single-linkage cut=histogram-gap bins=8", "l2 lens, 12 intervals, overlap 0.5",
    "single linkage up to the first of 8 bins that is empty" },
};

static void
set (NerveMapperParameters *parameters, const char *list)
{
  g_auto (GStrv) settings = g_strsplit (list, " ", -1);

  for (guint i = 0; settings[i] != NULL && *settings[i] != '\0'; i++)
    {
      g_auto (GStrv) halves = g_strsplit (settings[i], "=", 2);
      g_autoptr (GError) error = NULL;

      nerve_parameters_set (&nerve_mapper_table, parameters, halves[0], halves[1], &error);
      g_assert_no_error (error);
    }
}

static void
a_graph_is_told_by_what_made_it (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      NerveMapperParameters parameters;
      g_autofree char *cover = NULL;
      g_autofree char *cut = NULL;

      nerve_parameters_init (&nerve_mapper_table, &parameters);
      set (&parameters, "intervals=12 overlap=0.5 eps=1.5");
      set (&parameters, rows[i].set);
      cover = nerve_caption_cover (&parameters);
      cut = nerve_caption_cut (&parameters);

      g_assert_cmpstr (cover, ==, rows[i].cover);
      g_assert_cmpstr (cut, ==, rows[i].cut);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/caption/mapper", a_graph_is_told_by_what_made_it);

  return g_test_run ();
}
