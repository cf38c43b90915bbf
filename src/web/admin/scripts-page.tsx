import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { useMay } from '../app/me.tsx';
import type { PageProps } from '../app/pages.ts';
import { Link } from '../app/router.tsx';
import { admin } from '../i18n/admin/index.ts';
import { useFormat, useTexts } from '../i18n/locale.tsx';
import { Badge, Page, Panel } from '../shared/page.tsx';
import { Empty, QueryView } from '../shared/states.tsx';
import { NewScript } from './new-script.tsx';
import { scriptTones } from './script-tones.ts';
import { ScriptVersionPage } from './script-version-page.tsx';

function Scripts() {
  const t = useTexts(admin).scripts;
  const format = useFormat();
  const may = useMay();
  const [making, make] = useState(false);
  const query = useQuery({ queryKey: ['scripts'], queryFn: ({ signal }) => api('GET /api/scripts', { signal }) });
  return (
    <Page
      title={t.title}
      intro={t.intro}
      actions={
        may('script.write') ? (
          <Button type="primary" onClick={() => make(true)}>
            {t.newScript}
          </Button>
        ) : null
      }
    >
      {making ? <NewScript close={() => make(false)} /> : null}
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Panel title={t.title} quiet>
              <Empty title={t.none} hint={t.noneHint} />
            </Panel>
          ) : (
            items.map((script) => (
              <Panel key={script.id} title={script.name} extra={script.productName}>
                <ul className="line-list">
                  {script.versions.map((version) => (
                    <li key={version.id} className="row spread">
                      <Link to={`/scripts/${version.id}`}>{t.version(format.number(version.version))}</Link>
                      <span className="row">
                        <span className="muted small">{format.date(version.approvedAt ?? version.createdAt)}</span>
                        <Badge tone={scriptTones[version.state]}>{t.states[version.state]}</Badge>
                      </span>
                    </li>
                  ))}
                </ul>
              </Panel>
            ))
          )
        }
      </QueryView>
    </Page>
  );
}

export default function ScriptsPage({ id }: PageProps) {
  return id === '' ? <Scripts /> : <ScriptVersionPage id={id} />;
}
