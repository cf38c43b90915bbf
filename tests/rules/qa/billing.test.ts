import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { billingSignature, isBillingSigned } from '../../../qa/rules/billing-signature.ts';
import { endpointFault } from '../../../qa/rules/endpoint.ts';
import { billingEntriesOf, type BillingEntry, billingStateOf, replayBilling } from '../../../qa/rules/sale/billing.ts';
import { decideSale, newSale } from '../../../qa/rules/sale.ts';
import { DAY, everyDay } from './calendar-helper.ts';
import { histories, saleTerms } from './sale-histories.ts';

describe('the client’s feed', () => {
  it('replayed, gives exactly the sales’ states, over long random histories', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(saleTerms, histories, (agreed, signals) => {
        let now = 0;
        const made = newSale({ id: 's', callId: 'c0', recordedAt: now }, agreed, { now, calendar: everyDay });
        let { sale } = made;
        const feed: BillingEntry[] = billingEntriesOf(made.happened, sale);
        for (const [signal, pause] of signals) {
          now += pause;
          const step = decideSale(sale, signal, { now, calendar: everyDay });
          sale = step.sale;
          feed.push(...billingEntriesOf(step.happened, sale));
          const known = replayBilling(feed);
          const heardOf = feed.some(({ change }) => change !== 'extended');
          expect(known.state).toBe(billingStateOf(sale.status, heardOf));
          if (known.state !== null) reached.add(known.state);
          if (sale.status === 'trial') expect(known.trialEndsAt).toBe(sale.confirmation?.trialEndsAt);
          expect(known.billFrom !== null).toBe(sale.status === 'billable');
        }
        // Nothing is told twice in a row: every entry changes something.
        for (const [index, entry] of feed.entries())
          if (index > 0 && entry.change !== 'extended')
            expect(replayBilling(feed.slice(0, index)).state).not.toBe(entry.change);
      }),
      { numRuns: 300 },
    );
    expect([...reached].sort()).toEqual(['billable', 'cancelled', 'trial', 'valid', 'void', 'withheld']);
  });

  it('is signed: another secret, time or a changed byte does not fit', () => {
    const signature = billingSignature('secret', 5 * DAY, '{"a":1}');
    expect(signature).toMatch(/^t=432000000,v1=[0-9a-f]{64}$/);
    expect(isBillingSigned('secret', signature, '{"a":1}')).toBe(true);
    expect(isBillingSigned('other', signature, '{"a":1}')).toBe(false);
    expect(isBillingSigned('secret', signature, '{"a":2}')).toBe(false);
    expect(isBillingSigned('secret', signature.replace('t=4', 't=5'), '{"a":1}')).toBe(false);
    expect(isBillingSigned('secret', 'nonsense', '{"a":1}')).toBe(false);
  });

  test.each([
    ['https://billing.example/fairline', null],
    ['https://203.0.113.7/x', null],
    ['http://billing.example/', 'not-https'],
    ['ftp://billing.example/', 'not-https'],
    ['https://user:word@billing.example/', 'invalid'],
    ['nonsense', 'invalid'],
    ['https://127.0.0.1/', 'inside-network'],
    ['https://localhost/', 'inside-network'],
    ['https://10.1.2.3/', 'inside-network'],
    ['https://169.254.169.254/latest', 'inside-network'],
    ['https://192.168.0.1/', 'inside-network'],
    ['https://[fd00::1]/', 'inside-network'],
    ['https://db.internal/', 'inside-network'],
    ['https://localhost./', 'inside-network'],
    ['https://db.internal./', 'inside-network'],
    ['https://redis/', 'inside-network'],
    ['https://0x7f.1/', 'inside-network'],
    ['https://router.lan/', 'inside-network'],
    ['https://billing.example./', null],
  ] as const)('an endpoint %s: %s', (address, fault) => {
    expect(endpointFault(address, false)).toBe(fault);
  });

  it('loopback is an endpoint only beside the sandbox', () => {
    expect(endpointFault('http://127.0.0.1:4020/x', true)).toBe(null);
    expect(endpointFault('http://billing.example/', true)).toBe('not-https');
  });
});
