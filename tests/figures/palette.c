#include <math.h>
#include <string.h>

#include "figures/color.h"
#include "figures/palette-private.h"

/* Over all pairs of classes. */
static double
least_difference (const NervePalette *palette, gboolean dark, int sight)
{
  guint n = nerve_palette_get_n_classes (palette);
  double least = 1000;

  for (guint i = 0; i < n; i++)
    for (guint k = i + 1; k < n; k++)
      {
        NerveColor a = nerve_color_as_seen (nerve_palette_get_class_color (palette, i, dark), sight);
        NerveColor b = nerve_color_as_seen (nerve_palette_get_class_color (palette, k, dark), sight);

        least = MIN (least, nerve_color_ciede2000 (a, b));
      }

  return least;
}

static NervePalette *
make_fashion (void)
{
  static const char * const classes[] = {
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
  };
  static const char * const groups[] = { "tops", "bottoms", "footwear", "bags" };
  static const guint group_of[] = { 0, 1, 0, 0, 0, 2, 0, 2, 3, 2 };

  return nerve_palette_new_from_tree (classes, 10, group_of, groups, 4);
}

static char **
make_names (guint n)
{
  char **names = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    names[i] = g_strdup_printf ("%c%c class %u", 'a' + i % 26, 'a' + i % 7, i);

  return names;
}

/* @sizes: classes of each group */
static NervePalette *
make_tree (const guint *sizes, guint n_groups)
{
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (guint));
  g_auto (GStrv) classes = NULL;
  g_auto (GStrv) group_names = make_names (n_groups);

  for (guint i = 0; i < n_groups; i++)
    for (guint k = 0; k < sizes[i]; k++)
      g_array_append_val (groups, i);
  classes = make_names (groups->len);

  return nerve_palette_new_from_tree ((const char * const *) classes, groups->len, (const guint *) groups->data,
                                      (const char * const *) group_names, n_groups);
}

static NervePalette *
make_loose (guint n)
{
  g_auto (GStrv) classes = make_names (n);

  return nerve_palette_new_from_tree ((const char * const *) classes, n, NULL, NULL, 0);
}

static void
test_fashion_has_the_designs_colours (void)
{
  static const guint32 light[] = {
    0x352679, 0x067d51, 0x4655a9, 0x5686d8, 0x71bafe, 0x974603, 0xc3e7fe, 0xd48b02, 0xc75083, 0xfddc5b,
  };
  static const guint32 dark[] = {
    0x483d92, 0x099864, 0x5769bf, 0x6596e9, 0x88c4fe, 0xb65400, 0xd0edff, 0xe49920, 0xd85f92, 0xffe47e,
  };
  static const guint32 superclasses[] = { 0x5686d8, 0x067d51, 0xd48b02, 0xc75083 };
  g_autoptr (NervePalette) palette = make_fashion ();

  for (guint i = 0; i < 10; i++)
    {
      g_assert_cmphex (nerve_color_to_rgb (nerve_palette_get_class_color (palette, i, FALSE)), ==, light[i]);
      g_assert_cmphex (nerve_color_to_rgb (nerve_palette_get_class_color (palette, i, TRUE)), ==, dark[i]);
    }
  for (guint i = 0; i < 4; i++)
    g_assert_cmphex (nerve_color_to_rgb (nerve_palette_get_group_color (palette, i, FALSE)), ==, superclasses[i]);
}

static void
test_fashion_stays_apart_in_every_sight (void)
{
  g_autoptr (NervePalette) palette = make_fashion ();

  for (int sight = -1; sight < 3; sight++)
    for (guint dark = 0; dark < 2; dark++)
      g_assert_cmpfloat (least_difference (palette, dark, sight), >=, 11);
}

