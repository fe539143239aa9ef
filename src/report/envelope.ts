/**
 * A statement signed: an envelope of DSSE (https://github.com/secure-systems-lab/dsse, protocol.md and envelope.md) with
 * the media type of in-toto, whose signature is Ed25519.
 */
import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { sortedJson } from '../results/serialize.ts';

const payloadType = 'application/vnd.in-toto+json';

export interface Envelope {
  readonly payloadType: string;
  /** Base64. */
  readonly payload: string;
  readonly signatures: readonly { readonly keyid?: string; readonly sig: string }[];
}

/** The envelope of a text as JSON. @param privateKey Ed25519 */
export function signedEnvelope(text: string, privateKey: KeyObject): string {
  const payload = Buffer.from(text);
  return sortedJson({
    payloadType,
    payload: payload.toString('base64'),
    signatures: [
      {
        keyid: keyIdOf(createPublicKey(privateKey)),
        sig: sign(null, preAuthEncoding(payload), privateKey).toString('base64'),
      },
    ],
  } satisfies Envelope);
}

/** The value as an envelope; undefined where it is none. */
export function asEnvelope(value: unknown): Envelope | undefined {
  if (!isObject(value) || typeof value['payloadType'] !== 'string' || typeof value['payload'] !== 'string')
    return undefined;
  const { payloadType: type, payload, signatures } = value;
  if (!Array.isArray(signatures)) return undefined;
  return {
    payloadType: type,
    payload,
    signatures: signatures.flatMap((one: unknown) =>
      isObject(one) && typeof one['sig'] === 'string' ? [{ sig: one['sig'] }] : [],
    ),
  };
}

/** The text in an envelope. Nothing is known of who wrote it until `isSignedBy` says so. */
export function payloadOf({ payload }: Envelope): string {
  return Buffer.from(payload, 'base64').toString('utf8');
}

/** Whether one of the signatures is by the key, over this payload as a statement of in-toto. @param publicKey Ed25519 */
export function isSignedBy(
  { payloadType: type, payload, signatures }: Envelope,
  publicKey: KeyObject,
): boolean {
  if (type !== payloadType) return false;
  const signed = preAuthEncoding(Buffer.from(payload, 'base64'));
  return signatures.some(({ sig }) => verify(null, signed, publicKey, Buffer.from(sig, 'base64')));
}

/** What names a public key to a reader: SHA-256 of its SubjectPublicKeyInfo, hex. */
export function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** PAE of the protocol: what is signed names its own type and lengths. */
export function preAuthEncoding(payload: Uint8Array, type: string = payloadType): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.byteLength} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
