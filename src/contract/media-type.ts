/** Whether a media type is JSON, or a kind of it (RFC 6838, section 4.2.8: `application/vnd.api+json`). */
export function isJsonMedia(media: string): boolean {
  return /^[\w.+-]+\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(media.trim());
}
