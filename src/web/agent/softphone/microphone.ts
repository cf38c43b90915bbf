/** The person's microphone: whether it may be used, and how loud it is. */
import { loudness } from './player.ts';

/** unknown: the browser will ask. missing: there is none, or this page may not use it. */
export type Permission = 'unknown' | 'granted' | 'denied' | 'missing';

export class Microphone {
  #stream: MediaStream | null = null;
  #context: AudioContext | null = null;
  #meter: AnalyserNode | null = null;
  #window = new Float32Array(1_024);

  /** What the browser says without asking the person. */
  async permission(): Promise<Permission> {
    // Browsers hand out microphones only to pages from a safe address.
    if (navigator.mediaDevices === undefined) return 'missing';
    try {
      const { state } = await navigator.permissions.query({ name: 'microphone' });
      return state === 'prompt' ? 'unknown' : state;
    } catch {
      return 'unknown';
    }
  }

  /** Opens it for the meter; the browser asks the person where it has not yet. */
  async open(): Promise<Permission> {
    if (this.#stream !== null) return 'granted';
    if (navigator.mediaDevices === undefined) return 'missing';
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({
        audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      });
    } catch (error) {
      return error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'missing';
    }
    this.#context = new AudioContext();
    this.#meter = this.#context.createAnalyser();
    this.#meter.fftSize = this.#window.length;
    // Not to the loudspeaker: nobody wants to hear themselves.
    this.#context.createMediaStreamSource(this.#stream).connect(this.#meter);
    return 'granted';
  }

  level(): number {
    if (this.#meter === null) return 0;
    if (this.#context?.state === 'suspended') void this.#context.resume();
    this.#meter.getFloatTimeDomainData(this.#window);
    return loudness(this.#window);
  }

  close(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    void this.#context?.close();
    this.#stream = null;
    this.#context = null;
    this.#meter = null;
  }
}

/** Loudspeakers and headsets that the browser names; it names them once the microphone may be used. */
export async function outputDevices(): Promise<{ id: string; label: string }[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices
    .filter(({ kind, deviceId, label }) => kind === 'audiooutput' && deviceId !== '' && label !== '')
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}