static void
test_fashion_has_the_designs_codes (void)
{
  static const char * const codes[] = { "T", "Tr", "P", "D", "C", "Sa", "S", "Sn", "B", "An" };
  static const char * const groups[] = { "T", "B", "F", "Ba" };
  static const guint order[] = { 0, 2, 3, 4, 6, 1, 5, 7, 9, 8 };
  g_autoptr (NervePalette) palette = make_fashion ();

  for (guint i = 0; i < 10; i++)
    {
      g_assert_cmpstr (nerve_palette_get_class_code (palette, i), ==, codes[i]);
      g_assert_cmpuint (nerve_palette_get_order (palette)[i], ==, order[i]);
    }
  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (nerve_palette_get_group_code (palette, i), ==, groups[i]);
}

static void
test_classes_without_a_tree_stay_apart (void)
{
  for (guint n = 2; n <= 12; n++)
    {
      g_autoptr (NervePalette) palette = make_loose (n);

      g_assert_false (nerve_palette_needs_letters (palette, FALSE));
      for (int sight = -1; sight < 3; sight++)
        for (guint dark = 0; dark < 2; dark++)
          g_assert_cmpfloat (least_difference (palette, dark, sight), >=, 10);
    }
}

/* Every tree of up to ten classes in up to four superclasses of up to five. */
static void
test_classes_of_any_small_tree_stay_apart (void)
{
  guint sizes[4];
  double least[4] = { 1000, 1000, 1000, 1000 };

  for (sizes[0] = 1; sizes[0] <= 5; sizes[0]++)
    for (sizes[1] = 0; sizes[1] <= sizes[0]; sizes[1]++)
      for (sizes[2] = 0; sizes[2] <= sizes[1]; sizes[2]++)
        for (sizes[3] = 0; sizes[3] <= sizes[2]; sizes[3]++)
          {
            g_autoptr (NervePalette) palette = NULL;

            if (sizes[0] + sizes[1] + sizes[2] + sizes[3] > 10)
              continue;
            palette = make_tree (sizes, 4);
            for (int sight = -1; sight < 3; sight++)
              for (guint dark = 0; dark < 2; dark++)
                least[sight + 1] = MIN (least[sight + 1], least_difference (palette, dark, sight));
          }

  g_test_message ("least CIEDE2000: normal %.1f, protan %.1f, deutan %.1f, tritan %.1f", least[0], least[1], least[2],
                  least[3]);
  g_assert_cmpfloat (least[0], >=, 10);
  for (int sight = 1; sight < 4; sight++)
    g_assert_cmpfloat (least[sight], >=, 7);
}

/* Letters are wanted just where two classes may look alike to somebody. */
static void
test_letters_switch_on_by_themselves (void)
{
  const guint wide[] = { 9, 2 };
  g_autoptr (NervePalette) fashion = make_fashion ();
  g_autoptr (NervePalette) ten = make_loose (10);
  g_autoptr (NervePalette) twenty = make_loose (20);
  g_autoptr (NervePalette) tree = make_tree (wide, 2);
  g_autoptr (NervePalette) grey = nerve_palette_new_grey_of (fashion);

  g_assert_false (nerve_palette_needs_letters (fashion, FALSE));
  g_assert_false (nerve_palette_needs_letters (fashion, TRUE));
  g_assert_false (nerve_palette_needs_letters (ten, FALSE));
  g_assert_true (nerve_palette_needs_letters (twenty, FALSE));
  g_assert_true (nerve_palette_needs_letters (tree, FALSE));
  g_assert_true (nerve_palette_needs_letters (grey, FALSE));
  for (guint n = 2; n <= 30; n++)
    {
      g_autoptr (NervePalette) palette = make_loose (n);
      double least = 1000;

      for (int sight = -1; sight < 3; sight++)
        least = MIN (least, MIN (least_difference (palette, FALSE, sight), least_difference (palette, TRUE, sight)));
      g_assert_true (nerve_palette_needs_letters (palette, FALSE) == (least < 10));
    }
}

