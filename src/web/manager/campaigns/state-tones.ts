/** One colour for a state, in the list of campaigns and on a campaign's own page. */
export const stateTones = { draft: 'plain', running: 'ok', paused: 'warn', finished: 'plain' } as const;
