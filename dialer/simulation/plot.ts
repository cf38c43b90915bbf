import type { PolicySource } from './policy-source.ts';
import type { Scenario } from './scenario.ts';

export function plotPage(scenario: Scenario, policies: [string, PolicySource][], seeds: number): string {
  return `<!doctype html><title>${scenario.name} ${policies.length} ${seeds}</title>`;
}
