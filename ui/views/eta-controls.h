/* The threshold η on a slider, and how Betti numbers over the layers are shown: what stands in a pane's title line.
 *
 * What a person does comes out as actions: "document.eta" (d) at once, "document.begin-drag", "document.end-drag";
 * "document.want-curves" as soon as the hand comes near; the menu has "document.decay-axis", "document.decay-by",
 * "document.decay-bands". */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NERVE_TYPE_ETA_CONTROLS (nerve_eta_controls_get_type ())
G_DECLARE_FINAL_TYPE (NerveEtaControls, nerve_eta_controls, NERVE, ETA_CONTROLS, GtkWidget)

/* @low, @high: where the slider goes from and to; equal: not known yet. */
void nerve_eta_controls_update   (NerveEtaControls *self, double low, double high, double eta);

G_END_DECLS
