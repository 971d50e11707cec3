/** Datasets that a person may speak of. The rest is made by machines or is a file: what a person says of it is a declaration. */
export const DECLARABLE: readonly string[] = [
  'accreditations',
  'activities',
  'certificates',
  'changes',
  'cost-and-usage',
  'declarations',
  'deployments',
  'funds',
  'incidents',
  'meetings',
  'opportunities',
  'probes',
  'surveys',
  'training',
  'usage-metrics',
]

/** Values that name a person: told apart by a pseudonym, and sealed. */
export const PERSONAL: readonly string[] = [
  ...[
    'person',
    'holder',
    'owner',
    'lead',
    'contact',
    'assignee',
    'attendee',
    'signedBy',
    'respondent',
    'email',
    'phone',
  ],
  ...['titular', 'responsable', 'contacto'],
]

/** Values that are free words, which may say anything of anybody: sealed, and not told at all. */
export const FREE_TEXT: readonly string[] = [
  ...[
    'note',
    'notes',
    'comment',
    'comments',
    'remark',
    'remarks',
    'description',
    'summary',
    'text',
    'name',
    'attendees',
  ],
  ...['nota', 'comentario', 'comentarios', 'descripcion', 'resumen', 'nombre'],
]
