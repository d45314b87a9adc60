#include "gui/window-walk.h"

#include <math.h>

/* Words are whole and stand out from what is behind them, and whatever is to be hit is large enough to be: in all that
 * the window can show at its smallest, light and dark. Contrast is that of pixels, for opacity is nowhere to be asked
 * for. Other runs: in German, and with ADW_DEBUG_HIGH_CONTRAST=1. */

#define LEAST_CONTRAST 4.5
#define LEAST_TARGET   24
#define ZOOM           2 /* thin letters are grey where pixels are large */

typedef struct
{
  cairo_surface_t *picture; /* of the root being looked at; NULL until it is needed */
  guint            n_words;
  guint            n_targets;
  GPtrArray       *cut;     /* GtkLabel: it seems so */
  GHashTable      *known;   /* char *: complaints, and words that were looked at: each once */
} Look;

static double
channel (guint value)
{
  static double light[256];

  if (light[255] == 0)
    for (guint i = 0; i < 256; i++)
      light[i] = i <= 10 ? i / 255. / 12.92 : pow ((i / 255. + .055) / 1.055, 2.4);

  return light[value];
}

static double
luminance (guint32 pixel)
{
  return .2126 * channel (pixel >> 16 & 255) + .7152 * channel (pixel >> 8 & 255) + .0722 * channel (pixel & 255);
}

/* WCAG 2.1. */
static double
contrast (guint32 a, guint32 b)
{
  double x = luminance (a);
  double y = luminance (b);

  return (MAX (x, y) + .05) / (MIN (x, y) + .05);
}

/* NULL: GTK has not drawn it yet. (transfer full) */
static GskRenderNode *
get_node (GtkWidget *root)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (root);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));

  return gtk_snapshot_free_to_node (snapshot);
}

static cairo_surface_t *
draw (GtkWidget *root)
{
  GskRenderNode *node = get_node (root);
  graphene_rect_t bounds;
  cairo_surface_t *picture;
  cairo_t *cr;

  for (guint i = 0; node == NULL && i < 100; i++)
    {
      window_fixture_wait (20);
      node = get_node (root);
    }
  if (node == NULL)
    g_error ("%s in %s in %s is not drawn; mapped: %d", G_OBJECT_TYPE_NAME (root),
             G_OBJECT_TYPE_NAME (gtk_widget_get_parent (root)),
             G_OBJECT_TYPE_NAME (gtk_widget_get_parent (gtk_widget_get_parent (root))), gtk_widget_get_mapped (root));
  g_assert_true (gtk_widget_compute_bounds (root, root, &bounds));
  picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, ceil (ZOOM * bounds.size.width),
                                        ceil (ZOOM * bounds.size.height));
  cr = cairo_create (picture);
  cairo_scale (cr, ZOOM, ZOOM);
  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);
  cairo_destroy (cr);
  cairo_surface_flush (picture);
  cairo_surface_set_device_offset (picture, -ZOOM * bounds.origin.x, -ZOOM * bounds.origin.y);

  return picture;
}

