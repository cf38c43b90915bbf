/** Names for pages: a person as others may see them. */
import type { PrismaClient } from '../../../prisma/generated/client.ts';

export type Person = { id: string; name: string };

export async function peopleNamed(
  client: PrismaClient,
  ids: Iterable<string | null>,
): Promise<(id: string | null) => Person | null> {
  const wanted = [...new Set([...ids].filter((id) => id !== null))];
  const rows =
    wanted.length === 0
      ? []
      : await client.user.findMany({ where: { id: { in: wanted } }, select: { id: true, displayName: true } });
  const names = new Map(rows.map(({ id, displayName }) => [id, displayName]));
  return (id) => (id === null ? null : { id, name: names.get(id) ?? '' });
}
