#include "cloud/cloud.h"

#include <glib/gi18n-lib.h>

#include "cloud/sampling.h"

static const NerveChoice subsample_choices[] = {
  { "random", N_("Random") },
  { "maxmin", N_("Farthest point") },
  { NULL, NULL },
};

static const NerveChoice scale_choices[] = {
  { "none", N_("None") },
  { "median", N_("Median distance") },
  { "q90", N_("0.9-quantile of distances") },
  { NULL, NULL },
};

static const NerveChoice compat_choices[] = {
  { "none", N_("Corrected") },
  { "paper", N_("As published") },
  { NULL, NULL },
};

static const NerveParameter parameters[] = {
  {
    .name = "sampling", .label = N_("Sampling"),
    .help = N_("How a tensor becomes points; vectors are taken as they are"),
    .type = NERVE_PARAMETER_CHOICE, .offset = G_STRUCT_OFFSET (NerveCloudParameters, sampling),
    .initial = NERVE_SAMPLING_DEFAULT, .automatic = "auto", .choices = nerve_sampling_choices,
  },
  {
    .name = "positions", .label = N_("Positions"), .unit = N_("per image"),
    .help = N_("Points of an image under top-norm, foreground and background"),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (NerveCloudParameters, positions),
    .initial = 1, .lower = 1, .upper = 1000000,
  },
  {
    .name = "relu", .label = N_("ReLU"),
    .help = N_("Negative values become 0 before sampling"),
    .type = NERVE_PARAMETER_BOOL, .offset = G_STRUCT_OFFSET (NerveCloudParameters, relu),
    .upper = 1,
  },
  {
    .name = "max-points", .label = N_("Max. points"), .unit = N_("points"),
    .help = N_("Larger clouds are sampled, and the badge says so; 0 for no limit"),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (NerveCloudParameters, max_points),
    .initial = 0, .lower = 0, .upper = G_MAXINT,
  },
  {
    .name = "subsample", .label = N_("Subsample"),
    .help = N_("How the points of a large cloud are chosen"),
    .type = NERVE_PARAMETER_CHOICE, .offset = G_STRUCT_OFFSET (NerveCloudParameters, subsample),
    .initial = NERVE_SUBSAMPLE_RANDOM, .choices = subsample_choices,
  },
  {
    .name = "seed", .label = N_("Seed"),
    .help = N_("Every random draw follows from it"),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (NerveCloudParameters, seed),
    .initial = 0, .lower = 0, .upper = G_MAXINT,
  },
  {
    .name = "metric", .label = N_("Metric"),
    .help = N_("What the distance between two points is"),
    .type = NERVE_PARAMETER_CHOICE, .offset = G_STRUCT_OFFSET (NerveCloudParameters, metric),
    .initial = NERVE_METRIC_EUCLIDEAN, .choices = nerve_metric_choices,
  },
  {
    .name = "neighbors", .label = N_("Neighbors"),
    .help = N_("Nearest neighbors that the geodesic metric joins"),
    .type = NERVE_PARAMETER_INT, .offset = G_STRUCT_OFFSET (NerveCloudParameters, neighbors),
    .initial = 14, .lower = 1, .upper = 1000000,
  },
  {
    .name = "scale", .label = N_("Unit"),
    .help = N_("What all distances are divided by"),
    .type = NERVE_PARAMETER_CHOICE, .offset = G_STRUCT_OFFSET (NerveCloudParameters, scale),
    .initial = NERVE_SCALE_NONE, .choices = scale_choices,
  },
  {
    .name = "classes", .label = N_("Classes"),
    .help = N_("Only images of these classes: names or numbers, with commas between them"),
    .type = NERVE_PARAMETER_STRING, .offset = G_STRUCT_OFFSET (NerveCloudParameters, classes),
  },
  {
    .name = "compat", .label = N_("Formulas"),
    .help = N_("As published, flaws included, to repeat a paper's results"),
    .type = NERVE_PARAMETER_CHOICE, .offset = G_STRUCT_OFFSET (NerveCloudParameters, paper),
    .initial = FALSE, .choices = compat_choices,
  },
};

const NerveParameterTable nerve_cloud_table = {
  .name = "cloud", .size = sizeof (NerveCloudParameters),
  .parameters = parameters, .n = G_N_ELEMENTS (parameters),
};