static int
compare_pixels (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

/* Of what is commonest within the box, which is what is behind, and what differs most from it, which are the letters'
 * stems. */
static double
contrast_within (cairo_surface_t *picture, int left, int top, int width, int height)
{
  const guint8 *data = cairo_image_surface_get_data (picture);
  double offset_x, offset_y;
  int stride = cairo_image_surface_get_stride (picture);
  g_autoptr (GArray) pixels = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 ground = 0;
  guint most = 0, run = 0;
  double best = 1;

  cairo_surface_get_device_offset (picture, &offset_x, &offset_y);
  left += offset_x;
  top += offset_y;
  for (int y = MAX (top, 0); y < MIN (top + height, cairo_image_surface_get_height (picture)); y++)
    for (int x = MAX (left, 0); x < MIN (left + width, cairo_image_surface_get_width (picture)); x++)
      {
        guint32 pixel = *(const guint32 *) (data + y * stride + 4 * x) & 0xffffff;

        g_array_append_val (pixels, pixel);
      }
  g_array_sort (pixels, compare_pixels);
  for (guint i = 0; i < pixels->len; i++)
    {
      guint32 pixel = g_array_index (pixels, guint32, i);

      run = i > 0 && pixel == g_array_index (pixels, guint32, i - 1) ? run + 1 : 1;
      ground = run > most ? pixel : ground;
      most = MAX (run, most);
    }
  for (guint i = 0; i < pixels->len; i++)
    best = MAX (best, contrast (g_array_index (pixels, guint32, i), ground));

  return best;
}

/* Where the letters of a label are, in @root. */
static gboolean
find_ink (GtkWidget *widget, GtkWidget *root, graphene_rect_t *box)
{
  PangoRectangle ink;
  int x, y;
  graphene_point_t corner;

  if (!GTK_IS_LABEL (widget))
    return gtk_widget_compute_bounds (widget, root, box);
  pango_layout_get_pixel_extents (gtk_label_get_layout (GTK_LABEL (widget)), &ink, NULL);
  gtk_label_get_layout_offsets (GTK_LABEL (widget), &x, &y);
  if (!gtk_widget_compute_point (widget, root, &GRAPHENE_POINT_INIT (x + ink.x, y + ink.y), &corner))
    return FALSE;
  graphene_rect_init (box, corner.x, corner.y, ink.width, ink.height);

  return ink.width > 0 && ink.height > 0;
}

static void
complain (Look *self, char *complaint)
{
  if (g_hash_table_add (self->known, complaint))
    {
      g_test_message ("%s", complaint);
      g_test_fail ();
    }
}

static void
look_at_words (Look *self, GtkWidget *widget, GtkWidget *root, const char *state)
{
  const char *text = GTK_IS_LABEL (widget) ? gtk_label_get_label (GTK_LABEL (widget))
                                           : gtk_editable_get_text (GTK_EDITABLE (widget));
  g_autofree char *known = g_strdup_printf ("%p %u %s", widget, gtk_widget_get_state_flags (widget), text);
  graphene_rect_t box;
  double reached;

  /* What cannot be used at the moment is dimmed to say so. */
  if (*text == '\0' || !gtk_widget_is_sensitive (widget) || !find_ink (widget, root, &box) ||
      !g_hash_table_add (self->known, g_steal_pointer (&known)))
    return;
  if (self->picture == NULL)
    self->picture = draw (root);
  reached = contrast_within (self->picture, floor (ZOOM * box.origin.x), floor (ZOOM * box.origin.y),
                             ceil (ZOOM * box.size.width), ceil (ZOOM * box.size.height));
  self->n_words += 1;
  if (reached < LEAST_CONTRAST)
    complain (self, g_strdup_printf ("%s: “%s” in %s has a contrast of %.2f", state, text,
                                     G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)), reached));
}

/* By what is around it, to the left or right, unless that can be scrolled. */
static gboolean
is_cut_off (GtkWidget *widget, GtkWidget *root)
{
  graphene_rect_t bounds;
  GtkPolicyType policy;

  for (GtkWidget *above = gtk_widget_get_parent (widget); above != NULL; above = gtk_widget_get_parent (above))
    {
      if (GTK_IS_SCROLLED_WINDOW (above))
        {
          gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (above), &policy, NULL);
          if (policy != GTK_POLICY_NEVER)
            return FALSE;
        }
      if (!gtk_widget_compute_bounds (widget, above, &bounds))
        return FALSE;
      if ((above == root || gtk_widget_get_overflow (above) == GTK_OVERFLOW_HIDDEN) &&
          (bounds.origin.x < -1 || bounds.origin.x + bounds.size.width > gtk_widget_get_width (above) + 1))
        return TRUE;
      if (above == root)
        break;
    }

  return FALSE;
}

static gboolean
is_cut (GtkWidget *widget, GtkWidget *root)
{
  return gtk_widget_get_mapped (widget) && *gtk_label_get_label (GTK_LABEL (widget)) != '\0' &&
         (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))) || is_cut_off (widget, root));
}

