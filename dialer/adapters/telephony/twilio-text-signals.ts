/** What the carrier's requests about texts say. Whatever is sent, nothing here throws. */
import type { CarrierMessage } from '../../ports/webhooks.ts';

/** Statuses of a message; the others (accepted, scheduled, queued, sending) say nothing that matters here. */
const statuses: Record<string, 'sent' | 'delivered' | 'failed'> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
};

export const textStatusOf = (status: string): 'sent' | 'delivered' | 'failed' | null => statuses[status] ?? null;

export function textStatus(textId: string, get: (name: string) => string): CarrierMessage {
  const carrierMessageId = get('MessageSid') || get('SmsSid');
  const status = textStatusOf(get('MessageStatus') || get('SmsStatus'));
  if (carrierMessageId === '' || status === null) return { kind: 'nothing' };
  return { kind: 'text-status', textId, carrierMessageId, status, code: get('ErrorCode') || null };
}

/** `OptOutType` is sent where the carrier's own opt-out handling has recognised one. */
export function textReceived(get: (name: string) => string): CarrierMessage {
  const carrierMessageId = get('MessageSid') || get('SmsSid');
  const [number, ours] = [get('From'), get('To')];
  if (carrierMessageId === '' || number === '' || ours === '') return { kind: 'nothing' };
  return {
    kind: 'text-received',
    carrierMessageId,
    number,
    ours,
    body: get('Body').slice(0, 1600),
    optOut: get('OptOutType') === 'STOP',
  };
}
