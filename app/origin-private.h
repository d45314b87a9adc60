/* What a description and a command have in common. */
#pragma once

#include "app/origin.h"

G_BEGIN_DECLS

/* Parameters beside the layers' own, and the figures that hang on them. */
typedef struct
{
  guint                      flags;  /* NerveFigureFlags */
  const NerveParameterTable *table;
  gsize                      offset; /* in NerveComparisonParameters */
} NerveComparisonGroup;

const NerveComparisonGroup *nerve_comparison_groups (guint *n);

gboolean nerve_origin_is_of_layers  (const NerveOrigin *self);
gboolean nerve_origin_shows         (const NerveOrigin *self, guint layer);
/* Whether the figure depends on that group of a layer's parameters. */
gboolean nerve_origin_needs_group   (const NerveOrigin *self, const char *group);
gboolean nerve_origin_has_selection (const NerveFigureModel *model);
int      nerve_model_choice_of      (const NerveModelChoice *choice, const NerveFigureModel *model);

/* In as few digits as read back the same; (transfer full). */
char    *nerve_origin_number        (double value);
/* " --name value", quoted for a shell where need be; @value: NULL for a switch. */
void     nerve_origin_append_option (GString *out, const char *name, const char *value);
void     nerve_origin_append_page   (const NerveOriginPage *page, GString *out);

G_END_DECLS
