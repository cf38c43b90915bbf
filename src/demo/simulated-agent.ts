/**
 * An agent without hands: speaks the protocol of the agent's browser, nothing else. Signs in, takes what comes, writes up
 * each conversation after a while, judges its own sales, goes on breaks, comes back after a lost connection.
 */
import WebSocket from 'ws';
import type { AgentMessage, AgentPush, AgentView, Disposition, SelfCheck } from '../contract/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { ApiClient } from './api-client.ts';
import type { Ears } from './ears.ts';
import { sheetFor } from './simulated-answers.ts';
import type { criteria, Truth, World } from './world.ts';

export type AgentOptions = {
  api: ApiClient;
  /** ws:// address of the server. */
  liveBase: string;
  origin: string;
  clock: Clock;
  world: World;
  campaignId?: string;
  /** Own pace: 1 is usual, 1.2 writes up more slowly. */
  pace: number;
  /** Deaf, as where the carrier is a real one, if absent. */
  ears?: Ears;
  onFault: (fault: string) => void;
  /** Told what really happened in each conversation, for those who judge it later. */
  onConversation?: (attemptId: string, truth: Truth) => void;
};

/** Median and spread of wrap-up, by whether there was a sale to write down. */
const wrapUpMs = { sale: 28_000, other: 11_000 };
/** The same over all conversations, about one in eight of which is a sale. */
export const usualWrapUpMs = wrapUpMs.other + (wrapUpMs.sale - wrapUpMs.other) / 8;
const pingEveryMs = 8_000;
/** Who goes home ends the conversation first; the real calls' longest is 70 minutes. */
const LONGEST_TALK_S = 80 * 60;

export class SimulatedAgent {
  readonly #options: AgentOptions;
  readonly #mustSay: string[];
  #socket: WebSocket | null = null;
  #view: AgentView | null = null;
  #stopping = false;
  #signingIn = false;
  #written = new Set<string>();
  #heard = new Set<string>();
  readonly #machines = new Set<string>();
  #next = 0;
  readonly conversations: { attemptId: string; disposition: string }[] = [];

  constructor(options: AgentOptions, mustSay: string[] = []) {
    this.#options = options;
    this.#mustSay = mustSay;
  }

  get view(): AgentView | null {
    return this.#view;
  }

  async start(): Promise<void> {
    await this.#connect();
  }

  /** Signs out once the present conversation is written up; resolves when signed out. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#send({ type: 'sign-out', id: this.#id() });
    for (let waited = 0; this.#view?.presence !== 'signed-out' && waited < LONGEST_TALK_S; waited += 1)
      await this.#options.clock.sleep(1000);
    this.#socket?.close();
  }

  /** Ends without a word, as a browser that crashed. */
  crash(): void {
    this.#stopping = true;
    this.#socket?.terminate();
  }

