/* What a description and a command have in common. */
#pragma once

#include "app/origin.h"

G_BEGIN_DECLS

typedef void (*NerveComparisonFunc) (const char *name, const char *value, gboolean is_default, GString *out);

/* Calls @func with all that the figure hangs on beside the layers' own parameters. */
void     nerve_origin_for_comparison (const NerveOrigin *self, NerveComparisonFunc func, GString *out);
/* NerveFigureFlags, of a board with its rows'. */
guint    nerve_origin_flags         (const NerveOrigin *self);
gboolean nerve_origin_is_of_layers  (const NerveOrigin *self);
gboolean nerve_origin_shows         (const NerveOrigin *self, guint layer);
/* Whether the figure depends on that group of a layer's parameters. */
gboolean nerve_origin_needs_group   (const NerveOrigin *self, const char *group);
gboolean nerve_origin_has_selection (const NerveFigureModel *model);
int      nerve_model_choice_of      (const NerveModelChoice *choice, const NerveFigureModel *model);

/* In as few digits as read back the same; (transfer full). */
char    *nerve_origin_number        (double value);
/* The threshold where none is given; (transfer full). */
char    *nerve_origin_default_eta   (void);
/* " --name value", quoted for a shell where need be; @value: NULL for a switch. */
void     nerve_origin_append_option (GString *out, const char *name, const char *value);
void     nerve_origin_append_page   (const NerveOriginPage *page, GString *out);

G_END_DECLS
