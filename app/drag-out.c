#include "config.h"

#include "app/drag-out.h"

#include "app/figure-content.h"
#include "views/view-style.h"

#define ICON_SHARE .4 /* of the pane's size */

typedef struct
{
  NerveDocumentView *view; /* whose board has the drag source */
  GtkWidget         *pane; /* that is being dragged */
} DragOut;

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, DragOut *self)
{
  NerveDocument *document = nerve_document_view_get_document (self->view);
  NerveFigureView *pane = document != NULL ? nerve_board_pick_line (nerve_document_view_get_board (self->view), x, y)
                                           : NULL;
  const NerveExportPage page = { .width = "icml-1" };
  NerveExportChoice choice;
  NerveExportJob *job;
  g_autofree char *name = NULL;

  if (pane == NULL)
    return NULL;
  choice = (NerveExportChoice) { nerve_figure_view_get_kind (pane), nerve_figure_view_get_layer (pane) };
  job = nerve_export_job_new (document, &choice, &page, NULL);
  if (job == NULL)
    return NULL;
  self->pane = GTK_WIDGET (pane);
  name = g_strdup_printf ("%s-%s", choice.figure->name,
                          nerve_dataset_get_layer (nerve_document_get_dataset (document), choice.layer)->name);

  return nerve_figure_content_new (job, name);
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, DragOut *self)
{
  g_autoptr (GdkPaintable) whole = gtk_widget_paintable_new (self->pane);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GdkPaintable) icon = NULL;
  double width = ICON_SHARE * gtk_widget_get_width (self->pane);
  double height = ICON_SHARE * gtk_widget_get_height (self->pane);
  g_auto (NerveStyle) style = { 0 };

  nerve_view_style_init (&style);
  gtk_snapshot_append_color (snapshot, &(GdkRGBA) { style.card.red, style.card.green, style.card.blue, 1 },
                             &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_paintable_snapshot (whole, snapshot, width, height);
  icon = gtk_snapshot_free_to_paintable (snapshot, NULL);
  gtk_drag_source_set_icon (source, icon, 0, 0);
}

static void
drag_out_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

void
nerve_drag_out_attach (NerveDocumentView *view)
{
  GtkDragSource *source = gtk_drag_source_new ();
  DragOut *self = g_new0 (DragOut, 1);

  self->view = view;
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect_data (source, "prepare", G_CALLBACK (on_prepare), self, drag_out_free, 0);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), self);
  gtk_widget_add_controller (GTK_WIDGET (nerve_document_view_get_board (view)), GTK_EVENT_CONTROLLER (source));
}
