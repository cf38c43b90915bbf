/** One shift: agents sign in one after the other, work, and go home when their last conversation is written up. */
import type { ApiClient } from './api-client.ts';
import { createEars } from '../compose/ears.ts';
import { SimulatedAgent } from './simulated-agent.ts';
import type { Stage } from './stage.ts';
import type { Truth, World } from './world.ts';

export type Shift = {
  stop(): Promise<void>;
  /** Everybody is gone at once, whatever they were at. */
  breakOff(): void;
  faults: string[];
};

export type ShiftOptions = {
  stage: Stage;
  world: World;
  usernames: readonly string[];
  campaignId: string;
  mustSay: string[];
  onConversation: (attemptId: string, truth: Truth) => void;
};

export async function startShift({
  stage,
  world,
  usernames,
  campaignId,
  mustSay,
  onConversation,
}: ShiftOptions): Promise<Shift> {
  const faults: string[] = [];
  const { database, sandbox } = stage.product;
  const ears = sandbox === null ? {} : { ears: createEars(database, sandbox) };
  const agents: SimulatedAgent[] = [];
  for (const username of usernames) {
    const api: ApiClient = await stage.signIn(username);
    const agent = new SimulatedAgent(
      {
        api,
        liveBase: stage.url.replace(/^http/, 'ws'),
        origin: stage.url,
        clock: stage.product.clock,
        world,
        ...ears,
        campaignId,
        // Some write faster than others, always the same ones.
        pace: 0.8 + 0.4 * world.chance(`pace:${username}`),
        onFault: (fault) => faults.push(`${username}: ${fault}`),
        onConversation,
      },
      mustSay,
    );
    await agent.start();
    agents.push(agent);
  }
  return {
    faults,
    breakOff() {
      for (const agent of agents) agent.crash();
    },
    async stop() {
      await Promise.all(agents.map((agent) => agent.stop()));
    },
  };
}
