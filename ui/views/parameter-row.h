/* One parameter, made from its line in a table: a slider, a choice, a switch or an entry. */
#pragma once

#include <gtk/gtk.h>

#include "base/parameters.h"

G_BEGIN_DECLS

typedef enum
{
  NERVE_PARAMETER_ROW_PLAIN   = 0,
  NERVE_PARAMETER_ROW_BARE    = 1 << 0, /* a choice alone, without its name beside it */
  NERVE_PARAMETER_ROW_PERCENT = 1 << 1, /* 0.5 reads "50 %" */
} NerveParameterRowFlags;

/* Signals: "drag-begin", "moved" (double), "changed" (string: as nerve_parameters_set() reads it), "drag-end". */
#define NERVE_TYPE_PARAMETER_ROW (nerve_parameter_row_get_type ())
G_DECLARE_FINAL_TYPE (NerveParameterRow, nerve_parameter_row, NERVE, PARAMETER_ROW, GtkWidget)

/* @lower, @upper: where a slider goes; both 0: no slider */
GtkWidget            *nerve_parameter_row_new   (const NerveParameterTable *table, const NerveParameter *parameter,
                                                 guint flags, double lower, double upper);
const NerveParameter *nerve_parameter_row_get_parameter (NerveParameterRow *self);
const NerveParameterTable *
                      nerve_parameter_row_get_table (NerveParameterRow *self);
void                  nerve_parameter_row_set_range (NerveParameterRow *self, double lower, double upper);
/* @values: the table's struct; @resolved: the same with every "auto" filled in, or NULL. */
void                  nerve_parameter_row_update (NerveParameterRow *self, gconstpointer values,
                                                  gconstpointer resolved);
/* What a choice shows instead of the chosen label, from now on; NULL: that, from the next update on. */
void                  nerve_parameter_row_set_shown (NerveParameterRow *self, const char *shown);

G_END_DECLS