  async #connect(): Promise<void> {
    const socket = new WebSocket(`${this.#options.liveBase}/live/agent`, {
      headers: { cookie: this.#options.api.cookie(), origin: this.#options.origin },
    });
    this.#socket = socket;
    // Keeps the connection alive in real time, whatever the speed of the product's clock.
    const heart = setInterval(() => this.#send({ type: 'ping', id: this.#id() }), pingEveryMs);
    socket.on('message', (data) => this.#receive(JSON.parse(String(data)) as AgentPush));
    socket.on('error', (error) => this.#options.onFault(`socket: ${error.message}`));
    socket.on('close', () => {
      clearInterval(heart);
      if (!this.#stopping) setTimeout(() => void this.#connect(), 1000);
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
  }

  #receive(push: AgentPush): void {
    if (push.type === 'refused') this.#options.onFault(`refused: ${push.code} ${push.detail}`);
    if (push.type !== 'view') return;
    this.#view = push.view;
    this.#react(push.view);
  }

  #react(view: AgentView): void {
    if (view.presence === 'signed-out') {
      if (this.#stopping || this.#signingIn) return;
      this.#signingIn = true;
      const { campaignId } = this.#options;
      this.#send({ type: 'sign-in', id: this.#id(), ...(campaignId === undefined ? {} : { campaignId }) });
      return;
    }
    this.#signingIn = false;
    if (view.presence === 'on-break' || view.call === null) {
      if (view.presence === 'signed-in' && view.activity === 'none' && view.legState === 'joined')
        this.#send({ type: 'ready', id: this.#id() });
      return;
    }
    if (view.call.state === 'preview') {
      this.#send({ type: 'accept-preview', id: this.#id() });
      return;
    }
    if (view.activity === 'talking') this.#listen(view.call.attemptId);
    if (view.activity !== 'wrap-up' || view.call.state !== 'ended' || this.#written.has(view.call.attemptId)) return;
    this.#written.add(view.call.attemptId);
    this.#writeUp(view.call, view.since);
  }

  /** Who hears a machine says nothing to it and hangs up. */
  #listen(attemptId: string): void {
    const { ears, clock, onFault } = this.#options;
    if (ears === undefined || this.#heard.has(attemptId)) return;
    this.#heard.add(attemptId);
    clock.after(ears.listenMs, () => {
      ears.hears(attemptId).then(
        (who) => {
          if (who !== 'machine') return;
          this.#machines.add(attemptId);
          const stillThere = this.#view?.activity === 'talking' && this.#view.call?.attemptId === attemptId;
          if (stillThere) this.#send({ type: 'hang-up', id: this.#id() });
        },
        (error: unknown) => onFault(`ears: ${error instanceof Error ? error.message : String(error)}`),
      );
    });
  }

  /** The desk may be in wrap-up a moment before the call's own end is known. */
  #writeUp(call: NonNullable<AgentView['call']>, wrapUpSince: number): void {
    const talkMs = call.connectedAt === null ? 0 : (call.endedAt ?? wrapUpSince) - call.connectedAt;
    const truth = this.#options.world.truth(call.attemptId, this.#view?.userId ?? '', talkMs);
    const machine = this.#machines.has(call.attemptId);
    this.#options.onConversation?.(call.attemptId, truth);
    const disposition: Disposition = machine
      ? { kind: 'machine' }
      : dispositionOf(call, truth, this.#options.world, this.#options.clock.now());
    const median = disposition.kind === 'sale' ? wrapUpMs.sale : wrapUpMs.other;
    const spread = Math.exp(0.4 * gauss(this.#options.world, call.attemptId));
    this.#options.clock.after(median * this.#options.pace * spread, async () => {
      this.conversations.push({ attemptId: call.attemptId, disposition: disposition.kind });
      const mustSayTicked = this.#mustSay.filter(
        (id) =>
          !truth.broken.includes('approved-script') || this.#options.world.chance(`said:${id}:${call.attemptId}`) < 0.8,
      );
      const survey = await sheetFor(this.#options, call.attemptId, disposition.kind);
      this.#send({
        type: 'save-outcome',
        id: this.#id(),
        outcome: { attemptId: call.attemptId, disposition, mustSayTicked, note: '', ...survey },
      });
    });
  }

  #id(): string {
    this.#next += 1;
    return `a${this.#next}`;
  }

  #send(message: AgentMessage): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}

/** What the agent makes of the conversation. */
export function dispositionOf(
  call: NonNullable<AgentView['call']>,
  truth: Truth,
  world: World,
  now: number,
): Disposition {
  if (call.origin?.kind === 'return-call') {
    const chance = world.chance(`task:${call.attemptId}`);
    const result = chance < 0.5 ? 'satisfied' : chance < 0.75 ? 'fairly-satisfied' : 'not-satisfied';
    return { kind: 'task', result, words: 'As said in the call.', selfCheck: null };
  }
  // With the answer about an offer the customer decides as in the first call.
  if (call.origin !== null && call.origin.kind !== 'offer-answer') {
    const result = world.chance(`task:${call.attemptId}`) < 0.75 ? 'confirmed' : 'declined';
    return {
      kind: 'task',
      result,
      words: 'As said in the call.',
      selfCheck: result === 'confirmed' ? selfCheckOf(truth, world, call.attemptId) : null,
    };
  }
  if (truth.accepted) {
    return {
      kind: 'sale',
      role: world.chance(`role:${call.attemptId}`) < 0.8 ? 'owner' : 'family-decider',
      identityCheck: 'Last four digits of the contract number',
      consentWords: 'Yes, I take it.',
      options: [],
      selfCheck: selfCheckOf(truth, world, call.attemptId),
    };
  }
  switch (truth.ending) {
    case 'refused':
      return { kind: 'refused', reason: 'not-interested' };
    case 'undecided':
    case 'wrong-person':
      return { kind: truth.ending };
    case 'appointment':
      return { kind: 'appointment', at: now + 20 * 60_000, withMe: world.chance(`mine:${call.attemptId}`) < 0.5 };
    case 'opt-out':
      return { kind: 'opt-out', words: 'Please do not call me again.' };
    case 'complaint':
      return { kind: 'complaint', words: 'I have been called about this three times already.' };
  }
}

/** Agents notice half of what is wrong in their own sales, and doubt one good criterion in a hundred. */
function selfCheckOf(truth: Truth, world: World, attemptId: string): SelfCheck {
  const judge = (criterion: (typeof criteria)[number]): 'yes' | 'doubt' => {
    const roll = world.chance(`self:${criterion}:${attemptId}`);
    return roll < (truth.broken.includes(criterion) ? 0.5 : 0.01) ? 'doubt' : 'yes';
  };
  return {
    rightPerson: judge('right-person'),
    understood: judge('understood'),
    approvedScript: judge('approved-script'),
    explicitConsent: judge('explicit-consent'),
  };
}

/** A standard normal value from two keyed chances (Box and Muller, 1958). */
function gauss(world: World, label: string): number {
  const u = Math.max(1e-12, world.chance(`u:${label}`));
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * world.chance(`v:${label}`));
}
