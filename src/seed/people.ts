/** The people of the demonstration. One password for all, shown at start and on the sign-in page while the data are a demonstration. */
import type { Role } from '../contract/common.ts';

export const demoPassword = 'fairline-demo';

export type DemoUser = {
  username: string;
  displayName: string;
  role: Role;
  team?: 0 | 1;
  locale?: 'en' | 'zh';
  /** Worked by the built-in simulated agents, so that the floor is never empty. */
  simulated?: true;
};

export const demoUsers: readonly DemoUser[] = [
  { username: 'agent1', displayName: 'Mei Tan 谭梅', role: 'agent', team: 0 },
  { username: 'agent2', displayName: 'Jonas Weber', role: 'agent', team: 0, locale: 'en' },
  { username: 'agent3', displayName: 'Hao Lin 林浩', role: 'agent', team: 1, locale: 'zh' },
  { username: 'agent4', displayName: 'Grace Okoro', role: 'agent', team: 1 },
  { username: 'agent5', displayName: 'Rui Zhao 赵锐', role: 'agent', team: 0, simulated: true },
  { username: 'agent6', displayName: 'Sofia Marino', role: 'agent', team: 0, simulated: true },
  { username: 'agent7', displayName: 'Wen Xu 徐雯', role: 'agent', team: 0, simulated: true },
  { username: 'agent8', displayName: 'Daniel Price', role: 'agent', team: 0, simulated: true },
  { username: 'agent9', displayName: 'Lan Guo 郭兰', role: 'agent', team: 1, simulated: true },
  { username: 'agent10', displayName: 'Priya Nair', role: 'agent', team: 1, simulated: true },
  { username: 'agent11', displayName: 'Yun He 何云', role: 'agent', team: 1, simulated: true },
  { username: 'agent12', displayName: 'Tom Fisher', role: 'agent', team: 1, simulated: true },
  { username: 'lead1', displayName: 'Fang Wei 魏芳', role: 'lead', team: 0 },
  { username: 'lead2', displayName: 'Carla Ruiz', role: 'lead', team: 1 },
  { username: 'inspector', displayName: 'Jing Luo 罗静', role: 'inspector' },
  { username: 'inspector2', displayName: 'Peter Holm', role: 'inspector' },
  { username: 'supervisor', displayName: 'Ning Cao 曹宁', role: 'supervisor' },
  { username: 'manager', displayName: 'Li Na 李娜', role: 'manager' },
  { username: 'client', displayName: 'Anna Berg (Northlight)', role: 'client' },
  { username: 'admin', displayName: 'Administrator 管理员', role: 'administrator' },
];

/** Shown on the sign-in page: one of each desk. */
export const shownAccounts = ['agent1', 'agent3', 'inspector', 'supervisor', 'manager', 'lead1', 'client', 'admin'];

export const teamNames = ['Day team A 日班一组', 'Day team B 日班二组'] as const;
