import type { AgentRate } from '../sampling/request.ts';
import type { Tightening, TighteningTerms } from './state.ts';

/** The rate an agent is drawn at, or null at the campaign's own. A suspended agent's remaining recordings are all drawn. */
export function agentRateOf(
  agentId: string,
  state: Tightening,
  contractRate: number,
  terms: TighteningTerms,
): AgentRate | null {
  switch (state.level) {
    case 'normal':
      return null;
    case 'tightened': {
      const step = terms.steps[Math.min(state.step, terms.steps.length) - 1];
      return step === undefined
        ? null
        : { agentId, rate: Math.min(1, contractRate * step.multiple), minimum: step.minimum };
    }
    case 'suspended':
      return { agentId, rate: 1, minimum: 0 };
  }
}

/** Whether an agent may be given selling calls. */
export function maySell({ level }: Pick<Tightening, 'level'>): boolean {
  return level !== 'suspended';
}
