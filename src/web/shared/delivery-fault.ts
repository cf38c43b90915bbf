/** What a computer said when a message could not be delivered, as a code that the catalogue has words for. */
const bySign = [
  [/ECONNREFUSED/, 'refused'],
  [/ENOTFOUND|EAI_AGAIN|EDNS/, 'unknown-host'],
  [/EHOSTUNREACH|ENETUNREACH/, 'unreachable'],
  [/ETIMEDOUT|ESOCKETTIMEDOUT|_TIMEOUT|time(d )?[ -]?out|aborted/i, 'no-answer'],
  [/ECONNRESET|EPIPE|socket hang up|other side closed|terminated/i, 'broken'],
  [/certificate|CERT_|ERR_TLS|ERR_SSL|self[- ]signed/i, 'certificate'],
  [/no mail server/, 'no-mail-server'],
] as const;

export type DeliveryFault =
  | { code: (typeof bySign)[number][1] | 'other' }
  | { code: 'moved' | 'rights' | 'gone' | 'busy' | 'rejected' | 'failing'; status: string };

/** The endpoint answered, only not with a yes. */
function ofStatus(status: string): DeliveryFault {
  const number = Number(status);
  if (number >= 500) return { code: 'failing', status };
  if (number === 429) return { code: 'busy', status };
  if (number === 404 || number === 410) return { code: 'gone', status };
  if (number === 401 || number === 403) return { code: 'rights', status };
  return { code: number >= 400 ? 'rejected' : 'moved', status };
}

export function deliveryFault(raw: string): DeliveryFault {
  const status = /^(?:status )?([3-5]\d\d)$/.exec(raw.trim())?.[1];
  if (status !== undefined) return ofStatus(status);
  return { code: bySign.find(([sign]) => sign.test(raw))?.[1] ?? 'other' };
}
