/* A class or a superclass as a disc of its colour with its letters. */
#pragma once

#include <gtk/gtk.h>

#include "figures/palette.h"

G_BEGIN_DECLS

#define NERVE_TYPE_CLASS_MARK (nerve_class_mark_get_type ())
G_DECLARE_FINAL_TYPE (NerveClassMark, nerve_class_mark, NERVE, CLASS_MARK, GtkWidget)

/* @label: a class, or, if @group, a superclass */
GtkWidget *nerve_class_mark_new (NervePalette *palette, guint label, gboolean group);

G_END_DECLS
