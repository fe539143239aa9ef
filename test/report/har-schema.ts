/** HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/) as a JSON Schema: what it requires, and the types of it. */
const text = { type: 'string' } as const;
const size = { type: 'integer', minimum: -1 } as const;
const time = { type: 'number', minimum: -1 } as const;
const named = {
  type: 'array',
  items: { type: 'object', required: ['name', 'value'], properties: { name: text, value: text } },
} as const;
const message = {
  httpVersion: text,
  cookies: named,
  headers: named,
  headersSize: size,
  bodySize: size,
} as const;
const creator = { type: 'object', required: ['name', 'version'], properties: { name: text, version: text } };

export const harSchema = {
  type: 'object',
  required: ['log'],
  properties: {
    log: {
      type: 'object',
      required: ['version', 'creator', 'entries'],
      properties: {
        version: { const: '1.2' },
        creator,
        pages: {
          type: 'array',
          items: {
            type: 'object',
            required: ['startedDateTime', 'id', 'title', 'pageTimings'],
            properties: { startedDateTime: { type: 'string', format: 'date-time' }, id: text, title: text },
          },
        },
        entries: {
          type: 'array',
          items: {
            type: 'object',
            required: ['startedDateTime', 'time', 'request', 'response', 'cache', 'timings'],
            properties: {
              pageref: text,
              startedDateTime: { type: 'string', format: 'date-time' },
              time: { type: 'number', minimum: 0 },
              comment: text,
              request: {
                type: 'object',
                required: ['method', 'url', 'queryString', ...Object.keys(message)],
                properties: {
                  ...message,
                  method: text,
                  url: text,
                  queryString: named,
                  postData: {
                    type: 'object',
                    required: ['mimeType', 'text'],
                    properties: { mimeType: text, text, params: { type: 'array' } },
                  },
                },
              },
              response: {
                type: 'object',
                required: ['status', 'statusText', 'content', 'redirectURL', ...Object.keys(message)],
                properties: {
                  ...message,
                  status: { type: 'integer', minimum: 0 },
                  statusText: text,
                  redirectURL: text,
                  content: {
                    type: 'object',
                    required: ['size', 'mimeType'],
                    properties: { size: { type: 'integer', minimum: 0 }, mimeType: text, text },
                  },
                },
              },
              cache: { type: 'object' },
              timings: {
                type: 'object',
                required: ['send', 'wait', 'receive'],
                properties: { send: time, wait: time, receive: time },
              },
            },
          },
        },
      },
    },
  },
} as const;
