import { createContext, type ReactNode, useContext } from 'react';
import type { Right } from '../../contract/rights.ts';
import type { Me } from '../../contract/session.ts';

const Context = createContext<Me | null>(null);

export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <Context value={me}>{children}</Context>;
}

export function useMe(): Me {
  const me = useContext(Context);
  if (!me) throw new Error('useMe needs a signed-in person');
  return me;
}

/** Whether the signed-in person has a right; the server checks again. */
export function useMay(): (right: Right) => boolean {
  const me = useMe();
  return (right) => me.rights.includes(right);
}
