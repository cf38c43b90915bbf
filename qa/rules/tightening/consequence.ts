import type { AgentRate } from '../sampling/request.ts';
import { DEFAULT_TIGHTENING_TERMS, type Tightening, type TighteningTerms } from './state.ts';

/** The terms of a campaign whose first step is `multiple` times its rate: the further ones rise in the same proportion. */
export function termsOf(multiple: number, terms: TighteningTerms = DEFAULT_TIGHTENING_TERMS): TighteningTerms {
  const first = terms.steps[0]?.multiple ?? 1;
  return { ...terms, steps: terms.steps.map((step) => ({ ...step, multiple: (multiple * step.multiple) / first })) };
}

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
