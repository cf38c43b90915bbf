import { type ComponentProps, Suspense } from 'react';
import type Chart from './chart.tsx';
import { late } from '../shared/late.ts';

const Loaded = late(() => import('./chart.tsx'));

/** A chart that brings its library only when it is drawn; its place is kept free meanwhile. */
export function LazyChart(props: ComponentProps<typeof Chart>) {
  return (
    <Suspense fallback={<div aria-busy="true" style={{ height: props.height ?? 220 }} />}>
      <Loaded {...props} />
    </Suspense>
  );
}
