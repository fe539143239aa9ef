/** What an author does with a first matrix: every TODO gets its answer. */
import { isMap, isScalar, parseDocument } from 'yaml';

/** The text with a decision for each role of each operation, and a value wherever one is missing. */
export function decided(
  text: string,
  decide: (role: string, method: string) => 'allowed' | 'denied',
): string {
  const document = parseDocument(text);
  const values = document.get('values');
  for (const { key, value } of isMap(values) ? values.items : [])
    if (isScalar(value) && value.value === 'TODO') document.setIn(['values', String(key)], 'sample');
  const operations = document.get('operations');
  for (const { key } of isMap(operations) ? operations.items : []) {
    const method = String(document.getIn(['operations', String(key), 'method']));
    const roles = document.getIn(['operations', String(key), 'roles']);
    for (const { key: role, value } of isMap(roles) ? roles.items : [])
      if (isScalar(value) && value.value === 'TODO') value.value = decide(String(role), method);
  }
  return document.toString({ lineWidth: 0 });
}
