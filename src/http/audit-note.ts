/** The platform's audit log with the product's clock, as the HTTP side uses it. */
import type { AuditLog as PlatformLog } from '../platform/audit.ts';
import type { AuditLog } from './services.ts';

export function auditWithClock(log: PlatformLog, clock: { now(): number }): AuditLog {
  return {
    record: (entry) => log.append({ at: clock.now(), ...entry }),
    async verify(progress) {
      const { entries, brokenAt } = await log.verify(progress);
      return { entries, brokenAt };
    },
  };
}
