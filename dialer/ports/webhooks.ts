/** What the carrier's requests say, and what they are answered, in the engine's words. */
import type { CallSignal, CarrierEnd, Detection } from '../rules/call.ts';

export type RawWebhook = {
  method: string;
  rawUrl: string;
  headers: Record<string, string | string[] | undefined>;
  rawBody: string;
};

export type CarrierMessage =
  /** The customer answered and the carrier asks what to do; `again`: after a redirect. */
  | { kind: 'customer-answered'; attemptId: string; carrierCallId: string; detection: Detection | null }
  | { kind: 'call-signal'; attemptId: string; signal: CallSignal }
  | { kind: 'detected'; attemptId: string; carrierCallId: string; detection: Detection }
  /** The customer's leg left its room; `alive`: it is still up and asks what comes next. */
  | { kind: 'after-room'; attemptId: string; carrierCallId: string; alive: boolean }
  | {
      kind: 'recording';
      attemptId: string;
      recordingId: string;
      url: string;
      state: 'completed' | 'absent';
      durationMs: number | null;
      channels: number | null;
    }
  | { kind: 'agent-leg-answered'; userId: string; legId: string }
  | { kind: 'agent-leg-over'; userId: string; legId: string }
  /** A browser's phone called by itself; null: no agent of ours. */
  | { kind: 'agent-called-in'; userId: string | null; legId: string }
  | {
      kind: 'room';
      userId: string;
      room: string;
      /** left: hung up. moved: taken out by us. ended: the room closed around them. */
      what: 'joined' | 'left' | 'moved' | 'ended';
      legId: string;
      /** The attempt's id for a customer, `agent` for the agent. */
      label: string;
    }
  | {
      kind: 'text-status';
      textId: string;
      carrierMessageId: string;
      status: 'sent' | 'delivered' | 'failed';
      code: string | null;
    }
  /** A text from a customer to a number of ours. `optOut`: the carrier has recognised it as one. */
  | {
      kind: 'text-received';
      carrierMessageId: string;
      number: string;
      ours: string;
      body: string;
      optOut: boolean;
    }
  /** The agent's leg was sent to a colleague's room and asks which one. */
  | { kind: 'helper-leg-answered'; userId: string; legId: string }
  /** Somebody who is neither the room's agent nor its customer came or went. `id`: the helper's user, or the guest's attempt. */
  | {
      kind: 'visitor';
      role: 'helper' | 'guest';
      id: string;
      what: 'joined' | 'left' | 'moved' | 'ended';
      legId: string;
    }
  | { kind: 'listener-signal'; listeningId: string; legId: string; step: 'answered' | CarrierEnd }
  | { kind: 'guest-signal'; attemptId: string; legId: string; step: 'answered' | CarrierEnd }
  /** Well signed, but nothing we act on. */
  | { kind: 'nothing' };

/** What the carrier shall do with the leg that asked. */
export type Plan =
  | { do: 'join-room'; room: string; attemptId: string }
  | { do: 'open-room'; room: string; userId: string }
  | { do: 'join-colleague'; room: string; userId: string }
  | { do: 'say'; text: string; language: string }
  | { do: 'hang-up' }
  | { do: 'nothing' };

export type WebhookCodec = {
  /** Checks the signature first: `refused` is answered 403 and counted. Never throws, whatever is sent. */
  read(
    request: RawWebhook,
  ): { ok: true; message: CarrierMessage } | { ok: false; reason: 'signature' | 'unknown-path' };
  answer(plan: Plan): { status: number; contentType: string; body: string };
};