/* @sizes: of all groups that are left; each palette of 2 to 20 classes in up to four superclasses, and its grey. */
static void
check_letters (guint *sizes, guint n_groups, guint n, guint *n_checked)
{
  g_autoptr (NervePalette) palette = make_tree (sizes, n_groups);
  g_autoptr (NervePalette) grey = nerve_palette_new_grey_of (palette);
  double least = 1000;

  for (int sight = -1; sight < 3; sight++)
    for (guint dark = 0; dark < 2; dark++)
      least = MIN (least, least_difference (palette, dark, sight));
  g_assert_true (nerve_palette_needs_letters (palette, FALSE) == (least < 10));
  g_assert_true (nerve_palette_needs_letters (grey, FALSE) == (n > 1));
  (*n_checked)++;

  for (guint size = 1; n_groups < 4 && size <= sizes[n_groups - 1] && n + size <= 20; size++)
    {
      sizes[n_groups] = size;
      check_letters (sizes, n_groups + 1, n + size, n_checked);
    }
}

static void
test_letters_stand_wherever_colours_may_be_taken_for_others (void)
{
  guint sizes[4];
  guint n_checked = 0;

  for (sizes[0] = 1; sizes[0] <= 20; sizes[0]++)
    check_letters (sizes, 1, sizes[0], &n_checked);
  g_test_message ("%u palettes with a tree", n_checked);
  for (guint n = 2; n <= 20; n++)
    {
      g_autoptr (NervePalette) palette = make_loose (n);
      g_autoptr (NervePalette) grey = nerve_palette_new_grey_of (palette);

      g_assert_true (nerve_palette_needs_letters (grey, FALSE));
    }
}

static void
test_grey_is_grey (void)
{
  g_autoptr (NervePalette) fashion = make_fashion ();
  g_autoptr (NervePalette) grey = nerve_palette_new_grey_of (fashion);

  g_assert_cmpstr (nerve_palette_get_name (grey), ==, "grey");
  for (guint i = 0; i < 10; i++)
    {
      NerveColor color = nerve_palette_get_class_color (grey, i, FALSE);

      g_assert_cmpfloat_with_epsilon (color.red, color.green, 1e-6);
      g_assert_cmpfloat_with_epsilon (color.green, color.blue, 1e-6);
      g_assert_cmpstr (nerve_palette_get_class_code (grey, i), ==, nerve_palette_get_class_code (fashion, i));
    }
  g_assert_cmpfloat (least_difference (grey, FALSE, -1), >, 4);
}

static void
test_eight_superclasses_stay_apart (void)
{
  const guint sizes[] = { 1, 1, 1, 1, 1, 1, 1, 1 };
  g_autoptr (NervePalette) palette = make_tree (sizes, 8);

  for (guint dark = 0; dark < 2; dark++)
    g_assert_cmpfloat (least_difference (palette, dark, -1), >=, 10);
}

static void
test_a_thousand_codes_are_unique (void)
{
  guint sizes[50];
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (NervePalette) palette = NULL;

  for (guint i = 0; i < 50; i++)
    sizes[i] = 20;
  palette = make_tree (sizes, 50);
  for (guint i = 0; i < 1000; i++)
    {
      const char *code = nerve_palette_get_class_code (palette, i);

      g_assert_cmpuint (strlen (code), >=, 1);
      g_assert_true (g_hash_table_add (seen, (gpointer) code));
    }
}

static void
test_odd_names_have_codes (void)
{
  static const char * const names[] = { "0", "1", "10", "", "—", "Äpfel", "apfel", "日本", "x", "x", "\xff\xfe" };
  g_autoptr (NervePalette) palette = nerve_palette_new_from_tree (names, G_N_ELEMENTS (names), NULL, NULL, 0);

  g_assert_cmpstr (nerve_palette_get_class_code (palette, 0), ==, "0");
  g_assert_cmpstr (nerve_palette_get_class_code (palette, 2), ==, "10");
  g_assert_cmpstr (nerve_palette_get_class_code (palette, 5), ==, "Ä");
  g_assert_cmpstr (nerve_palette_get_class_code (palette, 7), ==, "日");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint k = i + 1; k < G_N_ELEMENTS (names); k++)
      g_assert_cmpstr (nerve_palette_get_class_code (palette, i), !=, nerve_palette_get_class_code (palette, k));
}

