/** The sandbox carrier in a process of its own, for the latency benchmark. Says its address to its parent, ends with it. */
import { speedClock, startSandbox } from '../../dialer/adapters/telephony/sandbox/index.ts';
import type { PhoneNetwork } from '../../dialer/simulation/call-plan.ts';

const [, , accountSid = '', authToken = '', talkMs = '2000', answered = '1'] = process.argv;

let called = 0;

/** Every so-manieth person answers after half a second and talks for so long; the others' line is busy. */
const network: PhoneNetwork = {
  plan: () => {
    called += 1;
    const picksUp = Math.floor(called * Number(answered)) > Math.floor((called - 1) * Number(answered));
    if (!picksUp) return { setupMs: 200, fate: { kind: 'busy' } };
    return {
      setupMs: 200,
      fate: {
        kind: 'person',
        ringMs: 300,
        detection: { verdict: 'human', afterMs: 1_500 },
        person: { patienceMs: 10_000, talkMs: Number(talkMs), accepts: false },
      },
    };
  },
};

const sandbox = await startSandbox({ accountSid, authToken, network, clock: speedClock(), cps: 1_000 });
process.on('disconnect', () => process.exit(0));
process.send?.(sandbox.url);
