#include "config.h"

#include "app/drag-out.h"

#include "app/figure-content.h"
#include "views/board-drag.h"

#define ICON_SHARE .4 /* of the pane's size */

typedef struct
{
  NerveDocumentView *view; /* whose board has the drag source */
  GtkWidget         *pane; /* that is being dragged */
} DragOut;

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, DragOut *self)
{
  NerveDocument *host = nerve_document_view_get_document (self->view);
  NerveDocument *document = host;
  NerveBoard *board = nerve_document_view_get_board (self->view);
  NerveBoardLine line;
  NerveFigureView *pane = document != NULL ? nerve_board_pick_line (board, x, y, &line) : NULL;
  const NerveExportPage page = { .width = "icml-1" };
  GdkContentProvider *parts[2];
  NerveExportChoice choice;
  NerveExportJob *job;
  g_autofree char *name = NULL;

  if (pane == NULL)
    return NULL;
  /* Of another network it is that one's to give. */
  document = nerve_document_view_find_document (self->view, GTK_WIDGET (pane));
  choice = (NerveExportChoice) { nerve_figure_view_get_kind (pane), nerve_figure_view_get_layer (pane) };
  self->pane = GTK_WIDGET (pane);
  /* Within the board a title moves its column, a line its row. */
  parts[0] = nerve_board_drag_new_content (line.is_title ? NERVE_BOARD_DRAG_COLUMN : NERVE_BOARD_DRAG_ROW,
                                           line.is_title ? line.column : line.row,
                                           nerve_document_get_model (line.is_title ? document : host));
  job = nerve_export_job_new (document, &choice, &page, NULL);
  if (job == NULL)
    return parts[0];
  name = g_strdup_printf ("%s-%s", choice.figure->name,
                          nerve_dataset_get_layer (nerve_document_get_dataset (document), choice.layer)->name);
  parts[1] = nerve_figure_content_new (job, name);

  return gdk_content_provider_new_union (parts, G_N_ELEMENTS (parts));
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, DragOut *self)
{
  nerve_board_drag_begin (source, drag, self->pane, ICON_SHARE);
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
