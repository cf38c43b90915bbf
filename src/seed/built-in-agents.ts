/** Agents of the demonstration who are worked by programs, over the same protocol as a browser, so that the floor is never empty. */
import { ApiClient } from '../demo/api-client.ts';
import type { Ears } from '../demo/ears.ts';
import { SimulatedAgent } from '../demo/simulated-agent.ts';
import type { World } from '../demo/world.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { demoPassword, demoUsers } from './people.ts';
import { demoScript } from './script.ts';

export type BuiltInAgents = { stop(): void };

export async function startBuiltInAgents(deps: {
  url: string;
  clock: Clock;
  world: World;
  logger: Logger;
  ears?: Ears;
}): Promise<BuiltInAgents> {
  const { url, clock, world, logger, ears } = deps;
  const mustSay = demoScript.mustSay.map(({ id }) => id);
  const agents: SimulatedAgent[] = [];
  for (const { username, simulated } of demoUsers) {
    if (simulated !== true) continue;
    const api = new ApiClient(url);
    await api.signIn(username, demoPassword);
    const agent = new SimulatedAgent(
      {
        api,
        liveBase: url.replace(/^http/, 'ws'),
        origin: url,
        clock,
        world,
        ...(ears === undefined ? {} : { ears }),
        pace: 1,
        onFault: (fault) => logger.debug({ fault }, 'a built-in agent'),
      },
      mustSay,
    );
    await agent.start();
    agents.push(agent);
  }
  return {
    stop() {
      for (const agent of agents) agent.crash();
    },
  };
}