/* Not while there is a frame to come in which the shorter of two texts is taken. */
static void
look_at_cut (Look *self, GtkWidget *root, const char *state)
{
  if (self->cut->len > 0)
    window_fixture_wait (60);
  for (guint i = 0; i < self->cut->len; i++)
    {
      GtkWidget *widget = self->cut->pdata[i];

      if (is_cut (widget, root))
        complain (self, g_strdup_printf ("%s: “%s” is cut at %d px in %s", state,
                                         gtk_label_get_label (GTK_LABEL (widget)), gtk_widget_get_width (widget),
                                         G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget))));
    }
  g_ptr_array_set_size (self->cut, 0);
}

static gboolean
is_target (GtkWidget *widget)
{
  const char *name = G_OBJECT_TYPE_NAME (widget);

  if (GTK_IS_LIST_BOX_ROW (widget))
    return gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget));
  /* What a drop-down shows as chosen is part of it. */
  if (g_str_equal (name, "GtkListItemWidget"))
    return gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON) == NULL &&
           gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW) == NULL;

  return GTK_IS_BUTTON (widget) || GTK_IS_SWITCH (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_ENTRY (widget) ||
         GTK_IS_SPIN_BUTTON (widget) || GTK_IS_DROP_DOWN (widget) || GTK_IS_SCALE (widget) ||
         g_str_equal (name, "GtkModelButton");
}

static void
look_at_target (Look *self, GtkWidget *widget, const char *state)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (widget, widget, &bounds))
    return;
  self->n_targets += 1;
  if (bounds.size.width < LEAST_TARGET || bounds.size.height < LEAST_TARGET)
    complain (self, g_strdup_printf ("%s: a %s in %s in %s is only %g × %g px", state, G_OBJECT_TYPE_NAME (widget),
                                     G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)),
                                     G_OBJECT_TYPE_NAME (gtk_widget_get_parent (gtk_widget_get_parent (widget))),
                                     bounds.size.width, bounds.size.height));
}

static void
look_inside (Look *self, GtkWidget *widget, GtkWidget *root, const char *state)
{
  if (GTK_IS_LABEL (widget) && is_cut (widget, root))
    g_ptr_array_add (self->cut, g_object_ref (widget));
  if (window_walk_is_seen (widget, root))
    {
      if (GTK_IS_LABEL (widget) || GTK_IS_TEXT (widget))
        look_at_words (self, widget, root, state);
      if (is_target (widget))
        look_at_target (self, widget, state);
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_NATIVE (child))
      look_inside (self, child, root, state);
}

static void
look (GtkWidget *root, const char *state, gpointer data)
{
  Look *self = data;

  look_inside (self, root, root, state);
  look_at_cut (self, root, state);
  g_clear_pointer (&self->picture, cairo_surface_destroy);
}

static void
words_are_read_and_targets_hit (WindowFixture *f, gconstpointer data)
{
  Look self = {
    .cut = g_ptr_array_new_with_free_func (g_object_unref),
    .known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), GPOINTER_TO_INT (data));
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1024, 640);
  window_fixture_open (f, f->path);
  window_fixture_settle (f);
  window_walk (f, look, &self);
  g_test_message ("%u words and %u targets were looked at", self.n_words, self.n_targets);
  g_assert_cmpuint (self.n_words, >, 400);
  g_assert_cmpuint (self.n_targets, >, 400);
  g_hash_table_unref (self.known);
  g_ptr_array_unref (self.cut);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

int
main (int argc, char **argv)
{
  window_fixture_prepare (&argc, &argv);
  g_test_add ("/legibility/light", WindowFixture, GINT_TO_POINTER (ADW_COLOR_SCHEME_FORCE_LIGHT),
              window_fixture_set_up, words_are_read_and_targets_hit, window_fixture_tear_down);
  g_test_add ("/legibility/dark", WindowFixture, GINT_TO_POINTER (ADW_COLOR_SCHEME_FORCE_DARK),
              window_fixture_set_up, words_are_read_and_targets_hit, window_fixture_tear_down);

  return window_fixture_run ();
}
