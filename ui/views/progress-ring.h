/* A thin ring that fills. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NERVE_TYPE_PROGRESS_RING (nerve_progress_ring_get_type ())
G_DECLARE_FINAL_TYPE (NerveProgressRing, nerve_progress_ring, NERVE, PROGRESS_RING, GtkWidget)

/* @size: in pixels */
GtkWidget *nerve_progress_ring_new          (int size);
void       nerve_progress_ring_set_fraction (NerveProgressRing *self, double fraction);

G_END_DECLS
