import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { admin } from '../i18n/admin/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { rights } from '../i18n/rights/index.ts';
import type { Role } from './roles.ts';

/** What somebody with this role may do. */
export function RightsOf({ role }: { role: Role }) {
  const t = useTexts(admin).users;
  const r = useTexts(rights);
  const query = useQuery({
    queryKey: ['roles'],
    queryFn: ({ signal }) => api('GET /api/roles', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const held = query.data?.items.find((item) => item.role === role)?.rights ?? [];
  return (
    <details data-testid="rights">
      <summary>{t.rights}</summary>
      <ul className="rights-list small">
        {held.map((right) => (
          <li key={right}>{r[right]}</li>
        ))}
      </ul>
    </details>
  );
}
