/** The phone of this page: made for what the carrier offers, started with the page and stopped with it. */
import { useEffect, useRef, useState } from 'react';
import { api } from '../../api/client.ts';
import { Microphone, type Permission } from './microphone.ts';
import type { Levels, Output, PhoneState, Softphone } from './phone.ts';
import { createSandboxPhone } from './sandbox-phone.ts';
import { loaded } from '../../shared/late.ts';

/** elsewhere: the leg rings at an ordinary telephone. none: the carrier has no phones for browsers. */
type Kind = 'loading' | 'sandbox' | 'carrier' | 'elsewhere' | 'none';

export type BrowserPhone = {
  kind: Kind;
  state: PhoneState;
  permission: Permission;
  levels: Levels;
  outputs: Output[];
  checkMicrophone(): void;
  playOn(outputId: string): void;
};

const METER_MS = 120;
const quiet: PhoneState = { line: 'idle', muffled: false };

async function makePhone(changed: (state: PhoneState) => void): Promise<{ kind: Kind; phone: Softphone | null }> {
  const access = await api('POST /api/agent/softphone', {});
  switch (access.kind) {
    case 'sandbox':
      return { kind: 'sandbox', phone: createSandboxPhone(access.path, { changed }) };
    case 'carrier': {
      const { createCarrierPhone } = await loaded(() => import('./carrier-phone.ts'));
      const renew = async (): Promise<string> => {
        const again = await api('POST /api/agent/softphone', {});
        if (again.kind !== 'carrier') throw new Error('the account has no phones for browsers any more');
        return again.token;
      };
      return { kind: 'carrier', phone: createCarrierPhone(access.token, renew, { changed }) };
    }
    case 'elsewhere':
    case 'none':
      return { kind: access.kind, phone: null };
  }
}

export function useSoftphone(): BrowserPhone {
  const [kind, setKind] = useState<Kind>('loading');
  const [state, setState] = useState<PhoneState>(quiet);
  const [permission, setPermission] = useState<Permission>('unknown');
  const [levels, setLevels] = useState<Levels>({ heard: 0, spoken: 0 });
  const [outputs, setOutputs] = useState<Output[]>([]);
  const phone = useRef<Softphone | null>(null);
  const [microphone] = useState(() => new Microphone());

  const checkMicrophone = (): void => {
    void microphone.open().then(async (answer) => {
      setPermission(answer);
      setOutputs((await phone.current?.outputs()) ?? []);
    });
  };

  useEffect(() => {
    let gone = false;
    makePhone(setState).then(
      (made) => {
        if (gone) return;
        phone.current = made.phone;
        setKind(made.kind);
        made.phone?.start();
        if (made.phone === null) return;
        void microphone.permission().then((known) => {
          if (gone) return;
          setPermission(known);
          // Allowed earlier: nobody needs to be asked again.
          if (known === 'granted') void microphone.open();
        });
        void made.phone.outputs().then(setOutputs);
      },
      () => setState({ line: 'refused', muffled: false }),
    );
    const wake = () => phone.current?.wake();
    const meter = window.setInterval(() => {
      const line = phone.current?.levels() ?? { heard: 0, spoken: 0 };
      const next = { heard: line.heard, spoken: Math.max(line.spoken, microphone.level()) };
      setLevels((known) => (known.heard === next.heard && known.spoken === next.spoken ? known : next));
    }, METER_MS);
    document.addEventListener('pointerdown', wake);
    document.addEventListener('keydown', wake);
    return () => {
      gone = true;
      window.clearInterval(meter);
      document.removeEventListener('pointerdown', wake);
      document.removeEventListener('keydown', wake);
      phone.current?.stop();
      phone.current = null;
      microphone.close();
    };
  }, [microphone]);

  return {
    kind,
    state,
    permission,
    levels,
    outputs,
    checkMicrophone,
    playOn: (outputId) => void phone.current?.playOn(outputId),
  };
}
