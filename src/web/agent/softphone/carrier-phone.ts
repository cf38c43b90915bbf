/** The phone of a real account: the carrier's own library. A chunk of its own, loaded only where there is such an account. */
import { Call, Device } from '@twilio/voice-sdk';
import { outputDevices } from './microphone.ts';
import type { Levels, Line, PhoneEvents, Softphone } from './phone.ts';

/** A new token is fetched so long before the old one ends. */
const RENEW_MS = 60_000;

export function createCarrierPhone(token: string, renew: () => Promise<string>, events: PhoneEvents): Softphone {
  let line: Line = 'idle';
  let levels: Levels = { heard: 0, spoken: 0 };
  const device = new Device(token, {
    // Opus where the way to the carrier is the internet; PCMU where only that is spoken.
    codecPreferences: [Call.Codec.Opus, Call.Codec.PCMU],
    closeProtection: true,
    tokenRefreshMs: RENEW_MS,
    logLevel: 'error',
  });
  const become = (next: Line): void => {
    line = next;
    events.changed({ line, muffled: false });
  };
  const over = (): void => {
    levels = { heard: 0, spoken: 0 };
    if (line !== 'idle') become('ready');
  };
  const refresh = (): void => {
    renew().then(
      (next) => device.updateToken(next),
      // The page asks to sign in again by itself; a leg that is up stays up.
      () => become('lost'),
    );
  };

  device.on('registering', () => become('connecting'));
  device.on('registered', () => become(device.isBusy ? 'in-call' : 'ready'));
  device.on('unregistered', () => {
    if (line !== 'idle') become('lost');
  });
  // The library connects again by itself after a fault of the line.
  device.on('error', () => {
    if (line !== 'in-call' && line !== 'idle') become('lost');
  });
  device.on('tokenWillExpire', refresh);
  device.on('incoming', (call: Call) => {
    call.on('accept', () => become('in-call'));
    call.on('reconnecting', () => become('lost'));
    call.on('reconnected', () => become('in-call'));
    call.on('volume', (spoken: number, heard: number) => {
      levels = { heard, spoken };
    });
    for (const end of ['disconnect', 'cancel', 'reject']) call.on(end, over);
    // The standing leg, called by the dialler at sign-in: nobody has to pick it up.
    call.accept({ rtcConstraints: { audio: { echoCancellation: true, noiseSuppression: true } } });
  });

  return {
    start() {
      if (line !== 'idle') return;
      become('connecting');
      device.audio?.incoming(false);
      device.audio?.disconnect(false);
      device.register().catch(() => become('lost'));
    },
    stop() {
      line = 'idle';
      device.destroy();
      events.changed({ line, muffled: false });
    },
    wake() {},
    levels: () => levels,
    outputs: async () => (device.audio?.isOutputSelectionSupported === true ? outputDevices() : []),
    playOn: async (outputId) => {
      await device.audio?.speakerDevices.set(outputId);
    },
  };
}
