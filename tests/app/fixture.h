/* Small files for tests, written anew in a temporary folder. */
#pragma once

#include <glib.h>

/* A v1 activation file: 60 images of 4 classes in 2 superclasses; layers input, conv1, block1, block2, pool, logits. */
char *fixture_network (void);
/* The same without one of its datasets: "labels", "predictions". */
char *fixture_network_without (const char *dataset);
/* A cloud of @n × @d normal numbers as float32 .npy. */
char *fixture_cloud   (gsize n, gsize d);
/* Removes the file, its folder, and frees @path. */
void  fixture_free    (char *path);
