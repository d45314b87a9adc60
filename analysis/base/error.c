#include "base/error.h"

/* G_DEFINE_QUARK() would set its number without a lock. */
GQuark
nerve_error_quark (void)
{
  static gsize quark;

  if (g_once_init_enter (&quark))
    g_once_init_leave (&quark, g_quark_from_static_string ("nerve-error-quark"));

  return (GQuark) quark;
}
