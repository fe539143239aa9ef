/** What the main organization's sources are called. */
export const sourceNames = [
  ['Stripe payments', 'streamable_http', 'https://mcp.stripe.example/v1', ['payments', 'finance']],
  ['Helpdesk — Zürich', 'sse', 'https://helpdesk.example/sse?region=eu&tier=2', ['support']],
  ['Warehouse CLI', 'stdio_hosted', null, ['inventory', 'operations']],
  ['CRM „Kontakte“ 客户', 'streamable_http', 'https://crm.example:8443/mcp', ['sales', 'support']],
] as const;

/** What workflows are called, with their categories. */
export const workflowNames = [
  ['Refund a duplicate charge', ['payments', 'finance']],
  ['Open & triage a ticket', ['support']],
  ['Stock-taking of "cold" goods', ['inventory']],
  ['Find a customer by naïve spelling', ['sales', 'support']],
  ['Invoice dispute <escalated>', ['finance']],
  ['Nightly smoke 🌙', ['operations', 'inventory']],
  ['Quote for a returning customer', ['sales']],
] as const;

/** What topics are called. */
export const topicNames = [
  'Refunds for partial shipments',
  'Change of the delivery address',
  'Bulk export of invoices',
  'Überweisung ins Ausland',
  'Cancel a subscription mid-term',
  'Merge two customer records',
  'Track a parcel',
  'Apply a discount code',
] as const;

/** What failed searches looked for. */
export const searchNames = [
  'export invoices as csv',
  'merge duplicate contacts',
  'list unpaid orders > 30 days',
  'change shipping address after dispatch',
  'créer un avoir',
  'bulk refund',
] as const;

/** What sessions were after. */
export const intentNames = [
  'refund order 1182',
  'find the invoice of March',
  'where is my parcel?',
  'Adresse ändern & bestätigen',
  'merge contacts',
  'Refund order 1182',
  'refund order',
] as const;
