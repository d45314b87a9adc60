/* A line that says less where there is less room: of several wordings, the longest that fits. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NERVE_TYPE_FITTING_LABEL (nerve_fitting_label_get_type ())
G_DECLARE_FINAL_TYPE (NerveFittingLabel, nerve_fitting_label, NERVE, FITTING_LABEL, GtkWidget)

GtkWidget  *nerve_fitting_label_new       (void);
/* 0: from where reading begins, 1: to where it ends. */
void        nerve_fitting_label_set_xalign (NerveFittingLabel *self, double xalign);
/* @texts: the longest first, NULL-terminated; the last one is cut off if not even that fits. */
void        nerve_fitting_label_set_texts (NerveFittingLabel *self, const char *const *texts);
/* The longest. */
const char *nerve_fitting_label_get_text  (NerveFittingLabel *self);
/* How wide the shortest one is. */
int         nerve_fitting_label_get_least (NerveFittingLabel *self);

G_END_DECLS