static void
test_no_labels_give_one_neutral_colour (void)
{
  g_autoptr (NervePalette) palette = make_loose (0);
  NerveColor color = nerve_palette_get_class_color (palette, 3, FALSE);

  g_assert_cmpfloat_with_epsilon (color.red, color.green, 1e-3);
  g_assert_cmpfloat_with_epsilon (color.green, color.blue, 1e-3);
  g_assert_cmpstr (nerve_palette_get_class_code (palette, 3), ==, "");
}

/* Values of an implementation in NumPy that gives Sharma's published test pairs. */
static void
test_ciede2000_is_the_published_one (void)
{
  static const struct { guint32 a, b; double difference; } pairs[] = {
    { 0x352679, 0x4655a9, 15.1086 }, { 0x067d51, 0x974603, 47.4252 }, { 0x71bafe, 0xc3e7fe, 14.7337 },
    { 0xffffff, 0x000000, 100.0000 }, { 0xc75083, 0xd48b02, 47.3447 }, { 0xff0000, 0x00ff00, 86.6082 },
    { 0x808080, 0x818181, .3778 }, { 0x123456, 0x123456, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      NerveColor a = nerve_color_from_rgb (pairs[i].a);
      NerveColor b = nerve_color_from_rgb (pairs[i].b);

      g_assert_cmpfloat_with_epsilon (nerve_color_ciede2000 (a, b), pairs[i].difference, 1e-3);
      g_assert_cmpfloat_with_epsilon (nerve_color_ciede2000 (b, a), pairs[i].difference, 1e-3);
    }
}

static void
test_letters_read_on_their_colour (void)
{
  g_autoptr (NervePalette) palette = make_fashion ();

  for (guint i = 0; i < 10; i++)
    for (guint dark = 0; dark < 2; dark++)
      {
        NerveColor color = nerve_palette_get_class_color (palette, i, dark);
        double a = nerve_color_luminance (color) + .05;
        double b = nerve_color_luminance (nerve_color_contrast (color)) + .05;

        g_assert_cmpfloat (MAX (a, b) / MIN (a, b), >=, 4.5);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/figures/palette/fashion-has-the-designs-colours", test_fashion_has_the_designs_colours);
  g_test_add_func ("/figures/palette/fashion-stays-apart-in-every-sight", test_fashion_stays_apart_in_every_sight);
  g_test_add_func ("/figures/palette/fashion-has-the-designs-codes", test_fashion_has_the_designs_codes);
  g_test_add_func ("/figures/palette/classes-without-a-tree-stay-apart", test_classes_without_a_tree_stay_apart);
  g_test_add_func ("/figures/palette/classes-of-any-small-tree-stay-apart", test_classes_of_any_small_tree_stay_apart);
  g_test_add_func ("/figures/palette/eight-superclasses-stay-apart", test_eight_superclasses_stay_apart);
  g_test_add_func ("/figures/palette/letters-switch-on-by-themselves", test_letters_switch_on_by_themselves);
  g_test_add_func ("/figures/palette/letters-stand-wherever-colours-may-be-taken-for-others",
                   test_letters_stand_wherever_colours_may_be_taken_for_others);
  g_test_add_func ("/figures/palette/grey-is-grey", test_grey_is_grey);
  g_test_add_func ("/figures/palette/a-thousand-codes-are-unique", test_a_thousand_codes_are_unique);
  g_test_add_func ("/figures/palette/odd-names-have-codes", test_odd_names_have_codes);
  g_test_add_func ("/figures/palette/no-labels-give-one-neutral-colour", test_no_labels_give_one_neutral_colour);
  g_test_add_func ("/figures/palette/ciede2000-is-the-published-one", test_ciede2000_is_the_published_one);
  g_test_add_func ("/figures/palette/letters-read-on-their-colour", test_letters_read_on_their_colour);

  return g_test_run ();
}
