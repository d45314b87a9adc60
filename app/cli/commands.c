#include "config.h"

#include "app/cli/command.h"

const NerveCommand * const nerve_commands[] = {
  &nerve_command_info,
  &nerve_command_cloud,
  &nerve_command_persistence,
  &nerve_command_summary,
  &nerve_command_confidence,
  &nerve_command_compare,
  &nerve_command_cubical,
  &nerve_command_betti,
  &nerve_command_decay,
  &nerve_command_rank,
  &nerve_command_invariance,
  &nerve_command_mapper,
  &nerve_command_noise,
  &nerve_command_distances,
  &nerve_command_sensitivity,
  &nerve_command_specificity,
  &nerve_command_hierarchy,
  &nerve_command_parting,
  &nerve_command_figure,
  &nerve_command_report,
  NULL,
};
