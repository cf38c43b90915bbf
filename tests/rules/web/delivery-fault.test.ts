import { expect, test } from 'vitest';
import { deliveryFault } from '../../../src/web/shared/delivery-fault.ts';

test.each([
  ['connect ECONNREFUSED 127.0.0.1:9', { code: 'refused' }],
  ['ECONNREFUSED', { code: 'refused' }],
  ['getaddrinfo ENOTFOUND billing.example', { code: 'unknown-host' }],
  ['connect EHOSTUNREACH 10.0.0.1:443', { code: 'unreachable' }],
  ['Connect Timeout Error (attempted address: billing.example:443)', { code: 'no-answer' }],
  ['The operation was aborted due to timeout', { code: 'no-answer' }],
  ['read ECONNRESET', { code: 'broken' }],
  ['self-signed certificate', { code: 'certificate' }],
  ['no mail server is set', { code: 'no-mail-server' }],
  ['status 503', { code: 'failing', status: '503' }],
  ['503', { code: 'failing', status: '503' }],
  ['status 429', { code: 'busy', status: '429' }],
  ['status 404', { code: 'gone', status: '404' }],
  ['status 401', { code: 'rights', status: '401' }],
  ['status 422', { code: 'rejected', status: '422' }],
  ['status 301', { code: 'moved', status: '301' }],
  ['5030 bytes too many', { code: 'other' }],
  ['', { code: 'other' }],
])('%s', (raw, fault) => {
  expect(deliveryFault(raw)).toEqual(fault);
});
