/* The commands of nerve-cli: a table. A new command is a new file and a row in commands.c. */
#pragma once

#include "app/cli/options.h"
#include "base/output.h"
#include "base/progress.h"
#include "data/dataset.h"

G_BEGIN_DECLS

/* One run of one command. */
typedef struct _NerveInvocation NerveInvocation;

typedef struct
{
  const char *name;
  const char *files;       /* as the help shows them: "FILE" */
  guint       min_files;
  guint       max_files;
  const char *summary;     /* N_(), one sentence */
  gsize       size;        /* of the struct that holds the options' values; zeroed */
  void      (*declare) (gpointer values, NerveOptions *options);
  gboolean  (*run)     (gpointer values, NerveInvocation *invocation, GError **error);
  void      (*clear)   (gpointer values);
} NerveCommand;

extern const NerveCommand nerve_command_info;
extern const NerveCommand nerve_command_cloud;
extern const NerveCommand nerve_command_persistence;
extern const NerveCommand nerve_command_summary;
extern const NerveCommand nerve_command_confidence;
extern const NerveCommand nerve_command_compare;
extern const NerveCommand nerve_command_cubical;
extern const NerveCommand nerve_command_betti;
extern const NerveCommand nerve_command_decay;
extern const NerveCommand nerve_command_rank;
extern const NerveCommand nerve_command_invariance;
extern const NerveCommand nerve_command_mapper;
extern const NerveCommand nerve_command_noise;
extern const NerveCommand nerve_command_distances;
extern const NerveCommand nerve_command_sensitivity;
extern const NerveCommand nerve_command_specificity;
extern const NerveCommand nerve_command_hierarchy;
extern const NerveCommand nerve_command_parting;
extern const NerveCommand nerve_command_figure;
extern const NerveCommand nerve_command_report;

/* All of them, in the order of the help; ends with NULL. */
extern const NerveCommand * const nerve_commands[];

/* The files of the command line, NULL-terminated. */
char               **nerve_invocation_get_files    (NerveInvocation *self);
const char          *nerve_invocation_get_output   (NerveInvocation *self); /* of -o; NULL: standard output */
NerveOptions        *nerve_invocation_get_options  (NerveInvocation *self);
/* The bar on the terminal, and the answer to Ctrl-C. */
const NerveProgress *nerve_invocation_get_progress (NerveInvocation *self);

/* Errors are printed "nerve-cli: FILE: message": which file is at work. NULL: none. */
void                 nerve_invocation_blame        (NerveInvocation *self, const char *file);
/* A line on stderr that is no error: "nerve-cli: FILE: warning: …". */
void                 nerve_invocation_warn         (NerveInvocation *self, const char *format, ...)
                                                    G_GNUC_PRINTF (2, 3);

/* The same of what is no warning: how something was taken. */
void                 nerve_invocation_say          (NerveInvocation *self, const char *format, ...)
                                                    G_GNUC_PRINTF (2, 3);

/* Opens the only, or the @file-th, file and blames it from now on. */
NerveDataset        *nerve_invocation_open_dataset (NerveInvocation *self, guint file, GError **error);
/* Refuses to write over an input, or two results into one file. @path: NULL for -o. */
gboolean             nerve_invocation_check_output (NerveInvocation *self, const char *path, GError **error);
/* Opens -o, or @path if not NULL, to write to; blames it if that fails. */
NerveOutput         *nerve_invocation_open_output  (NerveInvocation *self, const char *path, GError **error);
/* Commits; blames @path (NULL: -o) if that fails. Takes @output. */
gboolean             nerve_invocation_commit       (NerveInvocation *self, NerveOutput *output, const char *path,
                                                    GError **error);

/* The layer called @name; without a name the only one there is. NERVE_ERROR_NOT_FOUND, PARAMETER (which one?) */
gboolean             nerve_invocation_find_layer   (NerveInvocation *self, NerveDataset *dataset, const char *name,
                                                    guint *layer, GError **error);

G_END_DECLS
