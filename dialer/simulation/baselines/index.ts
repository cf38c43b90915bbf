import type { PolicySource } from '../policy-source.ts';
import { ciscoLike } from './cisco-like.ts';
import { impactLike } from './impact-like.ts';
import { fixedRatio, progressive } from './progressive.ts';
import { expectedAvailable, piController } from './textbook.ts';
import { vicidialLike } from './vicidial-like.ts';

/** What the product's policies are measured against, by name. */
export const baselines: Record<string, PolicySource> = {
  'progressive-1:1': progressive,
  'fixed-1.5': fixedRatio(1.5),
  'fixed-2': fixedRatio(2),
  'fixed-3': fixedRatio(3),
  'fixed-4': fixedRatio(4),
  'vicidial-hard': vicidialLike('hard'),
  'vicidial-average': vicidialLike('average'),
  'vicidial-tapered': vicidialLike('tapered'),
  'vicidial-available': vicidialLike('hard', true),
  'impact-like': impactLike,
  'cisco-like': ciscoLike,
  'expected-available': expectedAvailable,
  'pi-controller': piController,
};
