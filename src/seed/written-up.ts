/** What an agent of the past wrote down, from what is true of the conversation in the pretend world. */
import type { Prisma } from '../../prisma/generated/client.ts';
import type { World } from '../demo/world.ts';
import { firstRefusalReasons } from '../http/reason-lists.ts';

export type Written = { kind: string; detail: Prisma.InputJsonObject; afterMs: number };

export function writtenUp(
  { world, mustSay }: { world: World; mustSay: readonly string[] },
  id: string,
  agentId: string,
  talkMs: number,
  endedAt: number,
): Written {
  const truth = world.truth(id, agentId, talkMs);
  const doubt = (criterion: (typeof truth.broken)[number]) => {
    const noticed = world.chance(`self:${criterion}:${id}`) < (truth.broken.includes(criterion) ? 0.5 : 0.01);
    return noticed ? 'doubt' : 'yes';
  };
  const said = mustSay.filter(
    (item) => !truth.broken.includes('approved-script') || world.chance(`said:${item}:${id}`) < 0.8,
  );
  const detail = (fields: Prisma.InputJsonObject): Prisma.InputJsonObject => ({
    fields,
    mustSayTicked: said,
    note: '',
    by: agentId,
  });
  if (truth.accepted) {
    const fields = {
      role: world.chance(`role:${id}`) < 0.8 ? 'owner' : 'family-decider',
      identityCheck: 'Last four digits of the contract number',
      consentWords: 'Yes, I agree.',
      options: ['backup', 'fraud-shield'],
      selfCheck: {
        rightPerson: doubt('right-person'),
        understood: doubt('understood'),
        approvedScript: doubt('approved-script'),
        explicitConsent: doubt('explicit-consent'),
      },
    };
    return { kind: 'sale', detail: detail(fields), afterMs: 25_000 };
  }
  switch (truth.ending) {
    case 'refused': {
      const reason =
        firstRefusalReasons[Math.floor(world.chance(`reason:${id}`) * firstRefusalReasons.length)]?.code ?? 'other';
      return { kind: 'refused', detail: detail({ reason }), afterMs: 9_000 };
    }
    case 'appointment':
      return { kind: 'appointment', detail: detail({ at: endedAt + 86_400_000, withMe: true }), afterMs: 12_000 };
    case 'opt-out':
      return {
        kind: 'opt-out',
        detail: detail({ words: 'Please do not call me again. 请不要再打来。' }),
        afterMs: 9_000,
      };
    case 'complaint':
      return {
        kind: 'complaint',
        detail: detail({ words: 'This is the third call about the same offer. 同样的业务已经打来三次了。' }),
        afterMs: 15_000,
      };
    case 'undecided':
    case 'wrong-person':
      return { kind: truth.ending, detail: detail({}), afterMs: 9_000 };
  }
}
