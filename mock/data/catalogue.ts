/** What the organizations of the mock test with Armature: the vocabulary that their data is drawn from. */
export interface SourceTemplate {
  readonly name: string;
  readonly slug: string;
  readonly transportType: string;
  readonly targetKind: string;
  readonly categories: readonly string[];
  readonly tools: readonly string[];
  /** Workflow names with the prompt of the tester. */
  readonly tasks: readonly (readonly [name: string, prompt: string])[];
  readonly intents: readonly string[];
  readonly gap: string;
}

export const sourceTemplates: readonly SourceTemplate[] = [
  {
    name: 'Payments',
    slug: 'payments',
    transportType: 'streamable_http',
    targetKind: 'mcp',
    categories: ['payments', 'finance'],
    tools: ['list_charges', 'create_refund', 'get_balance', 'search_disputes'],
    tasks: [
      [
        'Refund a duplicate charge',
        'A customer was charged twice for one order. Find both charges, refund one.',
      ],
      [
        'Explain a declined card',
        'Find out why the last payment of the customer was declined and say it simply.',
      ],
      ['Monthly payout report', 'Sum up the payouts of last month by currency and name the largest.'],
    ],
    intents: ['refund a duplicate charge', 'why was my card declined', 'export payouts as CSV'],
    gap: 'export_payouts: write the payouts of a period to a file',
  },
  {
    name: 'Orders & Returns',
    slug: 'orders',
    transportType: 'streamable_http',
    targetKind: 'mcp',
    categories: ['commerce', 'logistics'],
    tools: ['find_order', 'create_return_label', 'cancel_order', 'track_shipment'],
    tasks: [
      [
        'Return label for a damaged item',
        'The item arrived damaged. Create a return label and tell the next steps.',
      ],
      ['Where is my order?', 'Find the newest order of the customer and tell where it is.'],
    ],
    intents: ['where is my order', 'return a damaged item', 'change the delivery address'],
    gap: 'update_delivery_address: change the address of an order that has not been shipped',
  },
  {
    name: 'Calendar',
    slug: 'calendar',
    transportType: 'sse',
    targetKind: 'mcp',
    categories: ['productivity', 'scheduling'],
    tools: ['list_events', 'create_event', 'find_free_slot', 'invite_guests'],
    tasks: [
      ['Find a slot for three people', 'Find an hour next week in which all three are free, and book it.'],
      ['Move the stand-up', 'Move the daily stand-up by half an hour and tell everybody.'],
    ],
    intents: ['find a free hour for three people', 'move a recurring meeting', 'book a meeting room'],
    gap: 'list_rooms: meeting rooms with their size and free hours',
  },
  {
    name: 'CRM',
    slug: 'crm',
    transportType: 'streamable_http',
    targetKind: 'mcp',
    categories: ['sales', 'customer-data'],
    tools: ['search_contacts', 'create_deal', 'log_activity', 'merge_contacts'],
    tasks: [
      [
        'Merge duplicate contacts',
        'Two contacts share a phone number. Decide whether they are one, and merge them.',
      ],
      ['Log a call', 'Write a call of ten minutes with the customer into the record of the open deal.'],
    ],
    intents: ['merge two contacts', 'which deals close this month', 'find customers in Zürich'],
    gap: 'forecast_deals: expected closing dates of open deals',
  },
  {
    name: 'Docs search',
    slug: 'docs-search',
    transportType: 'sse',
    targetKind: 'mcp',
    categories: ['knowledge', 'support'],
    tools: ['search_pages', 'read_page', 'suggest_edit'],
    tasks: [
      [
        'Answer from the handbook',
        'Answer how many days of leave a new colleague has, with the page as source.',
      ],
      ['Find the outdated page', 'Find the page that still names the old address of the office.'],
    ],
    intents: ['how do I rotate an API key', 'naïve search for “café menu” 🥐', 'list pages nobody has read'],
    gap: 'page_statistics: how often a page was read',
  },
  {
    name: 'Warehouse',
    slug: 'warehouse',
    transportType: 'stdio_hosted',
    targetKind: 'cli',
    categories: ['logistics', 'inventory'],
    tools: ['stock_level', 'reserve_item', 'move_pallet'],
    tasks: [
      [
        'Reserve stock for an order',
        'Reserve four units for the order, from the shelf that is nearest to the gate.',
      ],
      ['Count the slow movers', 'List the items that did not move for ninety days.'],
    ],
    intents: ['is this item in stock', 'reserve four units', 'which items expire soon'],
    gap: 'expiring_items: items by date of expiry',
  },
  {
    name: 'Deployments',
    slug: 'deployments',
    transportType: 'stdio_hosted',
    targetKind: 'cli',
    categories: ['operations', 'engineering'],
    tools: ['list_services', 'restart_service', 'read_logs', 'rollback'],
    tasks: [
      [
        'Roll back a bad release',
        'The newest release of the shop fails. Roll it back and confirm that it works.',
      ],
    ],
    intents: ['roll back the last release', 'show the logs of the shop', 'who deployed last'],
    gap: 'release_history: who released what, and when',
  },
];

export const testerModels: readonly string[] = ['claude-sonnet-4-5', 'gpt-5.1', 'gemini-2.5-pro'];
export const judgeModel = 'claude-opus-4-5';
export const clients: readonly string[] = ['claude-desktop', 'cursor', 'vscode', 'internal-agent'];
export const classifications: readonly string[] = [
  'clean',
  'wrong_tool',
  'tool_error',
  'incomplete',
  'timeout',
];
