import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import type { AgentCall } from '../../../contract/agent-desk.ts';
import type { ReturnCallCase } from '../../../contract/cases.ts';
import type { TaskCall } from '../../../contract/corrective-calls.ts';
import { api } from '../../api/client.ts';
import { callPurpose } from '../../i18n/call-purpose/index.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { Panel } from '../../shared/page.tsx';
import { QueryView } from '../../shared/states.tsx';

type Kind = TaskCall['kind'];
const kinds: readonly Kind[] = ['corrective', 'verification', 'confirmation', 'return-call'];

/** The kind of a call that quality asked for; null: an ordinary call, with its script. */
export const taskOf = ({ origin }: AgentCall): Kind | null => kinds.find((kind) => kind === origin?.kind) ?? null;

function Told({ file }: { file: ReturnCallCase }) {
  const t = useTexts(callPurpose);
  const parts: [string, string][] = [
    [t.answer, file.answer === '' ? t.noAnswer : file.answer],
    [t.mended, file.mended],
    [t.words[file.kind], file.words],
  ];
  return (
    <div data-testid="return-case">
      {parts
        .filter(([, text]) => text !== '')
        .map(([title, text]) => (
          <section key={title}>
            <h3>{title}</h3>
            <p className="prewrap">{text}</p>
          </section>
        ))}
    </div>
  );
}

function ReturnCase({ attemptId }: { attemptId: string }) {
  const file = useQuery({
    queryKey: ['return-case', attemptId],
    queryFn: ({ signal }) => api('GET /api/agent/return-case', { query: { attemptId }, signal }),
    // Nobody works on a case while its customer is on the line; each reading is in the audit log.
    staleTime: Number.POSITIVE_INFINITY,
  });
  return <QueryView query={file}>{(found) => <Told file={found} />}</QueryView>;
}

/**
 * A call that quality asked for has no script of its own: it says what the call is for. The script of the sale is there to look
 * things up and tick them off, not to be read from its beginning; a return call sells nothing and has none.
 */
export function TaskPanel({ call, script, sold }: { call: AgentCall; script: ReactNode; sold: ReactNode }) {
  const t = useTexts(callPurpose);
  const [open, setOpen] = useState(false);
  const kind = taskOf(call);
  if (kind === null) return script;
  return (
    <div className="task-side">
      <Panel title={t.title} className="script">
        <p data-testid="call-purpose">{t.kinds[kind]}</p>
        {kind === 'return-call' ? (
          <ReturnCase attemptId={call.attemptId} />
        ) : (
          <Button aria-expanded={open} onClick={() => setOpen(!open)} data-testid="sales-script">
            {open ? t.hideScript : t.showScript}
          </Button>
        )}
      </Panel>
      {sold}
      {open && kind !== 'return-call' ? script : null}
    </div>
  );
}
