/** Names of people by id, for lists. What a client operator sees of an agent is a pseudonym that stays the same. */
import type { PrismaClient } from '../../prisma/generated/client.ts';
import type { Person } from '../contract/common.ts';
import type { Viewer } from '../contract/quality.ts';

export async function peopleOf(
  client: PrismaClient,
  viewer: Viewer,
  ids: Iterable<string | null>,
): Promise<(id: string) => Person> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  const rows =
    viewer.role === 'client' || wanted.length === 0
      ? []
      : await client.user.findMany({ where: { id: { in: wanted } }, select: { id: true, displayName: true } });
  const names = new Map(rows.map(({ id, displayName }) => [id, displayName]));
  return (id) => ({ id, name: names.get(id) ?? pseudonym(id) });
}

/** Instead of somebody whose name would spoil a blind judgement. */
export const NOT_TOLD: Person = { id: '00000000-0000-0000-0000-000000000000', name: '' };

/** Of four digits two in three hundred agents would be the same more often than not. */
export function pseudonym(id: string): string {
  return `#${id.slice(0, 6).toUpperCase()}`;
}

/** The first character and how many follow: enough to recognise a person one has just spoken with. */
export function maskName(name: string): string {
  const [first] = name.trim();
  return first === undefined ? '' : `${first}••`;
}
