/**
 * The phone of the sandbox: our server passes on what the leg hears as frames of sound. It keeps itself connected; a page
 * that is loaded again within some seconds finds its call still up.
 */
import { outputDevices } from './microphone.ts';
import type { Line, Output, PhoneEvents, Softphone } from './phone.ts';
import { Player } from './player.ts';

const pausesMs = [300, 700, 1500, 3000, 5000];
/** Close codes of our live channels after which trying again is of no use. */
const FINAL = [4401, 4403];

export function createSandboxPhone(path: string, events: PhoneEvents): Softphone {
  let socket: WebSocket | null = null;
  let player: Player | null = null;
  let line: Line = 'idle';
  let failures = 0;
  let retry: number | undefined;

  const tell = (): void => events.changed({ line, muffled: player?.muffled ?? false });
  const become = (next: Line): void => {
    line = next;
    tell();
  };

  function hear(data: unknown): void {
    if (data instanceof ArrayBuffer) {
      player?.play(data);
      return;
    }
    const event = eventOf(String(data));
    if (event === 'ready') failures = 0;
    if (event === 'ready' || event === 'call-over') become('ready');
    if (event === 'call') become('in-call');
  }

  function connect(): void {
    const { protocol, host } = window.location;
    const opened = new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}${path}`);
    opened.binaryType = 'arraybuffer';
    opened.onmessage = ({ data }) => hear(data);
    opened.onclose = ({ code }) => closed(code);
    socket = opened;
  }

  function closed(code: number): void {
    socket = null;
    if (line === 'idle') return;
    if (FINAL.includes(code)) {
      become('refused');
      return;
    }
    become('lost');
    const pause = pausesMs[Math.min(failures, pausesMs.length - 1)] ?? 5000;
    failures += 1;
    retry = window.setTimeout(connect, pause * (0.8 + 0.4 * Math.random()));
  }

  return {
    start() {
      if (line !== 'idle') return;
      player = new Player(tell);
      become('connecting');
      connect();
    },
    stop() {
      window.clearTimeout(retry);
      line = 'idle';
      socket?.close();
      player?.close();
      player = null;
      tell();
    },
    wake: () => player?.wake(),
    levels: () => ({ heard: player?.level() ?? 0, spoken: 0 }),
    outputs: async (): Promise<Output[]> => (player?.choosesOutput === true ? outputDevices() : []),
    playOn: async (outputId) => player?.playOn(outputId),
  };
}

function eventOf(text: string): string {
  const message: unknown = JSON.parse(text);
  return typeof message === 'object' && message !== null && 'event' in message ? String(message.event) : '';
}
