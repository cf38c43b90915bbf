import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { SaleDetail } from '../../../contract/sales.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { Link } from '../../app/router.tsx';
import { common } from '../../i18n/common/index.ts';
import { histories } from '../../i18n/histories/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import { work } from '../../i18n/work/index.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { useOptionWords } from '../../shared/option-words.ts';
import { useOfferName } from '../../shared/offer-name.ts';
import { Badge, Page, Panel, type Tone } from '../../shared/page.tsx';
import { SaleTexts } from './sale-texts.tsx';
import { ReasonDialog } from '../../shared/reason-dialog.tsx';

/** One sale with its whole life; where it cannot be mended it is voided here. */
export function SaleDetailView({ sale, tone }: { sale: SaleDetail; tone: Tone }) {
  const t = useTexts(work).sales;
  const c = useTexts(common);
  const w = useTexts(words);
  const h = useTexts(histories);
  const format = useFormat();
  const may = useMay();
  const { done, refused } = useOutcome();
  const [voiding, setVoiding] = useState(false);
  const voidSale = useMutation({
    mutationFn: (why: string) => api('POST /api/sales/:id/void', { params: { id: sale.id }, body: { why } }),
    onSuccess: () => {
      setVoiding(false);
      return done(t.voided, 'sale', 'sales');
    },
    onError: refused,
  });
  const options = useOptionWords(sale.options);
  const offerName = useOfferName(sale.offer);
  const over = sale.state === 'void' || sale.state === 'cancelled';
  const facts = [
    [t.columns.customer, sale.customerMasked],
    [t.columns.agent, sale.agent.name],
    [t.who, word(w.saleRoles, sale.role)],
    [t.identity, sale.identityCheck],
    [t.consent, sale.consentWords],
    [t.options, format.list(options)],
    [t.offer, offerName],
    [t.waitsFor, format.list(sale.waitsFor.map((code) => word(h.waitsFor, code)))],
    [t.trialEnds, sale.trialEndsAt === null ? '' : format.date(sale.trialEndsAt)],
  ];
  return (
    <Page
      title={`${t.detail} · ${format.dateTime(sale.recordedAt)}`}
      intro={
        <>
          <Badge tone={tone}>{t.states[sale.state]}</Badge> {sale.campaignName}
        </>
      }
      actions={
        <>
          <Link to="/sales">{c.back}</Link>
          {may('sale.manage') && !over ? (
            <Button danger onClick={() => setVoiding(true)}>
              {t.void}
            </Button>
          ) : null}
        </>
      }
    >
      <ReasonDialog
        open={voiding}
        title={t.voidTitle}
        hint={t.voidHint}
        label={t.why}
        action={t.void}
        danger
        busy={voidSale.isPending}
        close={() => setVoiding(false)}
        send={(why) => voidSale.mutate(why)}
      />
      <div className="grid two">
        <Panel title={t.detail}>
          <dl className="facts">
            {facts
              .filter(([, value]) => value !== '')
              .map(([label, value]) => (
                <div key={label} className="fact-pair">
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
          </dl>
          {may('inspection.judge') && sale.inspectionIds.length > 0 ? (
            <p className="row">
              {sale.inspectionIds.map((id) => (
                <Link key={id} to={`/inspections/${id}`}>
                  {t.inspection}
                </Link>
              ))}
            </p>
          ) : null}
        </Panel>
        <Panel title={t.life}>
          <ol className="line-list">
            {sale.events.map((event) => (
              <li key={event.id} className="row spread">
                <span>
                  <span className="strong">{word(h.sales, event.kind)}</span>{' '}
                  {event.from === event.to ? null : (
                    <span className="muted small">
                      {event.from ? `${t.states[event.from]} → ` : ''}
                      {t.states[event.to]}
                    </span>
                  )}
                </span>
                <span className="muted small">
                  {event.by?.name} {format.dateTime(event.at)}
                </span>
              </li>
            ))}
          </ol>
        </Panel>
        <SaleTexts sale={sale} />
      </div>
    </Page>
  );
}
