import type { CapHold, PacingReason } from './policy.ts';

const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
const calls = (count: number): string => (count === 1 ? '1 call' : `${count} calls`);
const agents = (count: number): string => (count === 1 ? '1 agent' : `${count} agents`);

/** What is done until the cap is kept again. */
const held: Record<CapHold, string> = {
  half: 'calls are placed at half the usual risk for now',
  'nearly-all': 'calls are placed at an eighth of the usual risk for now',
  sure: 'some were lost even at little risk, so only calls that nearly surely find an agent are placed for now',
  'one-each': 'only one call for each ready agent for now',
};

/** The reason of a decision as one English sentence; pages translate by the reason's code. */
export function whySentence(reason: PacingReason): string {
  switch (reason.code) {
    case 'no-agents':
      return 'No agent is signed in, so nothing is dialled.';
    case 'lines-full':
      return `All ${reason.lines} lines are in use.`;
    case 'calls-per-second':
      return `The limit of ${reason.limit} calls per second is used up for the moment.`;
    case 'progressive':
      return `One call for each ready agent: ${agents(reason.ready)} ready, ${calls(reason.inFlight)} under way.`;
    case 'ratio':
      return `${reason.ratio} calls for each ready agent: ${agents(reason.ready)} ready, ${calls(reason.inFlight)} under way.`;
    case 'placing':
      return `Placing ${calls(reason.calls)}: the last one would find nobody with a chance of ${percent(reason.chanceNobody)}, the limit is ${percent(reason.limit)}.`;
    case 'placing-borne':
      return `Placing ${calls(reason.calls)}: as the list is now the last one would find nobody with a chance of ${percent(reason.chanceNobody)}, the limit is ${percent(reason.limit)}; should it answer again as before, what that costs was saved of the cap.`;
    case 'waiting':
      return `Waiting: one more call would find nobody with a chance of ${percent(reason.chanceNobody)}, the limit is ${percent(reason.limit)} (${agents(reason.ready)} ready, ${calls(reason.inFlight)} under way).`;
    case 'may-return':
      return `Waiting: the list may answer again as it did before; reckoning with that, one more call would find nobody with a chance of ${percent(reason.chanceNobody)}, the limit is ${percent(reason.limit)} (${agents(reason.ready)} ready, ${calls(reason.inFlight)} under way).`;
    case 'first-calls':
      return `Waiting for the first calls to show how the list answers: until then only few calls for each ready agent (${agents(reason.ready)} ready, ${calls(reason.inFlight)} under way).`;
    case 'sure-calls':
      return `Waiting: while the cap is reached no more calls are under way than nearly surely find an agent (${agents(reason.ready)} ready, ${calls(reason.inFlight)} under way).`;
    case 'cap-reached':
      return `${reason.abandoned} of ${reason.answered} answered calls were abandoned, the cap is ${percent(reason.cap)}: ${held[reason.hold]}.`;
    case 'band-reached':
      return `Talk utilization of the last minutes is ${percent(reason.utilization)}, the aim inside the band is ${percent(reason.aim)}: no more calls are needed.`;
    case 'band-rest':
      return `Even at the least risk talk utilization (in the last minutes ${percent(reason.utilization)}) would pass the band’s top of ${percent(reason.top)}: ${agents(reason.resting)} rest in turn.`;
  }
}
